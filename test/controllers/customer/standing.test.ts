import { describe, expect, test } from 'vitest';
import { standingOf } from '../../../src/controllers/customer/standing.ts';
import type { CompanyVerdict } from '../../../src/domain/company/facts.ts';
import { servedCustomer } from '../support/resources.ts';

const COMPANY = { companyId: '987654', companyName: 'Acme GmbH', termsStatus: 'Accepted' } as const;
const BOUND: CompanyVerdict = { state: 'bound', company: COMPANY };
const NEVER = { adoption: 'Never' } as const;

describe('how a customer stands', () => {
  test.each<[string, ReturnType<typeof servedCustomer>, CompanyVerdict, string, string]>([
    ['the list was not read yet', servedCustomer(), { state: 'pending' }, 'moving', 'Looking'],
    ['found by its name', servedCustomer(), BOUND, 'ready', 'CompanyBound'],
    [
      'found by its name, and may not be adopted',
      servedCustomer(NEVER),
      BOUND,
      'stalled',
      'AdoptionNotAllowed',
    ],
    [
      'named by its id, which allows it',
      servedCustomer({ ...NEVER, companyId: '987654' }),
      BOUND,
      'ready',
      'CompanyBound',
    ],
    [
      'bound before adoption was forbidden',
      servedCustomer(NEVER, { companyId: '987654' }),
      BOUND,
      'ready',
      'CompanyBound',
    ],
    [
      'the id belongs to another name',
      servedCustomer({ companyId: '987654' }),
      { state: 'misnamed', company: COMPANY },
      'stalled',
      'CompanyNameMismatch',
    ],
    [
      'several have the name',
      servedCustomer(),
      { state: 'ambiguous', companyIds: ['1', '2'] },
      'stalled',
      'AmbiguousCompany',
    ],
    ['none has it', servedCustomer(), { state: 'missing' }, 'stalled', 'CompanyNotFound'],
  ])('%s', (_why, resource, verdict, is, reason) => {
    expect(standingOf(resource, verdict)).toMatchObject({ is, reason });
  });

  test('what is missing is named by its id where one is given, else by its name', () => {
    expect(standingOf(servedCustomer(), { state: 'missing' }).message).toContain('"Acme GmbH"');
    expect(standingOf(servedCustomer({ companyId: '42' }), { state: 'missing' }).message).toContain(
      'no company 42',
    );
  });

  test('an ambiguous name lists the companies to choose from', () => {
    const verdict: CompanyVerdict = { state: 'ambiguous', companyIds: ['11', '22'] };
    expect(standingOf(servedCustomer(), verdict).message).toContain('(11, 22)');
  });
});

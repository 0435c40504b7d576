import { describe, expect, test } from 'vitest';
import { besides, standingOf } from '../../../src/controllers/customer/standing.ts';
import type { CompanyVerdict } from '../../../src/domain/company/facts.ts';
import { servedCustomer } from '../support/resources.ts';

const COMPANY = { companyId: '987654', companyName: 'Acme GmbH', termsStatus: 'Accepted' } as const;
const BOUND: CompanyVerdict = { state: 'bound', company: COMPANY };
const QUIET = {};
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
    ['it is to be created', servedCustomer(), { state: 'creating' }, 'moving', 'Creating'],
    ['it was created, and is not listed', servedCustomer(), { state: 'created' }, 'moving', 'Looking'],
    [
      'it has no owners to create it with',
      servedCustomer(),
      { state: 'refused', code: 'OWNER_EMAILS_MISSING', message: 'add them' },
      'stalled',
      'OwnerEmailsMissing',
    ],
    [
      'the vendor refused to create it',
      servedCustomer(),
      { state: 'refused', code: 'INVALID_ARGUMENT', message: 'no' },
      'stalled',
      'CreationRefused',
    ],
  ])('%s', (_why, resource, verdict, is, reason) => {
    expect(standingOf(resource, verdict, QUIET)).toMatchObject({ is, reason });
  });

  test('what is missing is named by its id where one is given, else by its name', () => {
    expect(standingOf(servedCustomer(), { state: 'missing' }, QUIET).message).toContain('"Acme GmbH"');
    expect(standingOf(servedCustomer({ companyId: '42' }), { state: 'missing' }, QUIET).message).toContain(
      'no company 42',
    );
  });

  test('an ambiguous name lists the companies to choose from', () => {
    const verdict: CompanyVerdict = { state: 'ambiguous', companyIds: ['11', '22'] };
    expect(standingOf(servedCustomer(), verdict, QUIET).message).toContain('(11, 22)');
  });

  test.each([
    { held: 'GuardBlocked', reason: 'GuardBlocked', says: 'raise guard.creations.maxItems' },
    { held: 'ModeObserve', reason: 'ModeObserve', says: 'set its mode to Enforce' },
    { held: 'ModePlan', reason: 'ModePlan', says: 'approval' },
    { held: 'ResourceSuspended', reason: 'Suspended', says: 'spec.suspend' },
    { held: 'AccountSuspended', reason: 'AccountSuspended', says: 'the account is suspended' },
  ] as const)('a creation that is held up as $held says what to do', ({ held, reason, says }) => {
    const standing = standingOf(servedCustomer(), { state: 'creating' }, { held });
    expect(standing).toMatchObject({ is: 'stalled', reason });
    expect(standing.message).toContain(says);
  });

  test('a list that cannot be read is told of while it is waited for', () => {
    const readFailure = { kind: 'transient', code: 'HTTP_503', message: 'Google failed' } as const;
    const standing = standingOf(servedCustomer(), { state: 'pending' }, { readFailure });
    expect(standing).toMatchObject({ is: 'moving', reason: 'VendorUnreachable' });
  });

  test('a company that was renamed at the vendor stays bound, and its new name is told', () => {
    const company = { ...COMPANY, companyName: 'Acme Holding' };
    const standing = standingOf(
      servedCustomer({}, { companyId: '987654' }),
      { state: 'bound', company },
      QUIET,
    );
    expect(standing).toMatchObject({ is: 'ready', reason: 'CompanyBound' });
    expect(standing.message).toContain('"Acme Holding"');
  });
});

test.each([
  { termsStatus: 'Accepted', reason: undefined },
  { termsStatus: 'Unknown', reason: undefined },
  { termsStatus: 'NotAccepted', reason: 'TermsNotAccepted' },
  { termsStatus: 'Stale', reason: 'TermsStale' },
] as const)('a company whose terms are $termsStatus is awaited: $reason', ({ termsStatus, reason }) => {
  const findings = besides({ state: 'bound', company: { ...COMPANY, termsStatus } });
  expect(findings[0]?.reason).toBe(reason);
  expect(findings.every(({ type, status }) => type === 'AwaitingCustomer' && status === 'True')).toBe(true);
});

import { describe, expect, test } from 'vitest';
import type {
  CompanyRow,
  CompanyTypes,
  CompanyVerdict,
  DesiredCompany,
  RecordedCompany,
} from '../../src/domain/company/facts.ts';
import { companyKey } from '../../src/domain/company/key.ts';
import { companyKind } from '../../src/domain/company/kind.ts';
import type { Declared, Item } from '../../src/domain/item.ts';
import { planItem } from '../../src/domain/plan.ts';

type CompanyItem = Item<CompanyTypes>;

const BY_NAME: DesiredCompany = { companyName: 'Acme', adoption: 'Adopt' };
const CREATE: DesiredCompany = { ...BY_NAME, adoption: 'AdoptOrCreate', ownerEmails: ['it@acme.example'] };
const ACME: CompanyRow = { companyId: '1', companyName: 'Acme', termsStatus: 'Accepted' };
const TWIN: CompanyRow = { ...ACME, companyId: '2' };
const ABSENT = { is: 'absent', atMs: 1 } as const;
const UNKNOWN = { is: 'unknown' } as const;

function declaredBy(holder: string, desired: DesiredCompany, more: object = {}): Declared<CompanyTypes> {
  const by = { holder, createdAtMs: 0, suspended: false, whole: true, desired, ...more };
  return { by, subject: desired };
}

function item(desired: DesiredCompany, observed: CompanyItem['observed'], more: Partial<CompanyItem> = {}) {
  const declared = [declaredBy('acme', desired)];
  return { key: companyKey(desired), declared, observed, nowMs: 0, ...more } satisfies CompanyItem;
}

function shown(...companies: readonly CompanyRow[]): CompanyItem['observed'] {
  return { is: 'present', fact: { companies }, atMs: 1 };
}

function recorded(more: Partial<RecordedCompany> = {}): RecordedCompany {
  return { holder: 'acme', how: 'Created', companyId: '1', ...more };
}

function verdictOf(company: CompanyItem, holder = 'acme'): CompanyVerdict {
  return companyKind.verdict(company, planItem(companyKind, company), holder);
}

test('a company is known by its id first, and by its name', () => {
  expect(companyKind.keysOf(ACME)).toEqual(['id:1', 'name:Acme']);
  expect(companyKey(BY_NAME)).toBe('name:Acme');
  expect(companyKey({ ...BY_NAME, companyId: '1' })).toBe('id:1');
  expect(companyKey({ ...BY_NAME, boundTo: '1' })).toBe('id:1');
  // Blanks around it make no other name, and so no second company.
  expect(companyKey({ ...BY_NAME, companyName: ' Acme ' })).toBe('name:Acme');
});

test.each<{ why: string; company: CompanyItem; step: object }>([
  { why: 'before the list was read is looked for', company: item(CREATE, UNKNOWN), step: { do: 'observe' } },
  {
    why: 'that is there is adopted and recorded, never created',
    company: item(CREATE, shown(ACME)),
    step: { do: 'keep', record: recorded({ how: 'Adopted' }) },
  },
  {
    why: 'that is there is left alone where adoption is Never',
    company: item({ ...BY_NAME, adoption: 'Never' }, shown(ACME)),
    step: { do: 'settle' },
  },
  {
    why: 'of an ambiguous name is never guessed',
    company: item(CREATE, shown(ACME, TWIN)),
    step: { do: 'settle' },
  },
  {
    why: 'that is not there is created where the Customer says so',
    company: item(CREATE, ABSENT),
    step: {
      do: 'call',
      verb: 'createCompany',
      reason: { reason: 'CompanyNotFound', field: 'spec.companyName' },
    },
  },
  {
    why: 'that is not there is not created under Adopt',
    company: item(BY_NAME, ABSENT),
    step: { do: 'settle' },
  },
  {
    why: 'that is not there is not created without owners',
    company: item({ ...CREATE, ownerEmails: [] }, ABSENT),
    step: { do: 'stall', failure: { code: 'OWNER_EMAILS_MISSING' } },
  },
  {
    why: 'of a declared id that is not there is never created',
    company: item({ ...CREATE, companyId: '1' }, ABSENT),
    step: { do: 'settle' },
  },
  {
    why: 'that this Customer was bound to and that is gone is never created anew',
    company: item({ ...CREATE, boundTo: '1' }, ABSENT),
    step: { do: 'settle' },
  },
  {
    why: 'that is recorded is never created again, although no list shows its name',
    company: item(CREATE, ABSENT, { recorded: recorded({ holder: 'a Customer that is gone' }) }),
    step: { do: 'settle' },
  },
  {
    why: 'that was created, nobody knows which, is waited for',
    company: item(CREATE, ABSENT, { recorded: { holder: 'acme', how: 'Created' } }),
    step: { do: 'wait' },
  },
  {
    why: 'that was created, nobody knew which, and is there now is recorded by its id',
    company: item(CREATE, shown(ACME), { recorded: { holder: 'acme', how: 'Created' } }),
    step: { do: 'keep', record: recorded() },
  },
  {
    why: 'that the vendor refused to create waits for another declaration',
    company: item(CREATE, ABSENT, {
      failure: {
        failure: { code: 'INVALID_PARAM_DEFAULT', message: 'no', kind: 'invalid' },
        verb: 'createCompany',
        attempts: 1,
        due: false,
      },
    }),
    step: { do: 'stall', failure: { code: 'INVALID_PARAM_DEFAULT' } },
  },
])('a company $why', ({ company, step }) => {
  expect(planItem(companyKind, company)).toMatchObject(step);
});

test.each<{ why: string; company: CompanyItem; verdict: CompanyVerdict }>([
  { why: 'before the list was read', company: item(BY_NAME, UNKNOWN), verdict: { state: 'pending' } },
  { why: 'that is not listed', company: item(BY_NAME, ABSENT), verdict: { state: 'missing' } },
  { why: 'of that name', company: item(BY_NAME, shown(ACME)), verdict: { state: 'bound', company: ACME } },
  {
    why: 'of that name beside another of the same',
    company: item(BY_NAME, shown(TWIN, ACME)),
    verdict: { state: 'ambiguous', companyIds: ['1', '2'] },
  },
  {
    why: 'of that name, recorded, beside a twin that came later: it stays bound',
    company: item(BY_NAME, shown(TWIN, ACME), { recorded: recorded() }),
    verdict: { state: 'bound', company: ACME },
  },
  {
    why: 'recorded under that name and not listed by it any more: it stays bound',
    company: item(BY_NAME, ABSENT, { recorded: recorded() }),
    verdict: { state: 'bound', company: { companyId: '1', companyName: 'Acme', termsStatus: 'Unknown' } },
  },
  {
    why: 'of the declared id and another name',
    company: item({ ...BY_NAME, companyId: '1' }, shown({ ...ACME, companyName: 'Acme Ltd' })),
    verdict: { state: 'misnamed', company: { ...ACME, companyName: 'Acme Ltd' } },
  },
  {
    why: 'renamed at the vendor after it was bound: it stays bound',
    company: item({ ...BY_NAME, boundTo: '1' }, shown({ ...ACME, companyName: 'Acme Ltd' })),
    verdict: { state: 'bound', company: { ...ACME, companyName: 'Acme Ltd' } },
  },
  {
    why: 'renamed at the vendor, its binding lost and its record not: it stays bound',
    company: item({ ...BY_NAME, companyId: '1' }, shown({ ...ACME, companyName: 'Acme Ltd' }), {
      recorded: recorded({ how: 'Adopted' }),
    }),
    verdict: { state: 'bound', company: { ...ACME, companyName: 'Acme Ltd' } },
  },
  { why: 'that is to be created', company: item(CREATE, ABSENT), verdict: { state: 'creating' } },
  {
    why: 'whose creation nobody knows the outcome of',
    company: item(CREATE, ABSENT, {
      inFlight: {
        is: 'unknown',
        verb: 'createCompany',
        operation: 'r1',
        partition: { companyName: 'Acme' },
        lostAtMs: 0,
      },
    }),
    verdict: { state: 'creating' },
  },
  {
    why: 'that cannot be created without owners',
    company: item({ ...CREATE, ownerEmails: [] }, ABSENT),
    verdict: expect.objectContaining({ state: 'refused', code: 'OWNER_EMAILS_MISSING' }) as CompanyVerdict,
  },
])('a Customer is told of a company $why', ({ company, verdict }) => {
  expect(verdictOf(company)).toEqual(verdict);
});

describe('two Customers of one name', () => {
  const older = declaredBy('older', BY_NAME, { createdAtMs: 1 });
  const creator = declaredBy('creator', CREATE, { createdAtMs: 2 });
  const twin = declaredBy('twin', CREATE, { createdAtMs: 3 });

  test('are one creation, for the older of those that may create', () => {
    const company = item(CREATE, ABSENT, { declared: [twin, older, creator] });
    expect(planItem(companyKind, company)).toMatchObject({ do: 'call', verb: 'createCompany' });
    expect(companyKind.target(company, 'createCompany')).toMatchObject({ holder: 'creator' });
    expect(verdictOf(company, 'twin')).toEqual({ state: 'creating' });
    expect(verdictOf(company, 'older')).toEqual({ state: 'missing' });
  });

  test('are bound to the same company', () => {
    const company = item(CREATE, shown(ACME), {
      declared: [twin, creator],
      recorded: recorded({ holder: 'twin' }),
    });
    for (const holder of ['twin', 'creator']) {
      expect(verdictOf(company, holder)).toEqual({ state: 'bound', company: ACME });
    }
  });
});

describe('a successful creation', () => {
  const partition = { companyName: 'Acme' };
  const target = { subject: CREATE, desired: CREATE, holder: 'acme', suspended: false };

  test('is recorded with the id that the vendor answered, and seen under id and name at once', () => {
    const success = { verb: 'createCompany', partition, target, vendorId: '1', nowMs: 0 } as const;
    expect(companyKind.recordAfter(success)).toEqual({ value: recorded() });
    expect(companyKind.believed(success)).toEqual({
      is: 'present',
      fact: { companies: [{ ...ACME, termsStatus: 'Unknown' }] },
      keys: ['id:1', 'name:Acme'],
    });
  });

  test('is recorded without an id where the vendor did not tell one', () => {
    const success = { verb: 'createCompany', partition, target, nowMs: 0 } as const;
    expect(companyKind.recordAfter(success)).toEqual({ value: { holder: 'acme', how: 'Created' } });
    expect(companyKind.believed(success)).toEqual({ is: 'nothing' });
  });

  test('is recorded for whom it was sent, although nobody asks for it any more', () => {
    const intended: RecordedCompany = { holder: 'gone', how: 'Created' };
    const success = { verb: 'createCompany', partition, intended, vendorId: '1', nowMs: 0 } as const;
    expect(companyKind.recordAfter(success)).toEqual({ value: recorded({ holder: 'gone' }) });
  });

  test('took effect where the name is listed, and nowhere else', () => {
    expect(companyKind.shows('createCompany', partition, shown(ACME))).toBe(true);
    expect(companyKind.shows('createCompany', partition, ABSENT)).toBe(false);
    expect(companyKind.shows('createCompany', partition, UNKNOWN)).toBe(false);
  });
});

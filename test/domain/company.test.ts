import { expect, test } from 'vitest';
import type { CompanyRow, CompanyTypes, DesiredCompany } from '../../src/domain/company/facts.ts';
import { companyKey, companyKind } from '../../src/domain/company/kind.ts';
import type { Item } from '../../src/domain/item.ts';
import { planItem } from '../../src/domain/plan.ts';

const BY_NAME: DesiredCompany = { companyName: 'Acme', adoption: 'Adopt' };
const ACME: CompanyRow = { companyId: '1', companyName: 'Acme', termsStatus: 'Accepted' };

function item(desired: DesiredCompany, observed: Item<CompanyTypes>['observed']): Item<CompanyTypes> {
  const by = { holder: 'acme', createdAtMs: 0, suspended: false, whole: true, desired };
  return { key: companyKey(desired), declared: [{ by, subject: desired }], observed, nowMs: 0 };
}

function shown(...companies: readonly CompanyRow[]): Item<CompanyTypes>['observed'] {
  return { is: 'present', fact: { companies }, atMs: 1 };
}

test.each([
  { why: 'before the list was read', observed: { is: 'unknown' } as const, verdict: { state: 'pending' } },
  { why: 'that is not listed', observed: { is: 'absent', atMs: 1 } as const, verdict: { state: 'missing' } },
  { why: 'of that name', observed: shown(ACME), verdict: { state: 'bound', company: ACME } },
  {
    why: 'of that name beside another of the same: never a guess',
    observed: shown({ ...ACME, companyId: '2' }, ACME),
    verdict: { state: 'ambiguous', companyIds: ['1', '2'] },
  },
])('a company $why', ({ observed, verdict }) => {
  const company = item(BY_NAME, observed);
  expect(companyKind.verdict(company, planItem(companyKind, company), 'acme')).toEqual(verdict);
});

test('a company adopted by its id must have the name that was declared', () => {
  const company = item({ ...BY_NAME, companyId: '1' }, shown({ ...ACME, companyName: 'Acme Ltd' }));
  expect(companyKind.verdict(company, planItem(companyKind, company), 'acme').state).toBe('misnamed');
});

test('a company is known by its id first, and by its name', () => {
  expect(companyKind.keysOf(ACME)).toEqual(['id:1', 'name:Acme']);
  expect(companyKey(BY_NAME)).toBe('name:Acme');
  expect(companyKey({ ...BY_NAME, companyId: '1' })).toBe('id:1');
});

test('no step for a company is a write', () => {
  for (const observed of [{ is: 'unknown' } as const, { is: 'absent', atMs: 1 } as const, shown(ACME)]) {
    expect(['observe', 'settle']).toContain(planItem(companyKind, item(BY_NAME, observed)).do);
  }
});

import type { Holder, Item, ItemKey } from '../item.ts';
import type { ItemKind, Step } from '../kind.ts';
import type { CompanyTypes, CompanyVerdict, DesiredCompany } from './facts.ts';

type CompanyItem = Item<CompanyTypes>;

/** A company under a vendor account, adopted by its id or by its name. Nothing is created. */
export const companyKind: ItemKind<CompanyTypes> = {
  name: 'company',
  verbs: ['createCompany'],
  // Finding one's customer in the list is how every account begins.
  meetsContact: false,
  setOf: () => '',
  setOfPartition: () => '',
  setOfRow: () => '',
  fileUnder: 'every',
  keysOf: (row) => [companyKeyOf(row), `name:${row.companyName}`],
  observe: (before, row) => ({ companies: [...(before?.companies ?? []), row] }),
  resolve: (item) => {
    const [winner, ...losers] = item.declared;
    return winner === undefined ? { losers: [] } : { winner, losers };
  },
  compare: (_desired, observed) =>
    observed.is === 'absent' ? [{ reason: 'CompanyNotFound', field: 'spec.companyName' }] : [],
  shows: () => false,
  setOfRecord: () => '',
  holderOf: () => '',
  target: () => undefined,
  believed: () => ({ is: 'nothing' }),
  recordAfter: () => undefined,
  subjectOf: () => undefined,
  subjectOfRow: () => undefined,
  next: nextCompanyStep,
  verdict: companyVerdict,
};

/** Adoption by id is exact; by name it needs the one company of that name. */
export function companyKey(desired: DesiredCompany): ItemKey {
  return desired.companyId === undefined
    ? `name:${desired.companyName}`
    : companyKeyOf({ companyId: desired.companyId });
}

function companyKeyOf({ companyId }: { readonly companyId: string }): ItemKey {
  return `id:${companyId}`;
}

function nextCompanyStep(item: CompanyItem): Step<CompanyTypes> {
  if (item.declared.length === 0) return { do: 'settle' };
  return item.observed.is === 'unknown' ? { do: 'observe' } : { do: 'settle' };
}

function companyVerdict(item: CompanyItem, _step: Step<CompanyTypes>, holder: Holder): CompanyVerdict {
  const desired = item.declared.find(({ by }) => by.holder === holder)?.by.desired;
  if (desired === undefined || item.observed.is === 'unknown') return { state: 'pending' };
  const companies = item.observed.is === 'present' ? item.observed.fact.companies : [];
  const [company, ...others] = companies;
  if (company === undefined) return unlisted(desired) ?? { state: 'missing' };
  if (others.length > 0) {
    return { state: 'ambiguous', companyIds: companies.map(({ companyId }) => companyId).sort() };
  }
  return company.companyName === desired.companyName
    ? { state: 'bound', company }
    : { state: 'misnamed', company };
}

/** A company that the list need not show is taken by its id; whether that is right, its first device tells. */
function unlisted({ companyId, companyName, mayBeUnlisted }: DesiredCompany): CompanyVerdict | undefined {
  if (companyId === undefined || mayBeUnlisted !== true) return undefined;
  return { state: 'bound', company: { companyId, companyName, termsStatus: 'Unknown' } };
}

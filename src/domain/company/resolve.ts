import type { Declared, Item } from '../item.ts';
import type { Resolution } from '../kind.ts';
import type { CompanyTypes } from './facts.ts';

type DeclaredCompany = Declared<CompanyTypes>;

/**
 * Which Customer a company is created for, when several name it: the one the record names, else one that may create
 * it, else the older, else the first by namespace and name. What is there is adopted by all of them alike.
 */
export function resolveCompany(item: Item<CompanyTypes>): Resolution<CompanyTypes> {
  const [winner, ...losers] = [...item.declared].sort(
    (a, b) =>
      Number(isRecorded(item, b)) - Number(isRecorded(item, a)) ||
      Number(mayCreate(b)) - Number(mayCreate(a)) ||
      a.by.createdAtMs - b.by.createdAtMs ||
      (a.by.holder < b.by.holder ? -1 : 1),
  );
  return winner === undefined ? { losers } : { winner, losers };
}

function isRecorded({ recorded }: Item<CompanyTypes>, { by }: DeclaredCompany): boolean {
  return recorded?.holder === by.holder;
}

function mayCreate({ by }: DeclaredCompany): boolean {
  const { adoption, ownerEmails = [] } = by.desired;
  return adoption === 'AdoptOrCreate' && ownerEmails.length > 0;
}

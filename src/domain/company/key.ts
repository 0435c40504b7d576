import type { ItemKey } from '../item.ts';
import type { CompanyRow, DesiredCompany } from './facts.ts';

/**
 * What a company is known by: its id as soon as one is declared or bound, until then its name, so that all
 * Customers of one name in a vendor scope are one item, and one creation.
 */
export function companyKey({ companyId, boundTo, companyName }: DesiredCompany): ItemKey {
  const known = companyId ?? boundTo;
  return known === undefined ? nameKey(companyName) : idKey(known);
}

/** Every key that a row of the vendor's list speaks of. */
export function companyKeys({ companyId, companyName }: CompanyRow): readonly ItemKey[] {
  return [idKey(companyId), nameKey(companyName)];
}

function idKey(companyId: string): ItemKey {
  return `id:${companyId}`;
}

/** Blanks around a name make no other company. */
function nameKey(companyName: string): ItemKey {
  return `name:${companyName.trim()}`;
}

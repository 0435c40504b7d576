import type { Census } from '../census.ts';
import type { ServedCustomer } from '../resources.ts';

interface Counts {
  readonly devices?: { readonly declared: number; readonly claimed: number; readonly unmanaged?: number };
}

/** How many devices claims declare for the company, and how many of all it was seen to hold. */
export function deviceCounts(census: Census, { spec, status }: ServedCustomer): Counts {
  const companyId = status?.companyId ?? spec.companyId;
  if (companyId === undefined) return {};
  const { declared = 0, claimed = 0, unmanaged = 0 } = census.byCompany.get(companyId) ?? {};
  return { devices: { declared, claimed, ...(spec.unmanagedDevices === 'Report' ? { unmanaged } : {}) } };
}

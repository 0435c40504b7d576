import type { CompanyVerdict } from '../../domain/company/facts.ts';
import type { Census } from '../census.ts';
import type { ServedCustomer } from '../resources.ts';

interface Counts {
  readonly devices?: { readonly declared: number; readonly claimed: number; readonly unmanaged?: number };
}

/** How many devices claims declare for the company, and how many of all it was seen to hold. */
export function deviceCounts(
  census: Census,
  { spec, status }: ServedCustomer,
  verdict: CompanyVerdict,
): Counts {
  const companyId = verdict.state === 'bound' ? verdict.company.companyId : status?.companyId;
  if (companyId === undefined) return {};
  const { declared = 0, claimed = 0, unmanaged = 0 } = census.byCompany.get(companyId) ?? {};
  return { devices: { declared, claimed, ...(spec.unmanagedDevices === 'Report' ? { unmanaged } : {}) } };
}

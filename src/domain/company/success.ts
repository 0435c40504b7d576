import type { Believed, Success } from '../kind.ts';
import type { CompanyTypes, RecordedCompany } from './facts.ts';
import { companyKeys } from './key.ts';

/** A created company is where the vendor says it made it, although its list may not show it yet. */
export function believedCompany({ vendorId, partition }: Success<CompanyTypes>): Believed<CompanyTypes> {
  const { companyName } = partition;
  if (vendorId === undefined || companyName === undefined) return { is: 'nothing' };
  const company = { companyId: vendorId, companyName, termsStatus: 'Unknown' } as const;
  return { is: 'present', fact: { companies: [company] }, keys: companyKeys(company) };
}

/**
 * A creation is recorded even where the vendor does not tell which company it made, or its Customer is gone: so the
 * name is never created again.
 */
export function recordAfterCompany(
  success: Success<CompanyTypes>,
): { readonly value: RecordedCompany } | undefined {
  const { target, intended, recorded, vendorId } = success;
  const holder = intended?.holder ?? target?.holder;
  if (holder === undefined || recorded?.companyId !== undefined) return undefined;
  return { value: { holder, how: 'Created', ...(vendorId === undefined ? {} : { companyId: vendorId }) } };
}

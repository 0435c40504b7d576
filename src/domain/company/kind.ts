import type { Item, Verb } from '../item.ts';
import type { ItemKind, Target } from '../kind.ts';
import type { CompanyTypes } from './facts.ts';
import { companyKeys } from './key.ts';
import { nextCompanyStep } from './next.ts';
import { resolveCompany } from './resolve.ts';
import { believedCompany, recordAfterCompany } from './success.ts';
import { companyVerdict } from './verdict.ts';

/** A company under a vendor account: adopted by its id or by its name, or created under its name. */
export const companyKind: ItemKind<CompanyTypes> = {
  name: 'company',
  verbs: ['createCompany'],
  // Finding one's customer in the list is how every account begins.
  meetsContact: false,
  setOf: () => '',
  setOfPartition: () => '',
  setOfRow: () => '',
  fileUnder: 'every',
  keysOf: companyKeys,
  observe: (before, row) => ({ companies: [...(before?.companies ?? []), row] }),
  resolve: resolveCompany,
  compare: (_desired, observed) =>
    observed.is === 'absent' ? [{ reason: 'CompanyNotFound', field: 'spec.companyName' }] : [],
  // The item is the name: whatever bears it now did not before.
  shows: (_verb, _partition, observed) => observed.is === 'present',
  setOfRecord: () => '',
  holderOf: (recorded) => recorded.holder,
  target: companyTarget,
  believed: believedCompany,
  recordAfter: recordAfterCompany,
  subjectOf: () => undefined,
  subjectOfRow: () => undefined,
  next: nextCompanyStep,
  verdict: companyVerdict,
};

/** For whom a company would be created: nobody, once it is known which one the name stands for. */
function companyTarget(item: Item<CompanyTypes>, _verb: Verb): Target<CompanyTypes> | undefined {
  const { winner } = resolveCompany(item);
  if (winner === undefined || item.recorded !== undefined) return undefined;
  const { by, subject } = winner;
  const { companyId, boundTo, adoption } = by.desired;
  if (adoption !== 'AdoptOrCreate' || (companyId ?? boundTo) !== undefined) return undefined;
  return { subject, desired: by.desired, holder: by.holder, suspended: by.suspended };
}

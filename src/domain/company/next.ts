import type { Declared, Item } from '../item.ts';
import type { Step } from '../kind.ts';
import { sameValue } from '../same-value.ts';
import { unlessRefused } from '../unless-refused.ts';
import type { CompanyTypes, RecordedCompany } from './facts.ts';
import { resolveCompany } from './resolve.ts';

type CompanyItem = Item<CompanyTypes>;
type DeclaredCompany = Declared<CompanyTypes>;

/**
 * The next step of a company that nothing is in flight for. What stands recorded is never created.
 *
 * | declared by | recorded         | the vendor shows   | next                                        |
 * | ----------- | ---------------- | ------------------ | ------------------------------------------- |
 * | nobody      | –                | –                  | nothing                                     |
 * | name or id  | –                | not read yet       | observe                                     |
 * | name or id  | no               | exactly this one   | record it, unless adoption is Never         |
 * | name or id  | no               | several, misnamed  | nothing: a person decides                   |
 * | id          | –                | none               | nothing                                     |
 * | name        | which one        | anything           | nothing                                     |
 * | name        | created, not which | none             | wait for the vendor's list                  |
 * | name        | no               | none               | AdoptOrCreate: create it, given ownerEmails |
 */
export function nextCompanyStep(item: CompanyItem): Step<CompanyTypes> {
  const { winner } = resolveCompany(item);
  if (winner === undefined) return { do: 'settle' };
  const { recorded, observed } = item;
  if (observed.is === 'unknown') return { do: 'observe' };
  const record = recordOfSeen(item, winner);
  if (record !== undefined && !winner.by.suspended && !sameValue(record, recorded)) {
    return { do: 'keep', record, reason: 'SeenAsDeclared' };
  }
  if (recorded !== undefined) {
    return recorded.companyId === undefined && observed.is === 'absent' ? { do: 'wait' } : { do: 'settle' };
  }
  const { companyId, boundTo, adoption } = winner.by.desired;
  const isToBe = observed.is === 'absent' && adoption === 'AdoptOrCreate';
  return isToBe && (companyId ?? boundTo) === undefined ? create(item, winner) : { do: 'settle' };
}

/** The record of what is seen; undefined when nothing may be concluded from it, or the record already says which. */
function recordOfSeen(
  { observed, recorded }: CompanyItem,
  { by }: DeclaredCompany,
): RecordedCompany | undefined {
  const [company, ...others] = observed.is === 'present' ? observed.fact.companies : [];
  if (company === undefined || others.length > 0 || recorded?.companyId !== undefined) return undefined;
  const { companyId, boundTo, companyName, adoption } = by.desired;
  // What is bound is recorded under its name already, or was bound before there were records of it.
  if (companyId === undefined && boundTo !== undefined) return undefined;
  if (companyId === undefined && adoption === 'Never' && recorded === undefined) return undefined;
  const isNamed = company.companyName.trim() === companyName.trim();
  if (!isNamed && boundTo !== company.companyId) return undefined;
  const { holder = by.holder, how = 'Adopted' } = recorded ?? {};
  return { holder, how, companyId: company.companyId };
}

function create(item: CompanyItem, { by }: DeclaredCompany): Step<CompanyTypes> {
  if ((by.desired.ownerEmails ?? []).length === 0) return ownersMissing;
  const reason = { reason: 'CompanyNotFound', field: 'spec.companyName' };
  return unlessRefused(item, { do: 'call', verb: 'createCompany', reason });
}

const ownersMissing: Step<CompanyTypes> = {
  do: 'stall',
  failure: {
    code: 'OWNER_EMAILS_MISSING',
    message:
      'the vendor has no company of this name, and creating one needs ownerEmails: add who shall own it',
    kind: 'invalid',
  },
};

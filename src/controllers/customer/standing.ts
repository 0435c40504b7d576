import type { CompanyTypes, CompanyVerdict } from '../../domain/company/facts.ts';
import type { Held } from '../../domain/mode.ts';
import type { HolderReport } from '../../engine/lane.ts';
import type { Finding } from '../../kube/conditions.ts';
import type { ServedCustomer } from '../resources.ts';
import type { Standing } from '../standing.ts';

type Facts = Pick<HolderReport<CompanyTypes>, 'held' | 'readFailure'>;

/**
 * | the company                          | standing | reason                                          |
 * | ------------------------------------ | -------- | ----------------------------------------------- |
 * | the list was not read yet            | moving   | Looking                                         |
 * | … because it cannot be read          | moving   | VendorUnreachable                               |
 * | exactly this one is there            | ready    | CompanyBound                                    |
 * | … and adoption is Never, unbound     | stalled  | AdoptionNotAllowed                              |
 * | the id is there under another name   | stalled  | CompanyNameMismatch                             |
 * | several have this name               | stalled  | AmbiguousCompany                                |
 * | it is not there                      | stalled  | CompanyNotFound                                 |
 * | it is being created, or to be        | moving   | Creating                                        |
 * | … and that is held up                | stalled  | GuardBlocked, ModeObserve, ModePlan, FirstContact, Suspended, AccountSuspended |
 * | it was created, and is not listed    | moving   | Looking                                         |
 * | it cannot be created without owners  | stalled  | OwnerEmailsMissing                              |
 * | the vendor refused to create it      | stalled  | CreationRefused                                 |
 */
export function standingOf(
  { spec, status }: ServedCustomer,
  verdict: CompanyVerdict,
  facts: Facts,
): Standing {
  switch (verdict.state) {
    case 'pending':
      return looking(facts);
    case 'bound':
      return bound(spec, status?.companyId, verdict.company);
    case 'misnamed':
      return stalled(
        'CompanyNameMismatch',
        `company ${verdict.company.companyId} is called ${JSON.stringify(verdict.company.companyName)} at the vendor; correct companyName or companyId`,
      );
    case 'ambiguous':
      return stalled(
        'AmbiguousCompany',
        `the vendor has several companies of this name (${verdict.companyIds.join(', ')}); set companyId to the one that is meant`,
      );
    case 'missing':
      return stalled('CompanyNotFound', missing(spec, status?.companyId));
    case 'creating':
      return creating(facts);
    case 'created':
      return {
        is: 'moving',
        reason: 'Looking',
        message:
          'the company was created and the vendor’s list does not show it yet; set companyId to bind it at once',
      };
    case 'refused':
      return verdict.code === 'OWNER_EMAILS_MISSING'
        ? stalled('OwnerEmailsMissing', verdict.message)
        : stalled('CreationRefused', `the company is not created: ${verdict.code}: ${verdict.message}`);
    default:
      return verdict satisfies never;
  }
}

/** What is true of a Customer beside its standing: its company has something to do itself. */
export function besides(verdict: CompanyVerdict): readonly Finding[] {
  const terms = verdict.state === 'bound' ? verdict.company.termsStatus : 'Unknown';
  if (terms === 'NotAccepted')
    return [awaiting('TermsNotAccepted', 'has not accepted the vendor’s terms yet')];
  if (terms === 'Stale') return [awaiting('TermsStale', 'accepted terms that the vendor has changed since')];
  return [];
}

function awaiting(reason: string, what: string): Finding {
  const message = `the company ${what}; its owners do that in the vendor’s portal`;
  return { type: 'AwaitingCustomer', status: 'True', reason, message };
}

function looking({ readFailure }: Facts): Standing {
  if (readFailure === undefined) {
    return { is: 'moving', reason: 'Looking', message: 'waiting for the vendor’s list of companies' };
  }
  const { code, message } = readFailure;
  return {
    is: 'moving',
    reason: 'VendorUnreachable',
    message: `the vendor cannot be read (${code}: ${message})`,
  };
}

function bound(
  spec: ServedCustomer['spec'],
  boundTo: string | undefined,
  { companyId, companyName }: { readonly companyId: string; readonly companyName: string },
): Standing {
  if (spec.adoption === 'Never' && spec.companyId === undefined && boundTo === undefined) {
    return stalled(
      'AdoptionNotAllowed',
      `the vendor has this company as ${companyId}; set companyId, or allow it with adoption: Adopt`,
    );
  }
  const renamed =
    companyName.trim() === spec.companyName.trim()
      ? ''
      : `, which the vendor calls ${JSON.stringify(companyName)} by now`;
  return { is: 'ready', reason: 'CompanyBound', message: `bound to company ${companyId}${renamed}` };
}

function missing({ companyId, companyName }: ServedCustomer['spec'], boundTo: string | undefined): string {
  const known = companyId ?? boundTo;
  if (known !== undefined) {
    return `the vendor lists no company ${known}; if it is to be there again, that is noticed by itself`;
  }
  return `the vendor lists no company called ${JSON.stringify(companyName)}; create it in the vendor's portal, where it is picked up by itself, or set adoption: AdoptOrCreate and ownerEmails`;
}

function creating({ held }: Facts): Standing {
  if (held !== undefined) return HELD[held];
  return {
    is: 'moving',
    reason: 'Creating',
    message: 'the company is being created; before that, the vendor’s list is looked at twice',
  };
}

const HELD: Readonly<Record<Held, Standing>> = {
  GuardBlocked: stalled(
    'GuardBlocked',
    'the company is to be created, which cannot be undone, and the account’s budget does not allow it: raise guard.creations.maxItems of the VendorAccount, or create the company in the vendor’s portal, where it is picked up by itself',
  ),
  ModeObserve: stalled(
    'ModeObserve',
    'the company is to be created and the account only observes; set its mode to Enforce to let it act',
  ),
  ModePlan: stalled(
    'ModePlan',
    'the company is to be created and the account’s mode is Plan: nothing is written without an approval; set its mode to Enforce to let it act',
  ),
  FirstContact: stalled(
    'FirstContact',
    'the company is to be created, and the account found declared things at the vendor without a record of its own; see the account',
  ),
  AccountSuspended: stalled('AccountSuspended', 'the account is suspended: nothing new is sent'),
  ResourceSuspended: stalled('Suspended', 'spec.suspend is set: nothing new is sent'),
};

function stalled(reason: string, message: string): Standing {
  return { is: 'stalled', reason, message };
}

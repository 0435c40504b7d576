import type { CompanyVerdict } from '../../domain/company/facts.ts';
import type { ServedCustomer } from '../resources.ts';
import type { Standing } from '../standing.ts';

/**
 * | the vendor's list                    | standing | reason                |
 * | ------------------------------------ | -------- | --------------------- |
 * | not read yet                         | moving   | Looking               |
 * | shows exactly this company           | ready    | CompanyBound          |
 * | … and adoption is Never, unbound     | stalled  | AdoptionNotAllowed    |
 * | shows the id under another name      | stalled  | CompanyNameMismatch   |
 * | shows several of this name           | stalled  | AmbiguousCompany      |
 * | does not show it                     | stalled  | CompanyNotFound       |
 */
export function standingOf({ spec, status }: ServedCustomer, verdict: CompanyVerdict): Standing {
  switch (verdict.state) {
    case 'pending':
      return { is: 'moving', reason: 'Looking', message: 'waiting for the vendor’s list of companies' };
    case 'bound':
      return bound(spec, status?.companyId, verdict.company.companyId);
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
      return stalled('CompanyNotFound', missing(spec));
    default:
      return verdict satisfies never;
  }
}

function bound(spec: ServedCustomer['spec'], boundTo: string | undefined, companyId: string): Standing {
  if (spec.adoption === 'Never' && spec.companyId === undefined && boundTo === undefined) {
    return stalled(
      'AdoptionNotAllowed',
      `the vendor has this company as ${companyId}; set companyId, or allow it with adoption: Adopt`,
    );
  }
  return { is: 'ready', reason: 'CompanyBound', message: `bound to company ${companyId}` };
}

function missing({ companyId, companyName }: ServedCustomer['spec']): string {
  const what =
    companyId === undefined ? `no company called ${JSON.stringify(companyName)}` : `no company ${companyId}`;
  return `the vendor lists ${what}; this version creates no companies: create it in the vendor's portal, it is picked up by itself`;
}

function stalled(reason: string, message: string): Standing {
  return { is: 'stalled', reason, message };
}

import type { CompanyRow, DesiredCompany, TermsStatus } from '../../domain/company/facts.ts';
import type { ItemFailure } from '../../domain/item.ts';
import type { WireCompany, WireNewCompany } from './wire.ts';

/** `termsStatus` as Google writes it (reference: Company.TermsStatus). */
const TERMS: Readonly<Record<string, TermsStatus>> = {
  TERMS_STATUS_ACCEPTED: 'Accepted',
  TERMS_STATUS_NOT_ACCEPTED: 'NotAccepted',
  TERMS_STATUS_STALE: 'Stale',
};

export function toCompanyRow(company: WireCompany): CompanyRow {
  return {
    companyId: company.companyId,
    companyName: company.companyName ?? '',
    termsStatus: TERMS[company.termsStatus ?? ''] ?? 'Unknown',
  };
}

/** What Google would refuse a company for, before it is asked. */
export function checkCompany(company: DesiredCompany): ItemFailure | undefined {
  if (company.companyId !== undefined && !/^\d+$/.test(company.companyId)) {
    return { code: 'INVALID_CUSTOMER_ID', message: 'a zero-touch companyId is a number', kind: 'invalid' };
  }
  if (company.companyName.trim() === '') {
    return { code: 'INVALID_PARAM_DEFAULT', message: 'a company needs a companyName', kind: 'invalid' };
  }
  return undefined;
}

/**
 * The company to create, or why it cannot be. The e-mail addresses are personal data: they travel to Google and
 * nowhere else, not into messages either.
 */
export function toNewCompany(company: DesiredCompany): WireNewCompany | ItemFailure {
  const owners = company.ownerEmails ?? [];
  const admins = company.adminEmails ?? [];
  if (owners.length === 0) {
    return {
      code: 'INVALID_PARAM_DEFAULT',
      message: 'creating a company needs ownerEmails: add at least one corporate Google Account',
      kind: 'invalid',
    };
  }
  return {
    companyName: company.companyName,
    ownerEmails: owners,
    ...(admins.length === 0 ? {} : { adminEmails: admins }),
    ...(company.languageCode === undefined ? {} : { languageCode: company.languageCode }),
  };
}

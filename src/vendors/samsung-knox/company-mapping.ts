import type { CompanyRow, DesiredCompany } from '../../domain/company/facts.ts';
import type { ItemFailure } from '../../domain/item.ts';
import { type CreateCustomerRequest, PROFILE_SERVICE, type WireCustomer } from './assumed.ts';
import { MAX_NAME_CHARACTERS } from './limits.ts';

/** Whether the customer accepted terms, Samsung does not tell. */
export function toCompanyRow({ customerId, customerName }: WireCustomer): CompanyRow {
  return { companyId: customerId, companyName: customerName ?? '', termsStatus: 'Unknown' };
}

/** What Samsung would refuse a customer for, before it is asked. */
export function checkCompany({ companyId, companyName }: DesiredCompany): ItemFailure | undefined {
  if (companyId !== undefined && !/^[\w-]{1,64}$/.test(companyId)) {
    return refuse('INVALID_CUSTOMER_ID', 'a Knox Customer ID has letters, digits, - and _ only');
  }
  return companyName.trim() === ''
    ? refuse('INVALID_PARAM_DEFAULT', 'a company needs a companyName')
    : undefined;
}

/** The customer to create, or why it cannot be. */
export function toNewCustomer({
  companyName,
  ownerEmails,
  contact,
}: DesiredCompany): CreateCustomerRequest | ItemFailure {
  const [email] = ownerEmails ?? [];
  const { firstName = '', lastName = '', country = '' } = contact ?? {};
  if (email === undefined) {
    return refuse('INVALID_PARAM_DEFAULT', 'creating a customer needs ownerEmails: add its super admin');
  }
  if (!isName(firstName) || !isName(lastName)) {
    return refuse(
      'INVALID_PARAM_DEFAULT',
      `creating a customer needs contact.firstName and contact.lastName, of at most ${MAX_NAME_CHARACTERS} characters`,
    );
  }
  if (!/^[A-Z]{2}$/.test(country)) {
    return refuse(
      'INVALID_PARAM_DEFAULT',
      'creating a customer needs contact.country, two letters such as US',
    );
  }
  return { customerName: companyName, email, country, firstName, lastName, service: PROFILE_SERVICE };
}

function isName(text: string): boolean {
  return text !== '' && text.length <= MAX_NAME_CHARACTERS;
}

function refuse(code: string, message: string): ItemFailure {
  return { code, message, kind: 'invalid' };
}

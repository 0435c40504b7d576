import type { CompanyRow, DesiredCompany } from '../../domain/company/facts.ts';
import { ok } from '../../ports/failure.ts';
import type { SetReader } from '../../ports/set-reader.ts';
import type { KindPorts } from '../../ports/vendor.ts';
import { type CompanyCreation, companyWriter } from '../company-writer.ts';
import { PAGE_ITEMS } from './assumed.ts';
import type { SamsungClient } from './client.ts';
import { checkCompany, toCompanyRow, toNewCustomer } from './company-mapping.ts';
import { COMPANY_VISIBILITY_MS } from './limits.ts';
import { placeOf, toPage } from './page.ts';

/**
 * Samsung's customers as the engine sees them: a list of those we have uploaded for, and, where the account allows
 * a call that Samsung has not published, creation.
 */
export function companyPorts(
  client: SamsungClient,
  mayCreate: boolean,
): KindPorts<DesiredCompany, DesiredCompany, CompanyRow> {
  return {
    check: checkCompany,
    sets: allCustomers(client),
    ...(mayCreate ? { writer: companyWriter(customerCreation(client)) } : {}),
  };
}

function allCustomers(client: SamsungClient): SetReader<CompanyRow> {
  return {
    pageSize: PAGE_ITEMS,
    async readPage(_set, cursor, signal) {
      const place = placeOf(cursor);
      const reply = await client.customers(place.pageNum, signal);
      return toPage(reply, place, ({ customers }) => (customers ?? []).map(toCompanyRow));
    },
  };
}

function customerCreation(client: SamsungClient): CompanyCreation {
  return {
    visibilityMs: COMPANY_VISIBILITY_MS,
    nothingElse: 'Samsung customers are created one at a time and nothing else can be done to them',
    create: async (company, signal) => {
      const customer = toNewCustomer(company);
      if ('kind' in customer) return ok({ failure: customer });
      const created = await client.createCustomer(customer, signal);
      return created.ok ? ok({ vendorId: created.value.customerId }) : created;
    },
  };
}

import type { CompanyRow, DesiredCompany } from '../../domain/company/facts.ts';
import { ok } from '../../ports/failure.ts';
import type { SetReader } from '../../ports/set-reader.ts';
import type { KindPorts } from '../../ports/vendor.ts';
import { type CompanyCreation, companyWriter } from '../company-writer.ts';
import type { GoogleClient } from './client.ts';
import { checkCompany, toCompanyRow, toNewCompany } from './company-mapping.ts';
import { COMPANY_VISIBILITY_MS, PAGE_ITEMS } from './limits.ts';
import { toPage } from './page.ts';

/** Google's customers as the engine sees them: a list of all, and creation. Google offers no reading of one. */
export function companyPorts(client: GoogleClient): KindPorts<DesiredCompany, DesiredCompany, CompanyRow> {
  return { check: checkCompany, sets: allCompanies(client), writer: companyWriter(companyCreation(client)) };
}

function allCompanies(client: GoogleClient): SetReader<CompanyRow> {
  return {
    pageSize: PAGE_ITEMS,
    async readPage(_set, cursor, signal) {
      const reply = await client.listCustomers(cursor, signal);
      return toPage(reply, cursor, ({ customers }) => (customers ?? []).map(toCompanyRow));
    },
  };
}

function companyCreation(client: GoogleClient): CompanyCreation {
  return {
    visibilityMs: COMPANY_VISIBILITY_MS,
    nothingElse: 'zero-touch companies are created one at a time and nothing else can be done to them',
    create: async (company, signal) => {
      const customer = toNewCompany(company);
      if ('kind' in customer) return ok({ failure: customer });
      const created = await client.createCustomer({ customer }, signal);
      return created.ok ? ok({ vendorId: created.value.companyId }) : created;
    },
  };
}

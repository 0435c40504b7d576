import type { CompanyRow, DesiredCompany } from '../../domain/company/facts.ts';
import { failed, ok } from '../../ports/failure.ts';
import type { SetReader } from '../../ports/set-reader.ts';
import type { KindPorts } from '../../ports/vendor.ts';
import type { Writer } from '../../ports/writer.ts';
import type { GoogleClient } from './client.ts';
import { checkCompany, toCompanyRow, toNewCompany } from './company-mapping.ts';
import { COMPANY_VISIBILITY_MS, PAGE_ITEMS } from './limits.ts';
import { toPage } from './page.ts';

/** Google's customers as the engine sees them: a list of all, and creation. Google offers no reading of one. */
export function companyPorts(client: GoogleClient): KindPorts<DesiredCompany, DesiredCompany, CompanyRow> {
  return { check: checkCompany, sets: allCompanies(client), writer: companyWriter(client) };
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

/**
 * Creating sends mail to its owners and cannot be undone, and two requests make two companies, so nothing but a
 * person repeats it.
 */
function companyWriter(client: GoogleClient): Writer<DesiredCompany, DesiredCompany> {
  return {
    verbs: {
      createCompany: {
        repeat: 'never',
        effect: 'creation',
        maxItemsPerCall: 1,
        visibilityMs: COMPANY_VISIBILITY_MS,
      },
    },
    partition: (_verb, { desired }) => ({ companyName: desired.companyName }),
    async send({ verb, items }, signal) {
      const [item] = items;
      if (verb !== 'createCompany' || item === undefined || items.length !== 1) {
        return failed({
          kind: 'rejected',
          code: 'NOT_IMPLEMENTED',
          message: 'zero-touch companies are created one at a time and nothing else can be done to them',
        });
      }
      const customer = toNewCompany(item.desired);
      if ('kind' in customer) return ok({ is: 'answered', outcomes: [{ key: item.key, failure: customer }] });
      const created = await client.createCustomer({ customer }, signal);
      if (!created.ok) return created;
      return ok({ is: 'answered', outcomes: [{ key: item.key, vendorId: created.value.companyId }] });
    },
  };
}

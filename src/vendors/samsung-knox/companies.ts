import type { CompanyRow, DesiredCompany } from '../../domain/company/facts.ts';
import { failed, ok } from '../../ports/failure.ts';
import type { SetReader } from '../../ports/set-reader.ts';
import type { KindPorts } from '../../ports/vendor.ts';
import type { Writer } from '../../ports/writer.ts';
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
    ...(mayCreate ? { writer: customerWriter(client) } : {}),
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

/** What a second request would make is not known, and its super admin gets mail, so nothing but a person repeats it. */
function customerWriter(client: SamsungClient): Writer<DesiredCompany, DesiredCompany> {
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
          message: 'Samsung customers are created one at a time and nothing else can be done to them',
        });
      }
      const customer = toNewCustomer(item.desired);
      if ('kind' in customer) return ok({ is: 'answered', outcomes: [{ key: item.key, failure: customer }] });
      const created = await client.createCustomer(customer, signal);
      if (!created.ok) return created;
      return ok({ is: 'answered', outcomes: [{ key: item.key, vendorId: created.value.customerId }] });
    },
  };
}

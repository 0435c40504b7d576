import type { CompanyTypes, CompanyVerdict, DesiredCompany } from '../../domain/company/facts.ts';
import { companyKey } from '../../domain/company/key.ts';
import type { Account } from '../../engine/account.ts';
import { type ReconcileResult, settled } from '../../kube/controller.ts';
import type { Store } from '../../kube/store.ts';
import { DEVICE_VENDORS, findAccount } from '../account-lookup.ts';
import type { Census } from '../census.ts';
import { conclude } from '../conclude.ts';
import { declarationOf } from '../declaration.ts';
import type { Fleet, OpenAccount } from '../fleet.ts';
import { holderOf } from '../holder.ts';
import { isLookDue } from '../look-request.ts';
import { standingForMs } from '../missing-since.ts';
import type { Reporter } from '../reporter.ts';
import { CUSTOMERS, type ServedCustomer, type ServedVendorAccount } from '../resources.ts';
import { unlessUnresolved, withTrouble } from '../standing.ts';
import { operationsField } from '../status-fields.ts';
import { deviceCounts } from './devices.ts';
import { besides, standingOf } from './standing.ts';

export interface CustomerDeps {
  readonly customers: Store<ServedCustomer>;
  readonly accounts: Store<ServedVendorAccount>;
  readonly fleet: Fleet;
  readonly census: (account: Account) => Census;
  readonly reporter: Reporter;
}

/** One pass over one Customer: declares its company, and says what the vendor's list shows of it. */
export async function reconcileCustomer(
  deps: CustomerDeps,
  key: string,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const customer = deps.customers.get(key);
  const holder = holderOf('Customer', key);
  if (customer === undefined) {
    for (const { account } of deps.fleet.all()) {
      account.companies.forget(holder);
      account.devices.unwant(holder);
    }
    return settled();
  }
  const missingForMs = standingForMs(customer, ['AccountNotFound'], deps.reporter.clock.now());
  const found = findAccount(
    customer.spec.accountRef.name,
    customer,
    deps.accounts,
    deps.fleet,
    missingForMs,
    DEVICE_VENDORS,
  );
  if (!found.ok) {
    return conclude(
      deps.reporter,
      CUSTOMERS,
      customer,
      { standing: found.standing, fields: bound(customer) },
      signal,
    );
  }
  declare(found.open, holder, customer);
  const facts = found.open.account.companies.report(holder);
  const [only] = facts.verdicts;
  const verdict = only?.verdict ?? { state: 'pending' };
  const own = unlessUnresolved(standingOf(customer, verdict, facts), facts, customer);
  const standing = own.is === 'moving' ? (found.trouble ?? own) : withTrouble(own, found.trouble);
  const binding = own.is === 'ready' ? seen(verdict) : {};
  const fields = {
    ...bound(customer),
    ...binding,
    ...deviceCounts(deps.census(found.open.account), customer),
    ...operationsField(facts.operations),
  };
  return conclude(deps.reporter, CUSTOMERS, customer, { standing, beside: besides(verdict), fields }, signal);
}

/** Declares the company. Once bound, the id counts and not the name. */
function declare({ account, habits }: OpenAccount, holder: string, customer: ServedCustomer): void {
  const companyId = customer.spec.companyId ?? customer.status?.companyId;
  const mayBeUnlisted = habits?.listsCompanies === 'afterFirstDevice';
  const desired = { ...desiredOf(customer), ...(mayBeUnlisted ? { mayBeUnlisted } : {}) };
  const declaration = declarationOf<CompanyTypes>(holder, customer, desired);
  account.companies.declare(declaration, [{ key: companyKey(desired), subject: desired }]);
  const counts = companyId !== undefined && customer.spec.unmanagedDevices === 'Report';
  if (counts) account.devices.want(companyId, holder);
  else account.devices.unwant(holder);
  if (isLookDue(customer)) lookAgain(account, companyId);
}

function desiredOf({ spec, status }: ServedCustomer): DesiredCompany {
  const { companyName, adoption, companyId, ownerEmails, adminEmails, languageCode, contact } = spec;
  return {
    companyName,
    adoption,
    ...(companyId === undefined ? {} : { companyId }),
    ...(status?.companyId === undefined ? {} : { boundTo: status.companyId }),
    ...(ownerEmails === undefined ? {} : { ownerEmails }),
    ...(adminEmails === undefined ? {} : { adminEmails }),
    ...(languageCode === undefined ? {} : { languageCode }),
    ...(contact === undefined ? {} : { contact }),
  };
}

function lookAgain(account: Account, companyId: string | undefined): void {
  account.companies.lookAgain('');
  if (companyId !== undefined) account.devices.lookAgain(companyId);
}

/** A binding stays in status whatever the vendor answers meanwhile. */
function bound(customer: ServedCustomer): object {
  const { companyId, termsStatus } = customer.status ?? {};
  return {
    ...(companyId === undefined ? {} : { companyId }),
    ...(termsStatus === undefined ? {} : { termsStatus }),
  };
}

function seen(verdict: CompanyVerdict): object {
  if (verdict.state !== 'bound') return {};
  const { companyId, termsStatus } = verdict.company;
  return { companyId, ...(termsStatus === 'Unknown' ? {} : { termsStatus }) };
}

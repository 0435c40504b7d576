import type { CompanyVerdict, DesiredCompany } from '../../domain/company/facts.ts';
import { companyKey } from '../../domain/company/key.ts';
import type { Account } from '../../engine/account.ts';
import type { Finding } from '../../kube/conditions.ts';
import { type ReconcileResult, retry, settled, stalled } from '../../kube/controller.ts';
import type { Store } from '../../kube/store.ts';
import { findAccount } from '../account-lookup.ts';
import type { Census } from '../census.ts';
import type { Fleet, OpenAccount } from '../fleet.ts';
import { holderOf } from '../holder.ts';
import { isLookDue } from '../look-request.ts';
import { standingForMs } from '../missing-since.ts';
import { type Reporter, report } from '../reporter.ts';
import { CUSTOMERS, type ServedCustomer, type ServedVendorAccount } from '../resources.ts';
import { findings, type Standing, unlessUnresolved, withTrouble } from '../standing.ts';
import { deviceCounts } from './devices.ts';
import { besides, standingOf } from './standing.ts';

export interface CustomerDeps {
  readonly customers: Store<ServedCustomer>;
  readonly accounts: Store<ServedVendorAccount>;
  readonly fleet: Fleet;
  readonly census: (account: Account) => Census;
  readonly reporter: Reporter;
}

/** Device counts are refreshed this often while nothing else happens. ASSUMED: fresh enough for a person. */
const REFRESH_MS = 30_000;

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
  const found = findAccount(customer.spec.accountRef.name, customer, deps.accounts, deps.fleet, missingForMs);
  if (!found.ok) {
    return say(deps, customer, findings(found.standing), found.standing, bound(customer), signal);
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
    ...(facts.operations.length === 0
      ? {}
      : { operations: facts.operations.slice(0, 50).map((name) => ({ name })) }),
  };
  return say(deps, customer, findings(standing, besides(verdict)), standing, fields, signal);
}

/** Declares the company. Once bound, the id counts and not the name. */
function declare({ account, habits }: OpenAccount, holder: string, customer: ServedCustomer): void {
  const { suspend } = customer.spec;
  const companyId = customer.spec.companyId ?? customer.status?.companyId;
  const mayBeUnlisted = habits?.listsCompanies === 'afterFirstDevice';
  const desired = { ...desiredOf(customer), ...(mayBeUnlisted ? { mayBeUnlisted } : {}) };
  const createdAtMs = Date.parse(customer.metadata.creationTimestamp ?? '') || 0;
  account.companies.declare({ holder, createdAtMs, desired, suspended: suspend, whole: true }, [
    { key: companyKey(desired), subject: desired },
  ]);
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

async function say(
  deps: CustomerDeps,
  customer: ServedCustomer,
  said: readonly Finding[],
  standing: Standing,
  fields: object,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const written = await report(deps.reporter, CUSTOMERS, customer, said, fields, signal);
  if (!written.ok) return retry(written.failure);
  return standing.is === 'stalled' ? stalled(standing.reason, REFRESH_MS) : settled(REFRESH_MS);
}

import type { Account, AccountSettings } from '../../engine/account.ts';
import { type ReconcileResult, settled } from '../../kube/controller.ts';
import type { Secret } from '../../kube/resource.ts';
import type { Store } from '../../kube/store.ts';
import type { Result } from '../../ports/failure.ts';
import type { AdapterSettings, VendorAdapter, VendorFactory } from '../../ports/vendor.ts';
import type { Census } from '../census.ts';
import { conclude } from '../conclude.ts';
import type { Fleet } from '../fleet.ts';
import { isLookDue } from '../look-request.ts';
import type { References } from '../references.ts';
import type { Reporter } from '../reporter.ts';
import { type ServedVendorAccount, VENDOR_ACCOUNTS } from '../resources.ts';
import { missingReference, type Standing } from '../standing.ts';
import { credentialsOf } from './credentials.ts';
import { loginOf, scopeOf } from './scope.ts';
import { limitsOf, settingsOf } from './settings.ts';
import { standingOf } from './standing.ts';
import { type createQuotaTeller, statusFields } from './status.ts';

export interface VendorAccountDeps {
  readonly accounts: Store<ServedVendorAccount>;
  readonly secrets: References<Secret>;
  readonly fleet: Fleet;
  readonly vendors: Readonly<Partial<Record<ServedVendorAccount['spec']['vendor'], VendorFactory>>>;
  readonly reporter: Reporter;
  readonly census: (account: Account) => Census;
  readonly quota: ReturnType<typeof createQuotaTeller>;
  /** Makes the loop of a scope and starts it. */
  startAccount(object: ServedVendorAccount, scope: string, settings: AccountSettings): Account;
  stopAccount(key: string): void;
  /** Opens adapters, with the books of their account; wraps the ports where somebody wants to look at them. */
  openAdapter(
    factory: VendorFactory,
    settings: AdapterSettings,
    owner: { readonly key: string; readonly scope: string },
  ): Result<VendorAdapter>;
  /** Which account the records of a scope name as their first, as `namespace/name`. */
  recordedOwner(scope: string, signal: AbortSignal): Promise<Result<string | undefined>>;
  /** What the adapter of an account was last made from, so that only a change makes a new one. */
  readonly connectedWith: Map<string, string>;
}

/** One pass over one VendorAccount: opens it, keeps its way to the vendor current, says how it stands. */
export async function reconcileVendorAccount(
  deps: VendorAccountDeps,
  key: string,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const object = deps.accounts.get(key);
  if (object === undefined) return gone(deps, key);
  const opened = await open(deps, key, object, signal);
  if (!opened.ok) {
    const { standing } = opened;
    return conclude(deps.reporter, VENDOR_ACCOUNTS, object, { standing, fields: lastKnown(object) }, signal);
  }
  const { account } = opened;
  const summary = account.summary();
  const standing = standingOf(summary, object.spec.suspend);
  const fields = {
    ...statusFields(deps.census(account), summary, object.spec.guard.window),
    ...deps.quota(key, object.status, summary),
  };
  return conclude(deps.reporter, VENDOR_ACCOUNTS, object, { standing, fields }, signal);
}

/** What was seen last stays in the status while the account cannot be looked at. */
function lastKnown({ status }: ServedVendorAccount): object {
  const {
    quota: _,
    conditions: __,
    observedGeneration: ___,
    lastHandledReconcileAt: ____,
    ...numbers
  } = status ?? {};
  return numbers;
}

type Opened =
  | { readonly ok: true; readonly account: Account }
  | { readonly ok: false; readonly standing: Standing };

async function open(
  deps: VendorAccountDeps,
  key: string,
  object: ServedVendorAccount,
  signal: AbortSignal,
): Promise<Opened> {
  const { spec } = object;
  const scope = scopeOf(spec);
  const login = loginOf(spec);
  const factory = deps.vendors[spec.vendor];
  if (scope === undefined || login === undefined || factory === undefined)
    return shut(deps, key, unsupported(object));
  const rival = await rivalOf(deps, key, scope, signal);
  if (rival !== undefined) return shut(deps, key, rival);
  const limits = limitsOf(spec, factory.defaultLimits);
  const settings = settingsOf(spec, limits);
  closePredecessor(deps, key, scope);
  leaveFormerScope(deps, key, scope);
  const account = deps.fleet.get(key)?.account ?? deps.startAccount(object, scope, settings);
  account.configure(settings);
  account.companies.want('');
  if (isLookDue(object)) account.lookAgain();
  const credentials = credentialsOf(object, login.secretName, deps.secrets.readerFor(key));
  if (!credentials.ok) {
    disconnect(deps, key, account);
    return { ok: false, standing: absent(deps, object, credentials.reason, credentials.message) };
  }
  const { endpoint, identity, options = {} } = login;
  const wanted = { endpoint, identity, options, limits, ...credentials.value };
  return connect(deps, { key, scope }, account, factory, wanted);
}

function connect(
  deps: VendorAccountDeps,
  owner: { readonly key: string; readonly scope: string },
  account: Account,
  factory: VendorFactory,
  wanted: AdapterSettings,
): Opened {
  const { key } = owner;
  const fingerprint = JSON.stringify(wanted);
  if (deps.connectedWith.get(key) === fingerprint) return { ok: true, account };
  const adapter = deps.openAdapter(factory, wanted, owner);
  if (!adapter.ok) {
    disconnect(deps, key, account);
    const { message } = adapter.failure;
    return { ok: false, standing: { is: 'stalled', reason: 'CredentialsInvalid', message } };
  }
  deps.connectedWith.set(key, fingerprint);
  account.connect(adapter.value);
  return { ok: true, account };
}

function disconnect(deps: VendorAccountDeps, key: string, account: Account): void {
  if (deps.connectedWith.delete(key)) account.disconnect();
}

/** Quota, guard and records belong to the vendor's identity: two accounts of one would each spend them whole. */
async function rivalOf(
  deps: VendorAccountDeps,
  key: string,
  scope: string,
  signal: AbortSignal,
): Promise<Standing | undefined> {
  const rivals = deps.accounts
    .list()
    .map(({ metadata, spec }) => ({ key: `${metadata.namespace}/${metadata.name}`, scope: scopeOf(spec) }))
    .filter((other) => other.scope === scope && other.key !== key);
  const [other] = rivals;
  if (other === undefined) return undefined;
  const owner = deps.fleet.ownerOf(scope) ?? (await recordedOwner(deps, scope, signal));
  if (owner === key) return undefined;
  const message =
    owner === undefined
      ? `VendorAccount ${other.key} stands for the same vendor identity and nothing says which was first; delete one`
      : `VendorAccount ${owner} already stands for this vendor identity; delete this one, or use that one`;
  return { is: 'stalled', reason: 'DuplicateAccount', message };
}

/** The one before may be deleted and not looked at yet; two loops of one identity never run side by side. */
function closePredecessor(deps: VendorAccountDeps, key: string, scope: string): void {
  const owner = deps.fleet.ownerOf(scope);
  if (owner !== undefined && owner !== key) gone(deps, owner);
}

/**
 * Its endpoint was edited, so it stands for another vendor identity now: with records, a journal and a quota of its own.
 * What is open at the former one stays open in that one's journal, until the endpoint is set back.
 */
function leaveFormerScope(deps: VendorAccountDeps, key: string, scope: string): void {
  const running = deps.fleet.get(key);
  if (running === undefined || running.scope === scope) return;
  deps.connectedWith.delete(key);
  deps.stopAccount(key);
}

async function recordedOwner(
  deps: VendorAccountDeps,
  scope: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const owner = await deps.recordedOwner(scope, signal);
  return owner.ok ? owner.value : undefined;
}

function unsupported({ spec }: ServedVendorAccount): Standing {
  return {
    is: 'stalled',
    reason: 'VendorNotSupported',
    message: `this version cannot talk to ${spec.vendor}; nothing of this account is read or written`,
  };
}

function absent(
  deps: VendorAccountDeps,
  object: ServedVendorAccount,
  reason: string,
  message: string,
): Standing {
  const condition = object.status?.conditions?.find(({ type }) => type === 'Ready');
  const since = condition?.reason === reason ? Date.parse(condition.lastTransitionTime) : undefined;
  const nowMs = deps.reporter.clock.now();
  return missingReference(reason, message, since === undefined ? 0 : nowMs - since);
}

function shut(deps: VendorAccountDeps, key: string, standing: Standing): Opened {
  deps.connectedWith.delete(key);
  if (deps.fleet.get(key) !== undefined) deps.stopAccount(key);
  return { ok: false, standing };
}

function gone(deps: VendorAccountDeps, key: string): ReconcileResult {
  deps.connectedWith.delete(key);
  deps.secrets.release(key);
  deps.stopAccount(key);
  return settled();
}

import { parseDurationMs } from '../../api/duration.ts';
import type { Account } from '../../engine/account.ts';
import { kubeTime } from '../../kube/conditions.ts';
import { type ReconcileResult, retry, settled } from '../../kube/controller.ts';
import type { Store } from '../../kube/store.ts';
import { ok, type Result } from '../../ports/failure.ts';
import { findAccount, NETFLIX_VENDORS } from '../account-lookup.ts';
import { conclude, REFRESH_MS } from '../conclude.ts';
import { declarationOf } from '../declaration.ts';
import type { Fleet } from '../fleet.ts';
import { holderOf } from '../holder.ts';
import { isLookDue } from '../look-request.ts';
import { standingForMs } from '../missing-since.ts';
import type { Reporter } from '../reporter.ts';
import {
  NETFLIX_CHARGE_FEEDS,
  type ServedNetflixChargeFeed,
  type ServedVendorAccount,
} from '../resources.ts';
import { type Standing, withTrouble } from '../standing.ts';
import { operationsField } from '../status-fields.ts';
import type { ChargeCounts } from './charge-book.ts';
import type { ChargeBooks } from './charge-books.ts';
import { type ChargeRetention, REMOVED_AT_ONCE } from './retention.ts';
import { besides, standingOf, type Tally, tally } from './standing.ts';

export interface NetflixChargeFeedDeps {
  readonly feeds: Store<ServedNetflixChargeFeed>;
  readonly accounts: Store<ServedVendorAccount>;
  readonly fleet: Fleet;
  readonly books: ChargeBooks;
  readonly retention: ChargeRetention;
  readonly reporter: Reporter;
}

/** The vendor's two lists of charges. */
const SETS = ['PROCESSED', 'NOT_PROCESSED'] as const;
/** api.md, NetflixChargeFeed: defaults of spec.pollInterval and spec.retention. */
const POLL_INTERVAL_MS = 300_000;
const RETENTION_MS = 720 * 3_600_000;
/** How often charges whose time is over are looked for. ASSUMED, as for operations. */
const SWEEP_EVERY_MS = 600_000;

/** One pass over one NetflixChargeFeed: wants the charges, looks when it is time, and says how far it is. */
export async function reconcileNetflixChargeFeed(
  deps: NetflixChargeFeedDeps,
  key: string,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const object = deps.feeds.get(key);
  const holder = holderOf('NetflixChargeFeed', key);
  if (object === undefined || object.metadata.deletionTimestamp !== undefined) {
    // No charge goes with its feed: what is recorded stays, and so does what is not acknowledged.
    for (const { account } of deps.fleet.all()) account.charges.forget(holder);
    return settled();
  }
  const nowMs = deps.reporter.clock.now();
  const { name } = object.spec.accountRef;
  const missingForMs = standingForMs(object, ['AccountNotFound'], nowMs);
  const found = findAccount(name, object, deps.accounts, deps.fleet, missingForMs, NETFLIX_VENDORS);
  if (!found.ok) {
    for (const { account } of deps.fleet.all()) account.charges.suspend(holder);
    return say(deps, object, {}, found.standing, NOTHING, signal);
  }
  const { account } = found.open;
  for (const open of deps.fleet.all()) if (open.account !== account) open.account.charges.dismiss(holder);
  const readAtMs = declare(account, holder, object, nowMs);
  const counts = await count(deps, `${object.metadata.namespace}/${name}`, object, signal);
  if (!counts.ok) return retry(counts.failure);
  const facts = account.charges.report(holder);
  const told = tally(facts);
  const own = standingOf(told, facts, readAtMs !== undefined);
  const standing = own.is === 'moving' ? (found.trouble ?? own) : withTrouble(own, found.trouble);
  const fields = {
    ...counts.value,
    pending: told.pending,
    ...(readAtMs === undefined ? {} : { lastDrainAt: kubeTime(readAtMs) }),
    ...operationsField(facts.operations),
  };
  return say(deps, object, fields, standing, told, signal);
}

/** Answers when both lists were last read to their end. */
function declare(
  account: Account,
  holder: string,
  object: ServedNetflixChargeFeed,
  nowMs: number,
): number | undefined {
  const { spec } = object;
  account.charges.adopt(declarationOf(holder, object, { acknowledge: spec.acknowledge }), SETS);
  const readAtMs = SETS.map(
    (set) => account.charges.sets().find((one) => one.name === set)?.lastCompleteAtMs,
  );
  const isDue = (atMs: number | undefined): boolean =>
    atMs !== undefined && atMs + (parseDurationMs(spec.pollInterval) ?? POLL_INTERVAL_MS) <= nowMs;
  SETS.forEach((set, index) => {
    if (isLookDue(object) || isDue(readAtMs[index])) account.charges.lookAgain(set);
  });
  return readAtMs.includes(undefined) ? undefined : Math.min(...(readAtMs as number[]));
}

/** How many charges stand recorded, once those whose time is over were removed. */
async function count(
  { books, retention, reporter }: NetflixChargeFeedDeps,
  accountKey: string,
  { spec }: ServedNetflixChargeFeed,
  signal: AbortSignal,
): Promise<Result<Partial<ChargeCounts>>> {
  const charges = books.get(accountKey);
  if (charges === undefined) return ok({});
  const { clock } = reporter;
  if (charges.sweptAtMs + SWEEP_EVERY_MS <= clock.monotonic()) {
    const keepForMs = parseDurationMs(spec.retention) ?? RETENTION_MS;
    const removed = await retention.sweep(charges.place, keepForMs, signal);
    if (!removed.ok) return removed;
    if (removed.value > 0) charges.book.forget();
    // Where more was over than fits into one pass, the next one goes on.
    if (removed.value < REMOVED_AT_ONCE) charges.sweptAtMs = clock.monotonic();
  }
  return charges.book.counts(signal);
}

const NOTHING: Tally = { pending: 0, review: 0, failed: 0 };

function say(
  { reporter }: NetflixChargeFeedDeps,
  object: ServedNetflixChargeFeed,
  fields: object,
  standing: Standing,
  told: Tally,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const pollMs = parseDurationMs(object.spec.pollInterval) ?? POLL_INTERVAL_MS;
  const againMs = Math.min(pollMs, REFRESH_MS);
  const conclusion = { standing, beside: besides(told), fields, againMs };
  return conclude(reporter, NETFLIX_CHARGE_FEEDS, object, conclusion, signal);
}

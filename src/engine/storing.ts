import type { ItemFailure, KindTypes } from '../domain/item.ts';
import { sameValue } from '../domain/same-value.ts';
import { backoffMs, CALL_BACKOFF, retryMs } from '../domain/schedule.ts';
import { type Failure, failed, type Result } from '../ports/failure.ts';
import type { ItemStore, Stored, StoreItem } from '../ports/item-store.ts';
import { remember } from './ending.ts';
import { winnerOf } from './items.ts';
import type { LaneState } from './lane-state.ts';

import type { Ordinal } from './table.ts';
import { type Task, taskOn } from './task.ts';

/** The next items to be made durable on our side, if their store works with this party. */
export function nextStore<T extends KindTypes>(
  lane: LaneState<T>,
  party: ItemStore<T>['with'],
): Task | undefined {
  const store = lane.env.store();
  if (store === undefined || store.with !== party || lane.storing.busy || lane.dirty.size > 0)
    return undefined;
  if (lane.stores.size === 0 || lane.storesNotBeforeMs > lane.env.nowMs()) return undefined;
  // As many as it takes and no look at the others: a whole line would be copied for every few of it.
  const ordinals = lane.stores.values().take(store.maxItems).toArray();
  for (const ordinal of ordinals) lane.stores.delete(ordinal);
  return taskOn(lane.storing, party, (signal) => storeItems(lane, store, ordinals, signal));
}

/** When `nextStore` may have something that it does not have now. */
export function nextStoreAtMs<T extends KindTypes>(lane: LaneState<T>, party: ItemStore<T>['with']): number {
  const isIdle = lane.stores.size === 0 || lane.storing.busy || lane.env.store()?.with !== party;
  return isIdle ? Number.POSITIVE_INFINITY : lane.storesNotBeforeMs;
}

/** What was stored is recorded before anything is planned on it. */
async function storeItems<T extends KindTypes>(
  lane: LaneState<T>,
  store: ItemStore<T>,
  ordinals: readonly Ordinal[],
  signal: AbortSignal,
): Promise<void> {
  const items = ordinals.flatMap((ordinal) => storeItem(lane, ordinal) ?? []);
  try {
    const stored = await storeOnce(lane, store, items, signal);
    const recorded = stored.ok ? await record(lane, current(lane, items, stored.value), signal) : stored;
    lane.storeAttempts = recorded.ok ? 0 : lane.storeAttempts + 1;
    if (!recorded.ok) holdStores(lane, recorded.failure);
  } finally {
    for (const ordinal of ordinals) lane.dirty.add(ordinal);
  }
}

/**
 * Without what rests on a record that was replaced while it was stored, which may take hours: it would undo what was
 * learned meanwhile. Such an item is planned anew, and storing it again answers the same.
 */
function current<T extends KindTypes>(
  { table }: LaneState<T>,
  items: readonly StoreItem<T>[],
  stored: readonly Stored<T>[],
): readonly Stored<T>[] {
  const before = new Map(items.map(({ key, recorded }) => [key, recorded]));
  return stored.filter(({ key }) => {
    const ordinal = table.find(key);
    return sameValue(ordinal === undefined ? undefined : table.recorded[ordinal], before.get(key));
  });
}

function storeItem<T extends KindTypes>(lane: LaneState<T>, ordinal: Ordinal): StoreItem<T> | undefined {
  const { key, observed, recorded } = lane.table.item(ordinal, lane.env.wallMs());
  const winner = winnerOf(lane, ordinal);
  if (winner === undefined) return undefined;
  const { subject, by } = winner;
  const item = { key, subject, desired: by.desired, holder: by.holder, observed };
  return recorded === undefined ? item : { ...item, recorded };
}

async function storeOnce<T extends KindTypes>(
  lane: LaneState<T>,
  store: ItemStore<T>,
  items: readonly StoreItem<T>[],
  signal: AbortSignal,
): Promise<Result<readonly Stored<T>[]>> {
  try {
    return await store.store(items, signal);
  } catch (error) {
    lane.env.onBug(error);
    return failed({
      kind: 'transient',
      code: 'INTERNAL_FAULT',
      message: 'storing failed within the controller',
    });
  }
}

async function record<T extends KindTypes>(
  lane: LaneState<T>,
  stored: readonly Stored<T>[],
  signal: AbortSignal,
): Promise<Result<unknown>> {
  const { env, kind, table } = lane;
  const changes = stored.flatMap((one) => ('record' in one ? [{ key: one.key, value: one.record }] : []));
  for (const one of stored) {
    const ordinal = 'failure' in one ? table.find(one.key) : undefined;
    if (ordinal !== undefined && 'failure' in one) rememberUnstored(lane, ordinal, one.failure);
  }
  const kept = await env.records.keep(kind.name, changes, signal);
  if (!kept.ok) return kept;
  for (const { key, value } of changes) {
    const ordinal = table.ordinalOf(key);
    table.record(ordinal, value);
    lane.dirty.add(ordinal);
  }
  return kept;
}

/** A store that reads the vendor takes about so many requests for one item. ASSUMED: its histories and the item. */
const CALLS_OF_A_STORE = 5;

function rememberUnstored<T extends KindTypes>(
  lane: LaneState<T>,
  ordinal: Ordinal,
  failure: ItemFailure,
): void {
  const { env, table } = lane;
  if (failure.kind !== 'passing') return remember(lane, ordinal, 'store', failure);
  const inMs = backoffMs(CALL_BACKOFF, (table.failure[ordinal]?.attempts ?? 0) + 1, env.random);
  const calls = env.store()?.with === 'vendor' ? CALLS_OF_A_STORE : 0;
  remember(lane, ordinal, 'store', failure, env.bookRetryMs(inMs, calls));
}

function holdStores<T extends KindTypes>(lane: LaneState<T>, failure: Failure): void {
  const { env } = lane;
  if (env.store()?.with === 'vendor') env.onVendorFailure(failure);
  const waitMs = retryMs(failure.retryAfterMs, CALL_BACKOFF, lane.storeAttempts, env.random);
  lane.storesNotBeforeMs = env.nowMs() + waitMs;
}

import type { KindTypes } from '../domain/item.ts';
import { jitteredMs } from '../domain/schedule.ts';
import { type LaneState, type SetReading, type SetState, setState } from './lane-state.ts';

/** How soon after news a set is looked at again in which something waits for somebody at the vendor. ASSUMED. */
const LOOK_AGAIN_MS = 2_000;

/** Looks at such a set take at most this share of the time between them: one part in ten. ASSUMED. */
const REST_PER_LOOK = 9;

/**
 * Something of ours in this set waits for somebody at the vendor from now on, or may be in it unlisted for as long as
 * `forMs`.
 */
export function watchFor<T extends KindTypes>(lane: LaneState<T>, name: string | undefined, forMs = 0): void {
  if (name === undefined) return;
  const set = setState(lane, name);
  const nowMs = lane.env.nowMs();
  set.newsAtMs = nowMs;
  set.watchedUntilMs = Math.max(set.watchedUntilMs, nowMs + forMs);
  set.dueAtMs = Math.min(set.dueAtMs ?? Number.POSITIVE_INFINITY, nowMs + LOOK_AGAIN_MS);
}

/**
 * How long until a set that was just read is read again: the resync interval; but where something of ours waits for
 * somebody at the vendor (a customer who is to approve), or may not be listed yet, at growing distances from the last
 * news, so that both an approval within seconds and one after days are seen soon, measured by how long they took.
 */
export function nextLookMs<T extends KindTypes>(
  lane: LaneState<T>,
  set: SetState<T>,
  reading: SetReading<T>,
): number {
  const { env } = lane;
  const resyncMs = jitteredMs(env.settings().resyncIntervalMs, env.random);
  const nowMs = env.nowMs();
  if (nowMs >= set.watchedUntilMs && !isWaitedFor(lane, set.name)) return resyncMs;
  return Math.min(resyncMs, Math.max(nowMs - set.newsAtMs, restMs(nowMs - reading.startedAtMs)));
}

/** How long a set that took so long to read is left alone, unless something waits for it. */
export function restMs(tookMs: number): number {
  return Math.max(LOOK_AGAIN_MS, REST_PER_LOOK * tookMs);
}

function isWaitedFor<T extends KindTypes>({ kind, table }: LaneState<T>, name: string): boolean {
  if (kind.waits === undefined) return false;
  for (let ordinal = 0; ordinal < table.keys.length; ordinal += 1) {
    if (table.seenInSet[ordinal] !== name) continue;
    const observed = table.observed(ordinal);
    const isWaiting = observed.is === 'present' && kind.waits(observed.fact);
    if (isWaiting && table.declared(ordinal).length > 0) return true;
  }
  return false;
}

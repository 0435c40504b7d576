import { CALL_BACKOFF, type Random, retryMs } from '../domain/schedule.ts';
import { ok, type Result } from '../ports/failure.ts';
import type { RecordGroup, Records } from '../ports/records.ts';
import { type Busy, type Task, taskOn } from './task.ts';

/** Whether an account without records that meets declared items at the vendor waits for a person. */
export type ContactPolicy = 'Approve' | 'Trust';

/**
 * How an account and its vendor stand to each other:
 *
 * ```
 *  no records ─► looking ─ nothing declared is there yet ─► open
 *                   └───── something is ─► awaiting ─ policy Trust ─► open
 * ```
 *
 * `looking`: what is declared has not been looked for yet, and nothing is written. `awaiting`: items stand at the
 * vendor as declared, and no record of ours says why. It may be the fleet of a cluster that was lost, or somebody
 * else's: a person decides. Each state is recorded before anything rests on it, so no kill skips one.
 */
export type ContactState = 'looking' | 'awaiting' | 'open';

/** What the first look has shown so far. */
export interface FirstLook {
  /** Everything that is declared was looked for, and nobody has declared more for a moment. */
  readonly done: boolean;
  /** Items stood there as declared. */
  readonly found: boolean;
}

export interface FirstContact {
  state(): ContactState;
  /** Takes in what is recorded, and records that the first look begins where nothing is. */
  begin(groups: readonly RecordGroup[], signal: AbortSignal): Promise<Result<unknown>>;
  /** The next state to be recorded, if there is one. */
  next(): Task | undefined;
  /** When `next` may have something that it does not have now. */
  nextAtMs(): number;
}

/** The kind and the key under which the state stands in the records. */
export const CONTACT = 'contact';
const KEY = 'state';
/** While it looks, it asks itself this often whether it has seen everything. ASSUMED: a person waits for it. */
const LOOK_EVERY_MS = 500;

export function createFirstContact(deps: {
  readonly records: Records;
  policy(): ContactPolicy;
  look(): FirstLook;
  nowMs(): number;
  readonly random: Random;
  /** Told when writes are held from now on, or held no longer. */
  onChanged(): void;
}): FirstContact {
  const busy: Busy = { busy: false };
  let state: ContactState = 'looking';
  let attempts = 0;
  let notBeforeMs = 0;

  function wanted(): ContactState {
    if (state === 'open' || deps.policy() === 'Trust') return 'open';
    if (state === 'awaiting') return 'awaiting';
    const { done, found } = deps.look();
    if (!done) return 'looking';
    return found ? 'awaiting' : 'open';
  }

  async function record(next: ContactState, signal: AbortSignal): Promise<Result<unknown>> {
    const kept = await deps.records.keep(CONTACT, [{ key: KEY, value: { state: next } }], signal);
    if (kept.ok) state = next;
    return kept;
  }

  return {
    state: () => state,
    begin: async (groups, signal) => {
      const [own] = groups.filter(({ kind }) => kind === CONTACT);
      if (own !== undefined) ({ state } = own.value as { readonly state: ContactState });
      // Records from before there was a first contact: they say what stands there and why.
      else if (groups.length > 0) state = 'open';
      else return record('looking', signal);
      return ok(undefined);
    },
    next: () => {
      if (busy.busy || notBeforeMs > deps.nowMs()) return undefined;
      const next = wanted();
      if (next === state) {
        notBeforeMs = deps.nowMs() + LOOK_EVERY_MS;
        return undefined;
      }
      return taskOn(busy, 'own', async (signal) => {
        const before = state;
        const kept = await record(next, signal);
        attempts = kept.ok ? 0 : attempts + 1;
        if (!kept.ok) {
          notBeforeMs =
            deps.nowMs() + retryMs(kept.failure.retryAfterMs, CALL_BACKOFF, attempts, deps.random);
        } else if (before === 'awaiting' || next === 'awaiting') {
          // From looking to open nothing was held: batches that formed meanwhile go as they are.
          deps.onChanged();
        }
      });
    },
    nextAtMs: () => {
      const isWaiting = state === 'looking' || (state === 'awaiting' && deps.policy() === 'Trust');
      return isWaiting && !busy.busy ? notBeforeMs : Number.POSITIVE_INFINITY;
    },
  };
}

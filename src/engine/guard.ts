import { allowed, type Budget, type GuardState, guardAllows, spentWithin } from '../domain/guard.ts';
import { ok, type Result } from '../ports/failure.ts';
import type { RecordGroup, Records } from '../ports/records.ts';

/**
 * What stands between a plan and harm: destructive items of the whole vendor scope, counted in a ledger that is
 * recorded, so that neither a restart nor many small edits reset it.
 */
export interface Guard {
  /** Whether everything that waits, this many items, may go. */
  allows(requested: number): boolean;
  /** Counts an operation's items at once. `write` makes that durable, before its intent is. */
  reserve(key: string, items: number): void;
  write(key: string, signal: AbortSignal): Promise<Result<unknown>>;
  /** The operation was never sent. */
  giveBack(key: string, signal: AbortSignal): Promise<Result<unknown>>;
  restore(groups: readonly RecordGroup[]): void;
  state(requested: number): GuardState;
}

export interface GuardSettings {
  readonly windowMs: number;
  readonly destructive: Budget;
}

/** The kind under which the ledger stands in the records. */
export const LEDGER = 'ledger';
/** The entry that says what the window began with; every other one is an operation's. */
const BASE = 'base';
/** Older spendings are dropped: no window is longer (api.md, VendorAccount: window at most 168h). */
const LONGEST_WINDOW_MS = 168 * 3_600_000;

interface Spent {
  readonly items: number;
  readonly atMs: number;
}

interface Base {
  readonly items: number;
  readonly atMs: number;
}

export function createGuard(deps: {
  readonly records: Records;
  settings(): GuardSettings;
  /** Wall time of the journal's side. */
  nowMs(): number;
  /** Recorded items of the scope, now. */
  recordedItems(): number;
}): Guard {
  const { records } = deps;
  const spent = new Map<string, Spent>();
  let base: Base | undefined;

  /** What the window began with; a window that is over begins anew. */
  function currentBase(): Base {
    const nowMs = deps.nowMs();
    const standing = base !== undefined && base.atMs > nowMs - deps.settings().windowMs;
    return standing && base !== undefined ? base : { items: deps.recordedItems(), atMs: nowMs };
  }

  function state(requested: number): GuardState {
    const { windowMs, destructive } = deps.settings();
    const { items } = currentBase();
    const spendings = [...spent].map(([key, entry]) => ({ key, ...entry }));
    return {
      base: items,
      spent: spentWithin(spendings, windowMs, deps.nowMs()),
      allowed: allowed(destructive, items),
      requested,
    };
  }

  function outdated(): string[] {
    const beforeMs = deps.nowMs() - LONGEST_WINDOW_MS;
    return [...spent].filter(([, { atMs }]) => atMs < beforeMs).map(([key]) => key);
  }

  return {
    allows: (requested) => guardAllows(state(requested)),
    reserve: (key, items) => {
      base = currentBase();
      spent.set(key, { items, atMs: deps.nowMs() });
    },
    write: async (key, signal) => {
      const entry = spent.get(key);
      if (entry === undefined) return ok(undefined);
      const old = outdated();
      const changes = [
        { key, value: entry },
        { key: BASE, value: base },
        ...old.map((name) => ({ key: name, value: undefined })),
      ];
      const kept = await records.keep(LEDGER, changes, signal);
      if (kept.ok) for (const name of old) spent.delete(name);
      return kept;
    },
    giveBack: async (key, signal) => {
      if (!spent.has(key)) return ok(undefined);
      const kept = await records.keep(LEDGER, [{ key, value: undefined }], signal);
      if (kept.ok) spent.delete(key);
      return kept;
    },
    restore: (groups) => {
      for (const { kind, value, keys } of groups) {
        if (kind !== LEDGER) continue;
        for (const key of keys) {
          if (key === BASE) base = value as Base;
          else spent.set(key, value as Spent);
        }
      }
    },
    state,
  };
}

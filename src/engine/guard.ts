import {
  allowed,
  type Budget,
  type BudgetName,
  type GuardState,
  guardAllows,
  type Spending,
  spentWithin,
} from '../domain/guard.ts';
import { ok, type Result } from '../ports/failure.ts';
import type { RecordGroup, Records } from '../ports/records.ts';

/**
 * What stands between a plan and harm: guarded items of the whole vendor scope, counted by budget in one ledger that
 * is recorded, so that neither a restart nor many small edits reset it.
 */
export interface Guard {
  /** Whether everything that waits for this budget may go. */
  allows(budget: BudgetName): boolean;
  /** Counts an operation's items at once. `write` makes that durable, before its intent is. */
  reserve(key: string, budget: BudgetName, items: number): void;
  write(key: string, signal: AbortSignal): Promise<Result<unknown>>;
  /** The operation was never sent. */
  giveBack(key: string, signal: AbortSignal): Promise<Result<unknown>>;
  restore(groups: readonly RecordGroup[]): void;
  state(budget: BudgetName): GuardState;
}

export interface GuardSettings {
  readonly windowMs: number;
  readonly budgets: Readonly<Record<BudgetName, Budget>>;
}

/** The kind under which the ledger stands in the records. */
export const LEDGER = 'ledger';
/** The entry that says what the window began with; every other one is an operation's. */
const BASE = 'base';
/** Older spendings are dropped: no window is longer (api.md, VendorAccount: window at most 168h). */
const LONGEST_WINDOW_MS = 168 * 3_600_000;

interface Spent {
  /** Absent: `destructive`, the only one there was at first. */
  readonly budget?: BudgetName;
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
  /** Wall time of whoever keeps the journal: all processes agree on it. */
  nowMs(): number;
  /** Items of the scope that are recorded for a resource, now. */
  heldItems(): number;
  /** Items of the scope that wait for this budget, now. */
  requested(budget: BudgetName): number;
}): Guard {
  const { records } = deps;
  const spent = new Map<string, Spent>();
  let base: Base | undefined;

  /** What the window began with; a window that is over begins anew. */
  function currentBase(): Base {
    const nowMs = deps.nowMs();
    const standing = base !== undefined && base.atMs > nowMs - deps.settings().windowMs;
    return standing && base !== undefined ? base : { items: deps.heldItems(), atMs: nowMs };
  }

  function state(name: BudgetName): GuardState {
    const { windowMs, budgets } = deps.settings();
    const { items } = currentBase();
    return {
      base: items,
      spent: spentWithin(spendingsOf(name), windowMs, deps.nowMs()),
      allowed: allowed(budgets[name], items),
      requested: deps.requested(name),
    };
  }

  function spendingsOf(name: BudgetName): Spending[] {
    return [...spent]
      .filter(([, { budget = 'destructive' }]) => budget === name)
      .map(([key, { items, atMs }]) => ({ key, items, atMs }));
  }

  function outdated(): string[] {
    const beforeMs = deps.nowMs() - LONGEST_WINDOW_MS;
    return [...spent].filter(([, { atMs }]) => atMs < beforeMs).map(([key]) => key);
  }

  return {
    allows: (budget) => guardAllows(state(budget)),
    reserve: (key, budget, items) => {
      base = currentBase();
      spent.set(key, { budget, items, atMs: deps.nowMs() });
    },
    write: async (key, signal) => {
      const reserved = spent.get(key);
      if (reserved === undefined) return ok(undefined);
      // The intent follows at once; an attempt before this one may be long ago.
      const entry = { ...reserved, atMs: deps.nowMs() };
      spent.set(key, entry);
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

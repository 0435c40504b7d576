/** What a guard counts, each by itself. `creations`: companies made; `destructive`, `irreversible`: by their verbs' effect. */
export type BudgetName = 'destructive' | 'creations' | 'irreversible';

export const BUDGETS: readonly BudgetName[] = ['destructive', 'creations', 'irreversible'];

/** A budget for one kind of harm (api.md, VendorAccount: guard). Numbers of items; percent of recorded items. */
export interface Budget {
  readonly maxItems: number;
  readonly maxPercent: number;
  readonly floor: number;
}

/** What was spent of a budget by one operation. */
export interface Spending {
  /** The operation's request key. */
  readonly key: string;
  readonly items: number;
  /** When its intent was journaled, wall time. */
  readonly atMs: number;
}

/** How a guard stands, in the words of the account's status. */
export interface GuardState {
  readonly base: number;
  readonly spent: number;
  readonly allowed: number;
  /** Items that wait for it now. */
  readonly requested: number;
}

/** How many items a budget allows in a window that began with `base` recorded items. Nonsense allows nothing. */
export function allowed({ maxItems, maxPercent, floor }: Budget, base: number): number {
  const share = Math.ceil((maxPercent * base) / 100);
  const most = Math.min(maxItems, Math.max(floor, share));
  return Number.isFinite(most) && most > 0 ? Math.floor(most) : 0;
}

/** What was spent within the window that ends now. What was spent in the future was spent: clocks may jump. */
export function spentWithin(spendings: Iterable<Spending>, windowMs: number, nowMs: number): number {
  let spent = 0;
  for (const { items, atMs } of spendings) if (atMs > nowMs - windowMs) spent += items;
  return spent;
}

/**
 * Whether everything that waits fits into what is left. All of it or nothing: a mass release that trickles
 * through a budget is a mass release.
 */
export function guardAllows({ spent, allowed: most, requested }: Omit<GuardState, 'base'>): boolean {
  return spent + requested <= most;
}

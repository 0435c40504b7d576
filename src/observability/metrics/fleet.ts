import { counter, gauge, type Registry } from './registry.ts';

/** What is known of one vendor account at the moment of a scrape. */
export interface AccountFigures {
  readonly namespace: string;
  readonly account: string;
  readonly connected: boolean;
  /** Requests left; absent while the way to the vendor is closed. */
  readonly quota?: { readonly second: number; readonly day: number };
  /** Items planned since the account was opened; one that is planned again counts again. */
  readonly plannedItems: number;
  /** Items of operations that ended since the account was opened, by verb; one that is sent again counts again. */
  readonly writtenItems: Readonly<Record<string, { readonly succeeded: number; readonly failed: number }>>;
  /** By budget: items allowed and spent in its window, and those that wait for it. */
  readonly guard: Readonly<
    Record<string, { readonly allowed: number; readonly spent: number; readonly requested: number }>
  >;
  /** Operations that have not ended. */
  readonly openOperations: number;
  /** Planned vendor writes that were not started. */
  readonly waitingActions: number;
  /** Devices that claims declare, by what their claim was told. */
  readonly devices: Readonly<Record<string, number>>;
}

/** How many resources of one kind stand how. */
export interface ResourceFigures {
  readonly kind: string;
  readonly ready: number;
  readonly reconciling: number;
  readonly stalled: number;
}

/** Where the figures come from: nothing until somebody follows the cluster. */
export interface FleetFigures {
  accounts(): readonly AccountFigures[];
  resources(): readonly ResourceFigures[];
}

/** Gauges over accounts and resources; never over single devices. `read` is asked at every scrape. */
export function fleetMetrics(registry: Registry, read: () => FleetFigures | undefined): void {
  const accounts = (): readonly AccountFigures[] => read()?.accounts() ?? [];
  const labels = ['namespace', 'account'] as const;

  perAccount('vendorplane_account_connected', '1 while the way to the vendor is open.', ({ connected }) =>
    connected ? 1 : 0,
  );
  perAccount(
    'vendorplane_operations_open',
    'Depth of the journal: vendor writes that have not ended.',
    ({ openOperations }) => openOperations,
  );
  perAccount(
    'vendorplane_actions_waiting',
    'Vendor writes that are planned and were not started.',
    ({ waitingActions }) => waitingActions,
  );
  counter(
    registry,
    'vendorplane_items_planned_total',
    'Items planned; the cost of a change follows it.',
    labels,
    (into) => {
      into.reset();
      for (const { namespace, account, plannedItems } of accounts()) {
        into.inc({ namespace, account }, plannedItems);
      }
    },
  );
  counter(
    registry,
    'vendorplane_items_written_total',
    'Items of vendor writes that ended, by what became of them.',
    [...labels, 'verb', 'outcome'] as const,
    (into) => {
      into.reset();
      for (const { namespace, account, writtenItems } of accounts()) {
        for (const [verb, { succeeded, failed }] of Object.entries(writtenItems)) {
          into.inc({ namespace, account, verb, outcome: 'succeeded' }, succeeded);
          into.inc({ namespace, account, verb, outcome: 'failed' }, failed);
        }
      }
    },
  );
  gauge(
    registry,
    'vendorplane_guard_items',
    'Items that a budget allows in its window, that were spent of it, and that wait for it.',
    [...labels, 'budget', 'count'] as const,
    (into) => {
      into.reset();
      for (const { namespace, account, guard } of accounts()) {
        for (const [budget, { allowed, spent, requested }] of Object.entries(guard)) {
          into.set({ namespace, account, budget, count: 'allowed' }, allowed);
          into.set({ namespace, account, budget, count: 'spent' }, spent);
          into.set({ namespace, account, budget, count: 'requested' }, requested);
        }
      }
    },
  );
  const [perWindow, perVerdict] = [[...labels, 'window'] as const, [...labels, 'verdict'] as const];
  gauge(
    registry,
    'vendorplane_quota_remaining',
    'Vendor requests left in this window.',
    perWindow,
    (into) => {
      into.reset();
      for (const { namespace, account, quota } of accounts()) {
        if (quota === undefined) continue;
        into.set({ namespace, account, window: 'second' }, quota.second);
        into.set({ namespace, account, window: 'day' }, quota.day);
      }
    },
  );
  gauge(registry, 'vendorplane_devices', 'Declared devices by verdict.', perVerdict, (into) => {
    into.reset();
    for (const { namespace, account, devices } of accounts()) {
      for (const [verdict, count] of Object.entries(devices)) {
        into.set({ namespace, account, verdict }, count);
      }
    }
  });
  gauge(registry, 'vendorplane_resources', 'Resources by how they stand.', ['kind', 'standing'], (into) => {
    into.reset();
    for (const { kind, ready, reconciling, stalled } of read()?.resources() ?? []) {
      into.set({ kind, standing: 'ready' }, ready);
      into.set({ kind, standing: 'reconciling' }, reconciling);
      into.set({ kind, standing: 'stalled' }, stalled);
    }
  });

  function perAccount(name: string, help: string, valueOf: (figures: AccountFigures) => number): void {
    gauge(registry, name, help, labels, (into) => {
      // An account that is gone takes its series along.
      into.reset();
      for (const figures of accounts()) {
        const { namespace, account } = figures;
        into.set({ namespace, account }, valueOf(figures));
      }
    });
  }
}

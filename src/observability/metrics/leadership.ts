import { counter, gauge, type Registry } from './registry.ts';

/** Tells whether this process leads. */
export interface LeadershipMetrics {
  /** Asked at every scrape. */
  leads(isLeader: () => boolean): void;
  renewalFailed(): void;
}

/** `name` is that of the Lease. */
export function leadershipMetrics(registry: Registry, name: string): LeadershipMetrics {
  let isLeader = (): boolean => false;
  gauge(
    registry,
    'leader_election_master_status',
    '1 while this process holds the lease, by both clocks; 0 while it stands by.',
    ['name'],
    (into) => into.set({ name }, isLeader() ? 1 : 0),
  );
  const failures = counter(
    registry,
    'vendorplane_leader_election_failures_total',
    'Attempts to take or renew the lease that failed.',
    ['name'],
  );
  failures.inc({ name }, 0);
  return {
    leads: (next) => {
      isLeader = next;
    },
    renewalFailed: () => failures.inc({ name }),
  };
}

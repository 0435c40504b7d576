import { Registry } from 'prom-client';
import { describe, expect, test } from 'vitest';
import { stack } from '../../src/observability/decorate.ts';
import { type AccountFigures, fleetMetrics } from '../../src/observability/metrics/fleet.ts';
import { leadershipMetrics } from '../../src/observability/metrics/leadership.ts';
import { countPortCalls } from '../../src/observability/metrics/port-calls.ts';
import { createRegistry } from '../../src/observability/metrics/registry.ts';
import { VENDOR_OUTCOMES, vendorRequestMetrics } from '../../src/observability/metrics/vendor-requests.ts';
import { failed, ok } from '../../src/ports/failure.ts';

async function linesOf(registry: Registry, name: string): Promise<readonly string[]> {
  const text = await registry.metrics();
  return text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
}

describe('vendor requests', () => {
  const registry = new Registry();
  const count = vendorRequestMetrics(registry, { Vendor: ['claim'] });
  const line = (outcome: string, value: number): string =>
    `vendorplane_vendor_requests_total{vendor="Vendor",endpoint="claim",outcome="${outcome}"} ${value}`;

  test('every outcome stands there from the start, at zero', async () => {
    const lines = await linesOf(registry, 'vendorplane_vendor_requests_total');
    expect(lines).toEqual(VENDOR_OUTCOMES.map((outcome) => line(outcome, 0)));
  });

  test.each([
    [200, 'success'],
    [404, 'refused'],
    [401, 'unauthorized'],
    [403, 'unauthorized'],
    [429, 'throttled'],
    [503, 'serverError'],
    ['CONNECTION_RESET', 'noReply'],
    ['NOT_ALLOWED_TO_START', 'heldBack'],
  ] as const)('%s counts as %s', async (result, outcome) => {
    registry.resetMetrics();
    count('Vendor', 'claim', result);
    expect(await linesOf(registry, 'vendorplane_vendor_requests_total')).toEqual([line(outcome, 1)]);
  });
});

describe('port calls', () => {
  const call = { port: 'journal', method: 'note' };
  const failure = { kind: 'conflict', code: 'X', message: 'x' } as const;

  async function counted(run: () => unknown): Promise<readonly string[]> {
    const registry = new Registry();
    const around = stack(countPortCalls(registry, { journal: ['note'] }));
    await Promise.resolve(around(call, run)).catch(() => undefined);
    const lines = await linesOf(registry, 'vendorplane_port_calls_total');
    return lines
      .filter((line) => !line.endsWith(' 0'))
      .map((line) => /outcome="(\w+)"/.exec(line)?.[1] ?? line);
  }

  test.each([
    ['ok', async () => ok(1)],
    ['conflict', async () => failed(failure)],
    ['threw', () => Promise.reject(new Error('ours'))],
  ])('ended as %s', async (outcome, run) => {
    expect(await counted(run)).toEqual([outcome]);
  });

  test('what answers at once is passed on and not counted', async () => {
    expect(await counted(() => 'at once')).toEqual([]);
  });
});

describe('the fleet', () => {
  const google: AccountFigures = {
    namespace: 'fleet',
    account: 'google',
    connected: true,
    quota: { second: 7, day: 99_000 },
    plannedItems: 410,
    writtenItems: { claim: { succeeded: 9, failed: 1 } },
    guard: { destructive: { allowed: 10, spent: 3, requested: 12 } },
    openOperations: 2,
    waitingActions: 1,
    devices: { claimed: 5, failed: 0 },
  };

  test('is read at every scrape, and an account that is gone takes its series along', async () => {
    const registry = new Registry();
    let accounts: readonly AccountFigures[] = [google];
    fleetMetrics(registry, () => ({
      accounts: () => accounts,
      resources: () => [{ kind: 'DeviceClaim', ready: 1, reconciling: 0, stalled: 2 }],
    }));
    expect(await linesOf(registry, 'vendorplane_devices')).toEqual([
      'vendorplane_devices{namespace="fleet",account="google",verdict="claimed"} 5',
      'vendorplane_devices{namespace="fleet",account="google",verdict="failed"} 0',
    ]);
    expect(await linesOf(registry, 'vendorplane_quota_remaining')).toHaveLength(2);
    expect(await linesOf(registry, 'vendorplane_operations_open')).toEqual([
      'vendorplane_operations_open{namespace="fleet",account="google"} 2',
    ]);
    // What somebody else counts is told as it stands, however often it is asked for.
    expect(await linesOf(registry, 'vendorplane_items_planned_total')).toEqual([
      'vendorplane_items_planned_total{namespace="fleet",account="google"} 410',
    ]);
    expect(await linesOf(registry, 'vendorplane_items_planned_total')).toEqual([
      'vendorplane_items_planned_total{namespace="fleet",account="google"} 410',
    ]);
    expect(await linesOf(registry, 'vendorplane_items_written_total')).toEqual([
      'vendorplane_items_written_total{namespace="fleet",account="google",verb="claim",outcome="succeeded"} 9',
      'vendorplane_items_written_total{namespace="fleet",account="google",verb="claim",outcome="failed"} 1',
    ]);
    const budget = 'vendorplane_guard_items{namespace="fleet",account="google",budget="destructive"';
    expect(await linesOf(registry, 'vendorplane_guard_items')).toEqual([
      `${budget},count="allowed"} 10`,
      `${budget},count="spent"} 3`,
      `${budget},count="requested"} 12`,
    ]);
    expect(await linesOf(registry, 'vendorplane_resources')).toContain(
      'vendorplane_resources{kind="DeviceClaim",standing="stalled"} 2',
    );
    accounts = [];
    expect(await linesOf(registry, 'vendorplane_devices')).toEqual([]);
    expect(await linesOf(registry, 'vendorplane_account_connected')).toEqual([]);
  });

  test('a closed way to the vendor has no quota: nothing is not zero', async () => {
    const registry = new Registry();
    const { quota: _, ...closed } = { ...google, connected: false };
    fleetMetrics(registry, () => ({ accounts: () => [closed], resources: () => [] }));
    expect(await linesOf(registry, 'vendorplane_quota_remaining')).toEqual([]);
    expect(await linesOf(registry, 'vendorplane_account_connected')).toEqual([
      'vendorplane_account_connected{namespace="fleet",account="google"} 0',
    ]);
  });

  test('a replica that follows no cluster has no figures of one', async () => {
    const registry = new Registry();
    fleetMetrics(registry, () => undefined);
    expect(await linesOf(registry, 'vendorplane_devices')).toEqual([]);
  });
});

test('leadership is asked for at every scrape', async () => {
  const registry = new Registry();
  const leadership = leadershipMetrics(registry, 'lead');
  const line = (value: number): readonly string[] => [`leader_election_master_status{name="lead"} ${value}`];
  expect(await linesOf(registry, 'leader_election_master_status')).toEqual(line(0));
  leadership.leads(() => true);
  expect(await linesOf(registry, 'leader_election_master_status')).toEqual(line(1));
});

test('the version that runs is a label', async () => {
  expect(await linesOf(createRegistry('1.2.3'), 'vendorplane_build_info')).toEqual([
    'vendorplane_build_info{version="1.2.3"} 1',
  ]);
});

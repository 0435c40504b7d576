import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { measuredConnection } from '../../src/cli/controller/measured/connection.ts';
import { createMetrics, type Metrics } from '../../src/cli/controller/measured/metrics.ts';
import { measuredQueue } from '../../src/cli/controller/measured/queue.ts';
import { measuredReconcile } from '../../src/cli/controller/measured/reconcile.ts';
import { endpointOf, VENDOR_ENDPOINTS } from '../../src/cli/controller/measured/vendor-endpoints.ts';
import type { Connection } from '../../src/kube/connection.ts';
import { retry, settled, stalled, waiting } from '../../src/kube/controller.ts';
import type { Answer, Break, Refusal } from '../../src/kube/exchange.ts';
import { createWorkqueue } from '../../src/kube/workqueue.ts';
import { createTestClock, type TestClock } from '../support/clock.ts';

const { signal } = new AbortController();
let metrics: Metrics;
let clock: TestClock;

beforeEach(() => {
  metrics = createMetrics('1.2.3', 'api:443', 'lead');
  clock = createTestClock();
});

/** The value of one series. */
async function value(
  name: string,
  labels: Readonly<Record<string, string>>,
  of = name,
): Promise<number | undefined> {
  const found = await metrics.registry.getSingleMetric(name)?.get();
  const values = (found?.values ?? []) as readonly { value: number; labels: object; metricName?: string }[];
  return values.find(
    (one) =>
      (one.metricName ?? name) === of &&
      Object.entries(labels).every(([key, text]) => (one.labels as Record<string, unknown>)[key] === text),
  )?.value;
}

describe('a measured queue', () => {
  test('counts additions, retries, waiting and work, and tells its depth', async () => {
    const queue = measuredQueue(
      'Customer',
      createWorkqueue({ clock, random: () => 0 }),
      metrics.queues,
      clock,
    );
    const name = { name: 'Customer' };
    queue.add('a');
    queue.add('b');
    await clock.advance(2_000);
    const task = await queue.take(signal);
    expect(await value('workqueue_depth', name)).toBe(1);
    await clock.advance(500);
    queue.finish(task as { key: string; priority: 0 }, { type: 'failed' });
    expect(await value('workqueue_adds_total', name)).toBe(2);
    expect(await value('workqueue_retries_total', name)).toBe(1);
    const sum = (metric: string) => value(metric, name, `${metric}_sum`);
    expect(await sum('workqueue_queue_duration_seconds')).toBe(2);
    expect(await sum('workqueue_work_duration_seconds')).toBe(0.5);
  });

  test('a delayed addition has not waited before it is due', async () => {
    const queue = measuredQueue(
      'Customer',
      createWorkqueue({ clock, random: () => 0 }),
      metrics.queues,
      clock,
    );
    queue.add('a', { afterMs: 5_000 });
    await clock.advance(5_000);
    await queue.take(signal);
    const metric = 'workqueue_queue_duration_seconds';
    expect(await value(metric, { name: 'Customer' }, `${metric}_sum`)).toBe(0);
  });
});

describe('a measured reconcile', () => {
  const failure = { kind: 'transient', code: 'X', message: 'x' } as const;

  test.each([
    [settled(), 'success', 'nothing is left to do'],
    [settled(30_000), 'requeue_after', 'it asks to be looked at again'],
    [waiting(1), 'requeue_after', 'something takes its time'],
    [stalled('X'), 'success', 'it did all that can be done without a person'],
    [stalled('X', 30_000), 'requeue_after', 'the same, and it asks to be looked at again'],
    [retry(failure), 'error', 'it failed'],
  ])('%j counts as %s: %s', async (result, outcome) => {
    const reconcile = measuredReconcile('Customer', async () => result, metrics.reconciles, clock);
    expect(await reconcile('a/b', signal)).toBe(result);
    const labels = { controller: 'Customer', result: outcome };
    expect(await value('controller_runtime_reconcile_total', labels)).toBe(1);
    expect(await value('controller_runtime_reconcile_errors_total', { controller: 'Customer' })).toBe(
      outcome === 'error' ? 1 : 0,
    );
    expect(await value('controller_runtime_active_workers', { controller: 'Customer' })).toBe(0);
  });

  test('a pass that throws counts as an error and still throws', async () => {
    const broken = () => Promise.reject(new Error('ours'));
    const reconcile = measuredReconcile('Customer', broken, metrics.reconciles, clock);
    await expect(reconcile('a/b', signal)).rejects.toThrow('ours');
    expect(await value('controller_runtime_reconcile_errors_total', { controller: 'Customer' })).toBe(1);
    expect(await value('controller_runtime_active_workers', { controller: 'Customer' })).toBe(0);
  });
});

describe('a measured connection', () => {
  const request = { method: 'GET', path: '/' } as const;

  test.each<readonly [Answer | Break | Refusal, string, string]>([
    [{ kind: 'answer', status: 409, retryAfter: undefined, body: '' }, '409', 'an answer, whatever it says'],
    [{ kind: 'break', code: 'X', sent: true }, '<error>', 'no answer, as client-go calls it'],
    [
      { kind: 'refusal', failure: { kind: 'unauthorized', code: 'X', message: 'x' } },
      '<error>',
      'there were no credentials to ask with',
    ],
  ])('%j counts as %s: %s', async (reply, code) => {
    const connection = { send: async () => reply } as unknown as Connection;
    const measured = measuredConnection(connection, metrics.apiRequests, clock);
    expect(await measured.send(request, signal)).toBe(reply);
    expect(await value('rest_client_requests_total', { code, method: 'GET', host: 'api:443' })).toBe(1);
  });

  test('a watch counts once, when it opens', async () => {
    const connection = { open: async () => ({ kind: 'stream' }) } as unknown as Connection;
    await measuredConnection(connection, metrics.apiRequests, clock).open(request, signal);
    expect(await value('rest_client_requests_total', { code: '200', method: 'GET', host: 'api:443' })).toBe(
      1,
    );
  });
});

describe('endpoints of a vendor', () => {
  const golden = resolve(import.meta.dirname, '../golden/google-zero-touch');
  const requests = readdirSync(golden).filter((name) => name.endsWith('.request.http'));

  test.each(requests)('%s, as it goes over the wire, has a name', (name) => {
    const [method = '', path = ''] = readFileSync(join(golden, name), 'utf8').split(/\s+/);
    const url = URL.canParse(path) ? path : `https://vendor.example${path}`;
    const endpoint = endpointOf('GoogleZeroTouch', method, url);
    expect(endpoint).not.toBe('other');
    expect(VENDOR_ENDPOINTS['GoogleZeroTouch']).toContain(endpoint);
  });

  test.each([
    ['GET', 'https://x/v1/partners/1/devices/123456', 'devices.get', 'the id does not become a label'],
    [
      'GET',
      'https://x/prefix/v1/partners/1/customers?pageSize=…',
      'customers.list',
      'an endpoint may have a prefix',
    ],
    ['POST', 'https://x/prefix/v1/partners/1/customers', 'customers.create', 'the method tells them apart'],
    ['POST', 'https://oauth2.example/token', 'token', 'a login goes elsewhere'],
    ['GET', 'https://x/v1/partners/1/whatever/42', 'other', 'nothing unknown becomes a label'],
    ['GET', '[hidden]', 'other', 'nor does what is no address'],
  ])('%s %s is %s: %s', (method, url, expected) => {
    expect(endpointOf('GoogleZeroTouch', method, url)).toBe(expected);
  });
});

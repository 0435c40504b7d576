import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ControllerProcess, eventually, startControllerProcess } from './support/controller-process.ts';
import { type Fleet, startFleet } from './support/fleet.ts';

let fleet: Fleet;
let controller: ControllerProcess;
let metricsUrl: string;
let healthUrl: string;

/** A page's value of each series, by its name with labels. */
async function scrape(): Promise<ReadonlyMap<string, number>> {
  const reply = await fetch(`${metricsUrl}/metrics`);
  expect(reply.headers.get('content-type')).toContain('text/plain');
  const lines = (await reply.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const cut = line.lastIndexOf(' ');
      return [line.slice(0, cut), Number(line.slice(cut + 1))];
    }),
  );
}

async function get(url: string): Promise<string> {
  const reply = await fetch(url);
  return `${reply.status} ${(await reply.text()).trim()}`;
}

/** Where a face listens, by the log: port 0 is any free one. */
async function urlOf(face: string): Promise<string> {
  const { port } = await eventually(`the port of ${face}`, () =>
    controller.log().find((line) => line.msg === 'listening' && line['face'] === face),
  );
  return `http://127.0.0.1:${String(port)}`;
}

beforeAll(async () => {
  fleet = await startFleet();
  controller = startControllerProcess('one', fleet.folder, { longestRequestMs: 0 }, [
    '--kubeconfig',
    fleet.kubeconfig,
    '--leader-elect',
    '--lease-duration',
    '4s',
    '--renew-deadline',
    '3s',
    '--retry-period',
    '200ms',
    '--metrics-address',
    '127.0.0.1:0',
    '--health-address',
    '127.0.0.1:0',
  ]);
  [metricsUrl, healthUrl] = [await urlOf('metrics'), await urlOf('health')];
}, 120_000);

afterAll(async () => {
  controller.signal('SIGKILL');
  await controller.ended;
  await fleet.close();
});

describe('a running controller', { timeout: 120_000 }, () => {
  test('tells of its work: passes, requests, devices, quota and who leads, and of no single device', async () => {
    const imeis = await fleet.claim('orders', 3);
    await eventually('the claim', async () => ((await fleet.claimed('orders')) === 3 ? true : undefined));
    const claimed = 'vendorplane_devices{namespace="fleet",account="google",verdict="claimed"}';
    await eventually('the figure', async () => ((await scrape()).get(claimed) === 3 ? true : undefined));
    const figures = await scrape();
    expect(figures.get('leader_election_master_status{name="vendorplane-controller"}')).toBe(1);
    expect(figures.get('workqueue_adds_total{name="DeviceClaim"}')).toBeGreaterThan(0);
    expect(figures.get('workqueue_depth{name="DeviceClaim"}')).toBe(0);
    const host = new URL(fleet.clusterUrl).host;
    expect(
      figures.get(`rest_client_requests_total{code="201",method="POST",host="${host}"}`),
    ).toBeGreaterThan(0);
    const vendor = (endpoint: string, outcome: string): number | undefined =>
      figures.get(
        `vendorplane_vendor_requests_total{vendor="GoogleZeroTouch",endpoint="${endpoint}",outcome="${outcome}"}`,
      );
    expect(vendor('devices.claimAsync', 'success')).toBe(1);
    expect(vendor('token', 'success')).toBe(1);
    expect(vendor('operations.get', 'success')).toBeGreaterThan(0);
    for (const outcome of ['success', 'refused', 'serverError', 'noReply'])
      expect(vendor('other', outcome)).toBe(0);
    expect(
      figures.get('vendorplane_quota_remaining{namespace="fleet",account="google",window="day"}'),
    ).toBeGreaterThan(0);
    expect(figures.get('vendorplane_operations_open{namespace="fleet",account="google"}')).toBe(0);
    expect(figures.get('vendorplane_resources{kind="DeviceClaim",standing="ready"}')).toBe(1);
    expect(figures.get('vendorplane_port_calls_total{port="journal",method="intend",outcome="ok"}')).toBe(1);
    expect([...figures.keys()].filter((series) => imeis.some((imei) => series.includes(imei)))).toEqual([]);
  });

  test('every port call that it makes had its series from the start', async () => {
    // What was not initialised stands at the end of the page without a series for every outcome.
    const calls = [...(await scrape()).keys()].filter((series) =>
      series.startsWith('vendorplane_port_calls_total'),
    );
    const byCall = Map.groupBy(calls, (series) => series.replace(/,outcome=.*/, ''));
    expect([...byCall].filter(([, series]) => series.length !== 9)).toEqual([]);
  });

  test('is healthy and ready', async () => {
    expect(await get(`${healthUrl}/healthz`)).toBe('200 ok');
    await eventually('readiness', async () =>
      (await get(`${healthUrl}/readyz`)) === '200 ok: working' ? true : undefined,
    );
  });

  test('a replica that stands by is ready too, says that it does not lead, and knows no fleet', async () => {
    const other = startControllerProcess('two', fleet.folder, { longestRequestMs: 0 }, [
      '--kubeconfig',
      fleet.kubeconfig,
      '--leader-elect',
      '--health-address',
      '127.0.0.1:0',
    ]);
    await other.logged('standing by for the lease');
    const { port } = await other.logged('listening');
    expect(await get(`http://127.0.0.1:${String(port)}/readyz`)).toBe('200 ok: standingBy');
    other.signal('SIGTERM');
    expect(await other.ended).toBe(0);
  });

  test('an address that is taken ends the program with one sentence', async () => {
    const taken = new URL(metricsUrl).host;
    const other = startControllerProcess('three', fleet.folder, { longestRequestMs: 0 }, [
      '--kubeconfig',
      fleet.kubeconfig,
      '--metrics-address',
      taken,
    ]);
    expect(await other.ended).toBe(1);
    expect(other.stderr()).toContain('cannot listen for metrics');
  });
});

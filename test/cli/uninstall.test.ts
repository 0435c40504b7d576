import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEVICE_CLAIMS, RELEASE_FINALIZER } from '../../src/controllers/resources.ts';
import { LEASES } from '../../src/kube/lease/elector.ts';
import type { KubeObject } from '../../src/kube/object.ts';
import { CUSTOM_RESOURCE_DEFINITIONS, NAMESPACES } from '../../src/kube/resource.ts';
import { bePatient } from '../support/patience.ts';
import { runProgram } from '../support/run.ts';
import { type ControllerProcess, eventually, startControllerProcess } from './support/controller-process.ts';
import { type Fleet, startFleet, unwrap } from './support/fleet.ts';

bePatient();

const { signal } = new AbortController();
/** Long enough that a busy machine does not miss a renewal, short enough to be outlasted. */
const LEASE_SECONDS = 4;
const ELECTED = [
  '--leader-elect',
  '--lease-duration',
  `${LEASE_SECONDS}s`,
  '--renew-deadline',
  '3s',
  '--retry-period',
  '200ms',
  '--lease-namespace',
  'default',
];
const LEASE = { namespace: 'default', name: 'vendorplane-controller' };
const FOREIGN = 'example.com/backup';

let fleet: Fleet;
let processes: ControllerProcess[];

beforeEach(async () => {
  fleet = await startFleet();
  processes = [];
});

afterEach(async () => {
  for (const each of processes) each.signal('SIGKILL');
  await Promise.all(processes.map(({ ended }) => ended));
  await fleet.close();
});

function start(flags: readonly string[] = ELECTED): ControllerProcess {
  const all = [...flags, '--kubeconfig', fleet.kubeconfig];
  const started = startControllerProcess('one', fleet.folder, { longestRequestMs: 100 }, all);
  processes.push(started);
  return started;
}

const uninstall = (...args: readonly string[]) =>
  runProgram(['uninstall', '--kubeconfig', fleet.kubeconfig, ...args], fleet.folder);

const at = (name: string) => ({ namespace: 'fleet', name });

async function finalizersOf(name: string): Promise<readonly string[] | undefined> {
  return unwrap(await fleet.client.get(DEVICE_CLAIMS, at(name), signal)).metadata.finalizers;
}

/** A claim that is to be released when it goes, seen at its customer. */
async function claimed(name: string, devices: number): Promise<void> {
  await fleet.claim(name, devices);
  const spec = { releasePolicy: 'Unclaim' };
  unwrap(await fleet.client.mergePatch(DEVICE_CLAIMS, at(name), { spec }, signal));
  await eventually(`the devices of ${name}`, async () =>
    (await fleet.claimed(name)) === devices ? true : undefined,
  );
  await eventually('its finalizer', async () =>
    (await finalizersOf(name))?.includes(RELEASE_FINALIZER) ? true : undefined,
  );
}

async function isGone(type: typeof NAMESPACES, name: string): Promise<true | undefined> {
  const found = await fleet.client.get<KubeObject>(type, { name }, signal);
  return !found.ok && found.failure.kind === 'notFound' ? true : undefined;
}

/** Requests that gave devices back. */
async function releases(): Promise<number> {
  return (await fleet.writes()).filter(({ endpoint }) => endpoint.includes('unclaim')).length;
}

describe('uninstall', () => {
  test('lets a namespace and a definition end that wait for a controller which is no more, and releases nothing', async () => {
    const controller = start();
    await claimed('orders', 3);
    await claimed('more', 2);
    controller.signal('SIGKILL');
    await controller.ended;

    await fleet.client.delete(NAMESPACES, { name: 'fleet' }, {}, signal);
    await fleet.client.delete(
      CUSTOM_RESOURCE_DEFINITIONS,
      { name: 'deviceclaims.vendorplane.dev' },
      {},
      signal,
    );
    await eventually('the claims to be deleted', async () => {
      const { metadata } = unwrap(await fleet.client.get(DEVICE_CLAIMS, at('orders'), signal));
      return metadata.deletionTimestamp;
    });

    // The dead one left its lease: it is waited for, and then held.
    const run = await uninstall();
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/DeviceClaim +fleet +orders +yes +vendorplane\.dev\/release/);
    await eventually('the namespace to go', () => isGone(NAMESPACES, 'fleet'));
    await eventually('the definition to go', () =>
      isGone(CUSTOM_RESOURCE_DEFINITIONS, 'deviceclaims.vendorplane.dev'),
    );
    expect(await releases()).toBe(0);
    // Given back, so that a controller which is installed again need not wait for it.
    expect(unwrap(await fleet.client.get(LEASES, LEASE, signal)).spec?.holderIdentity).toBe('');
  });

  test('refuses while a controller leads, and changes nothing', async () => {
    start();
    await claimed('orders', 1);
    const run = await uninstall();
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toMatch(
      /^vendorplane: a controller is running \(the Lease default\/vendorplane-controller is held by one\); scale it down/,
    );
    expect(await finalizersOf('orders')).toContain(RELEASE_FINALIZER);
    expect(unwrap(await fleet.client.get(LEASES, LEASE, signal)).spec?.holderIdentity).toBe('one');
  });

  test('notices a controller without leader election, which sets its finalizers again', async () => {
    start([]);
    await claimed('orders', 1);
    const run = await uninstall();
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('a controller without --leader-elect is running');
  });

  test('takes only our own finalizers, prints them, and with --dry-run only prints', async () => {
    await fleet.claim('orders', 1);
    await fleet.claim('plain', 1);
    const finalizers = [FOREIGN, RELEASE_FINALIZER];
    unwrap(await fleet.client.mergePatch(DEVICE_CLAIMS, at('orders'), { metadata: { finalizers } }, signal));
    const orders = { kind: 'DeviceClaim', namespace: 'fleet', name: 'orders', deleting: false };

    const tried = await uninstall('--dry-run', '-o', 'json');
    expect(tried.code).toBe(0);
    expect(JSON.parse(tried.stdout)).toEqual([{ ...orders, finalizers: [RELEASE_FINALIZER] }]);
    expect(await finalizersOf('orders')).toEqual(finalizers);

    expect((await uninstall('-n', 'elsewhere')).stdout).toBe(
      'no resource carries a finalizer of this program\n',
    );
    expect(await finalizersOf('orders')).toEqual(finalizers);

    const done = await uninstall('-o', 'markdown');
    expect(done.stdout.split('\n')).toContain(
      '| DeviceClaim | fleet | orders | no | vendorplane.dev/release |',
    );
    expect(await finalizersOf('orders')).toEqual([FOREIGN]);
  });

  test('says in one sentence what it cannot do', async () => {
    const nowhere = await runProgram(['uninstall', '--kubeconfig', '/nowhere'], fleet.folder);
    expect(nowhere).toMatchObject({ code: 1, stdout: '' });
    expect(nowhere.stderr).toMatch(/^vendorplane: cannot use \/nowhere: [^\n]+\n$/);
    const misspelt = await uninstall('--output', 'xml');
    expect(misspelt.code).toBe(2);
  });
});

import { describe, expect, test } from 'vitest';
import { DEVICE_CLAIMS, RELEASE_FINALIZER } from '../../src/controllers/resources.ts';
import { LEASES } from '../../src/kube/lease/elector.ts';
import type { KubeObject } from '../../src/kube/object.ts';
import { CUSTOM_RESOURCE_DEFINITIONS, NAMESPACES } from '../../src/kube/resource.ts';
import { bePatient } from '../support/patience.ts';
import { runProgram } from '../support/run.ts';
import { type ControlledFleet, startControlledFleet } from './support/controlled-fleet.ts';
import { type ControllerProcess, eventually } from './support/controller-process.ts';
import { type Fleet, unwrap } from './support/fleet.ts';

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

function start(fleet: ControlledFleet, flags: readonly string[] = ELECTED): ControllerProcess {
  return fleet.start('one', { longestRequestMs: 100 }, flags);
}

const uninstall = (fleet: Fleet, ...args: readonly string[]) =>
  runProgram(['uninstall', '--kubeconfig', fleet.kubeconfig, ...args], fleet.folder);

const at = (name: string) => ({ namespace: 'fleet', name });

async function finalizersOf(fleet: Fleet, name: string): Promise<readonly string[] | undefined> {
  return unwrap(await fleet.client.get(DEVICE_CLAIMS, at(name), signal)).metadata.finalizers;
}

/** A claim that is to be released when it goes, seen at its customer. */
async function claimed(fleet: Fleet, name: string, devices: number): Promise<void> {
  await fleet.claim(name, devices);
  const spec = { releasePolicy: 'Unclaim' };
  unwrap(await fleet.client.mergePatch(DEVICE_CLAIMS, at(name), { spec }, signal));
  await eventually(`the devices of ${name}`, async () =>
    (await fleet.claimed(name)) === devices ? true : undefined,
  );
  await eventually('its finalizer', async () =>
    (await finalizersOf(fleet, name))?.includes(RELEASE_FINALIZER) ? true : undefined,
  );
}

async function isGone(fleet: Fleet, type: typeof NAMESPACES, name: string): Promise<true | undefined> {
  const found = await fleet.client.get<KubeObject>(type, { name }, signal);
  return !found.ok && found.failure.kind === 'notFound' ? true : undefined;
}

/** Requests that gave devices back. */
async function releases(fleet: Fleet): Promise<number> {
  return (await fleet.writes()).filter(({ endpoint }) => endpoint.includes('unclaim')).length;
}

describe.concurrent('uninstall', () => {
  test('lets a namespace and a definition end that wait for a controller which is no more, and releases nothing', async () => {
    await using fleet = await startControlledFleet();
    const controller = start(fleet);
    await claimed(fleet, 'orders', 3);
    await claimed(fleet, 'more', 2);
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
    const run = await uninstall(fleet);
    expect(run).toMatchObject({ code: 0, stderr: '' });
    expect(run.stdout).toMatch(/DeviceClaim +fleet +orders +yes +vendorplane\.dev\/release/);
    await eventually('the namespace to go', () => isGone(fleet, NAMESPACES, 'fleet'));
    await eventually('the definition to go', () =>
      isGone(fleet, CUSTOM_RESOURCE_DEFINITIONS, 'deviceclaims.vendorplane.dev'),
    );
    expect(await releases(fleet)).toBe(0);
    // Given back, so that a controller which is installed again need not wait for it.
    expect(unwrap(await fleet.client.get(LEASES, LEASE, signal)).spec?.holderIdentity).toBe('');
  });

  test('refuses while a controller leads, and changes nothing', async () => {
    await using fleet = await startControlledFleet();
    start(fleet);
    await claimed(fleet, 'orders', 1);
    const run = await uninstall(fleet);
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toMatch(
      /^vendorplane: a controller is running \(the Lease default\/vendorplane-controller is held by one\); scale it down/,
    );
    expect(await finalizersOf(fleet, 'orders')).toContain(RELEASE_FINALIZER);
    expect(unwrap(await fleet.client.get(LEASES, LEASE, signal)).spec?.holderIdentity).toBe('one');
  });

  test('notices a controller without leader election, which sets its finalizers again', async () => {
    await using fleet = await startControlledFleet();
    start(fleet, []);
    await claimed(fleet, 'orders', 1);
    const run = await uninstall(fleet);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('a controller without --leader-elect is running');
  });

  test('takes only our own finalizers, prints them, and with --dry-run only prints', async () => {
    await using fleet = await startControlledFleet();
    await fleet.claim('orders', 1);
    await fleet.claim('plain', 1);
    const finalizers = [FOREIGN, RELEASE_FINALIZER];
    unwrap(await fleet.client.mergePatch(DEVICE_CLAIMS, at('orders'), { metadata: { finalizers } }, signal));
    const orders = { kind: 'DeviceClaim', namespace: 'fleet', name: 'orders', deleting: false };

    const tried = await uninstall(fleet, '--dry-run', '-o', 'json');
    expect(tried.code).toBe(0);
    expect(JSON.parse(tried.stdout)).toEqual([{ ...orders, finalizers: [RELEASE_FINALIZER] }]);
    expect(await finalizersOf(fleet, 'orders')).toEqual(finalizers);

    expect((await uninstall(fleet, '-n', 'elsewhere')).stdout).toBe(
      'no resource carries a finalizer of this program\n',
    );
    expect(await finalizersOf(fleet, 'orders')).toEqual(finalizers);

    const done = await uninstall(fleet, '-o', 'markdown');
    expect(done.stdout.split('\n')).toContain(
      '| DeviceClaim | fleet | orders | no | vendorplane.dev/release |',
    );
    expect(await finalizersOf(fleet, 'orders')).toEqual([FOREIGN]);
  });

  test('says in one sentence what it cannot do', async () => {
    await using fleet = await startControlledFleet();
    const nowhere = await runProgram(['uninstall', '--kubeconfig', '/nowhere'], fleet.folder);
    expect(nowhere).toMatchObject({ code: 1, stdout: '' });
    expect(nowhere.stderr).toMatch(/^vendorplane: cannot use \/nowhere: [^\n]+\n$/);
    const misspelt = await uninstall(fleet, '--output', 'xml');
    expect(misspelt.code).toBe(2);
  });
});

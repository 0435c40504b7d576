import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  DEVICE_CLAIMS,
  NETFLIX_CHARGE_FEEDS,
  NETFLIX_CHARGES,
  NETFLIX_DEVICE_REGISTRATIONS,
  NETFLIX_SUBSCRIPTIONS,
  RECORDED_DAY_LABEL,
  SCOPE_LABEL,
  type ServedDeviceClaim,
  type ServedVerizonDeviceDeletion,
  VENDOR_ACCOUNTS,
  VERIZON_DEVICE_DELETIONS,
} from '../../src/controllers/resources.ts';
import { scopeHash, scopeOf } from '../../src/controllers/vendor-account/scope.ts';
import { CONFIG_MAPS, SECRETS } from '../../src/kube/resource.ts';
import {
  type ControllerProcess,
  eventually,
  startControllerProcess,
} from '../cli/support/controller-process.ts';
import { type Fleet, startFleet } from '../cli/support/fleet.ts';
import { addCharges, startWorld, type World } from '../simulators/crmcom-netflix/world.ts';
import { operatorAccount, subscription } from '../support/netflix.ts';
import { writeOperation } from '../support/operations.ts';
import { describeWithKubectl, find, kustomize, type Rendered } from './kustomize.ts';
import { type RecordingProxy, startRecordingProxy, textOf, type Use, useOf } from './recording-proxy.ts';
import { usesInSource } from './uses-in-source.ts';

const ROOT = resolve(import.meta.dirname, '../..');

interface Rules {
  readonly rules: readonly {
    readonly apiGroups: readonly string[];
    readonly resources: readonly string[];
    readonly verbs: readonly string[];
    readonly resourceNames?: readonly string[];
  }[];
}

/** Every single use that rules allow. */
function allowedBy({ rules }: Rules): readonly Use[] {
  return rules.flatMap(({ apiGroups, resources, verbs }) =>
    apiGroups.flatMap((group) =>
      resources.flatMap((resource) => verbs.map((verb) => ({ group, resource, verb }))),
    ),
  );
}

/** A claim whose list stands in a ConfigMap, and which gives its device back when it is deleted. */
async function listAndRelease(fleet: Fleet): Promise<void> {
  const { client } = fleet;
  const { signal } = new AbortController();
  const at = (name: string) => ({ namespace: 'fleet', name });
  const guard = { spec: { guard: { settle: '1s' } } };
  expect(await client.mergePatch(VENDOR_ACCOUNTS, at('google'), guard, signal)).toMatchObject({ ok: true });
  const data = { 'devices.csv': 'serialNumber,manufacturer,model\nZX1G22,Motorola,moto g\n' };
  expect(await client.create(CONFIG_MAPS, { metadata: at('list'), data }, signal)).toMatchObject({
    ok: true,
  });
  const spec = {
    customerRef: { name: 'orders' },
    releasePolicy: 'Unclaim',
    devicesFrom: [{ configMapKeyRef: { name: 'list', key: 'devices.csv' } }],
  } as unknown as ServedDeviceClaim['spec'];
  expect(await client.create(DEVICE_CLAIMS, { metadata: at('listed'), spec }, signal)).toMatchObject({
    ok: true,
  });
  await eventually('the claim', async () => ((await fleet.claimed('listed')) === 1 ? true : undefined));
  await client.delete(DEVICE_CLAIMS, at('listed'), {}, signal);
  await eventually('the release', async () => {
    const standing = await client.get(DEVICE_CLAIMS, at('listed'), signal);
    return standing.ok ? undefined : true;
  });
}

/** A subscription that is created, and would be cancelled with its resource. */
async function subscribe({ client }: Fleet, world: World): Promise<void> {
  const { signal } = new AbortController();
  const options = { fieldManager: 'kubectl', force: true };
  const { username, password } = world.user;
  const data = { username: btoa(username), password: btoa(password) };
  const account = operatorAccount(world, {});
  const wanted = subscription('ann', { releasePolicy: 'Cancel' });
  const at = (name: string) => ({ namespace: 'fleet', name });
  await client.apply(SECRETS, { metadata: at('crm-login'), data }, options, signal);
  for (const [type, { metadata, spec }] of [
    [VENDOR_ACCOUNTS, account],
    [NETFLIX_SUBSCRIPTIONS, wanted],
  ] as const) {
    const draft = { metadata: at(metadata.name), spec } as never;
    expect(await client.apply(type as typeof VENDOR_ACCOUNTS, draft, options, signal)).toMatchObject({
      ok: true,
    });
  }
  await eventually('the token', async () => {
    const secret = await client.get(SECRETS, at('ann-token'), signal);
    return secret.ok && secret.value.data?.['token'] !== undefined ? true : undefined;
  });
}

/** Lines to be deleted under an account that is none of Verizon's: enough to have its status written. */
async function askForDeletion({ client }: Fleet): Promise<void> {
  const { signal } = new AbortController();
  const spec = {
    accountRef: { name: 'google' },
    irreversible: true,
    devices: [{ kind: 'iccid', identifier: '85000022411113460014' }],
  } as unknown as ServedVerizonDeviceDeletion['spec'];
  const ref = { namespace: 'fleet', name: 'lines' };
  expect(await client.create(VERIZON_DEVICE_DELETIONS, { metadata: ref, spec }, signal)).toMatchObject({
    ok: true,
  });
  await eventually('the word about it', async () => {
    const standing = await client.get(VERIZON_DEVICE_DELETIONS, ref, signal);
    return standing.ok && standing.value.status?.conditions?.some(({ reason }) => reason === 'WrongVendor')
      ? true
      : undefined;
  });
}

/** A registered device that would be unregistered with its resource. */
async function registerDevice({ client }: Fleet): Promise<void> {
  const { signal } = new AbortController();
  const ref = { namespace: 'fleet', name: 'boxes' };
  const spec = {
    accountRef: { name: 'operator' },
    group: { name: 'Demo Operator' },
    releasePolicy: 'Unregister',
    devices: [{ esn: 'NF-1' }],
  } as never;
  const created = await client.create(NETFLIX_DEVICE_REGISTRATIONS, { metadata: ref, spec }, signal);
  expect(created).toMatchObject({ ok: true });
  await eventually('the device', async () => {
    const standing = await client.get(NETFLIX_DEVICE_REGISTRATIONS, ref, signal);
    return standing.ok && standing.value.status?.devices?.registered === 1 ? true : undefined;
  });
}

/** Charges of which one is new, and one has been kept long enough. */
async function drain({ client }: Fleet, world: World): Promise<void> {
  const { signal } = new AbortController();
  const options = { fieldManager: 'kubectl', force: true };
  await addCharges(world, 'ann', 1);
  const scope = scopeHash(scopeOf(operatorAccount(world, {}).spec as never) ?? '');
  const old = { namespace: 'fleet', name: 'nchg-old' };
  const labels = { [SCOPE_LABEL]: scope, [RECORDED_DAY_LABEL]: '2020-01-01' };
  const spec = {
    accountRef: { name: 'operator' },
    number: 'I1',
    billingSystemCustomerIdentifier: 'ann',
    currency: 'EUR',
    chargeStatus: 'APPROVED',
  } as const;
  const status = { acknowledged: true, acknowledgedAt: '2020-01-01T00:00:00Z' };
  await client.apply(NETFLIX_CHARGES, { metadata: { ...old, labels }, spec }, options, signal);
  await client.applyStatus(NETFLIX_CHARGES, old, status, options, signal);
  const feed = { accountRef: { name: 'operator' }, acknowledge: 'AfterRecording' } as never;
  const metadata = { namespace: 'fleet', name: 'charges' };
  expect(await client.apply(NETFLIX_CHARGE_FEEDS, { metadata, spec: feed }, options, signal)).toMatchObject({
    ok: true,
  });
  await eventually('the charge', async () => {
    const page = await client.list(NETFLIX_CHARGES, { namespace: 'fleet', limit: 10 }, signal);
    const [charge, ...others] = page.ok ? page.value.items : [];
    const isNew = charge !== undefined && charge.metadata.name !== old.name && others.length === 0;
    return isNew && charge.status?.acknowledged === true ? true : undefined;
  });
}

const texts = (uses: readonly Use[]): readonly string[] => [...new Set(uses.map(textOf))].sort();

describeWithKubectl('what the installed controller may do', () => {
  let fleet: Fleet;
  let proxy: RecordingProxy;
  let controller: ControllerProcess | undefined;
  let world: World;

  beforeAll(async () => {
    fleet = await startFleet();
    proxy = await startRecordingProxy(fleet.clusterUrl);
    const kubeconfig = join(fleet.folder, 'proxied');
    const cluster = { name: 'x', cluster: { server: proxy.url } };
    const context = { name: 'x', context: { cluster: 'x', user: 'x' } };
    const config = {
      clusters: [cluster],
      users: [{ name: 'x', user: {} }],
      contexts: [context],
      'current-context': 'x',
    };
    writeFileSync(kubeconfig, JSON.stringify({ apiVersion: 'v1', kind: 'Config', ...config }));
    const election = [
      '--leader-elect',
      '--lease-duration',
      '4s',
      '--renew-deadline',
      '3s',
      '--retry-period',
      '200ms',
    ];
    const flags = ['--kubeconfig', kubeconfig, ...election];
    // One whose audit time is over: it is removed.
    await writeOperation(fleet.client, 'fleet', 'vop-old', Date.UTC(2020, 0, 1));
    controller = startControllerProcess('one', fleet.folder, { longestRequestMs: 0 }, flags);
    await fleet.claim('orders', 3);
    await eventually('the claim', async () => ((await fleet.claimed('orders')) === 3 ? true : undefined));
    // A second order changes the record that the first one made.
    await fleet.claim('more', 2);
    await eventually('the claim', async () => ((await fleet.claimed('more')) === 2 ? true : undefined));
    await listAndRelease(fleet);
    await askForDeletion(fleet);
    world = await startWorld({ clock: { now: () => Date.now() } });
    await subscribe(fleet, world);
    await drain(fleet, world);
    await registerDevice(fleet);
    controller.signal('SIGTERM');
    expect(await controller.ended).toBe(0);
  }, 180_000);

  afterAll(async () => {
    controller?.signal('SIGKILL');
    await proxy?.close();
    await fleet?.close();
    await world?.[Symbol.asyncDispose]();
  });

  test('is exactly what its code asks for: no verb is missing and none is too many', () => {
    const base = kustomize(join(ROOT, 'manifests/base'));
    const allowed = [
      ...allowedBy(find(base, 'ClusterRole', 'vendorplane-controller') as Rendered & Rules),
      ...allowedBy(find(base, 'Role', 'vendorplane-leader') as Rendered & Rules),
    ];
    const asked = [...proxy.uses(), ...usesInSource(ROOT)];
    expect(texts(allowed)).toEqual(texts(asked));
  });

  test('the run went through all of it but the rare branches, which are few and named here', () => {
    const seen = new Set(texts(proxy.uses()));
    const unseen = texts(usesInSource(ROOT)).filter((use) => !seen.has(use));
    // A lost answer, an Event that comes again, a slice that is split.
    expect(unseen).toEqual([
      'core/events get',
      'core/events patch',
      'vendorplane.dev/vendoroperations get',
      'vendorplane.dev/vendorrecords delete',
    ]);
  });

  test('names no wildcard, no role of others and no right to hand out rights', () => {
    const base = kustomize(join(ROOT, 'manifests/base'));
    const roles = base.filter(({ kind }) => kind.endsWith('Role')) as unknown as readonly Rules[];
    const words = roles.flatMap(({ rules }) =>
      rules.flatMap((rule) => [...rule.apiGroups, ...rule.resources, ...rule.verbs]),
    );
    expect(words.filter((word) => /\*|^(escalate|bind|impersonate)$|rbac|pods|exec/.test(word))).toEqual([]);
  });

  test('the lease is limited to the one name that the controller uses', () => {
    const { rules } = find(
      kustomize(join(ROOT, 'manifests/base')),
      'Role',
      'vendorplane-leader',
    ) as Rendered & Rules;
    const limited = rules.filter(({ verbs }) => !verbs.includes('create'));
    expect(limited.map(({ resourceNames }) => resourceNames)).toEqual([['vendorplane-controller']]);
  });
});

test.each([
  ['GET', '/apis/vendorplane.dev/v1alpha1/deviceclaims?limit=500', 'vendorplane.dev/deviceclaims list'],
  ['GET', '/apis/vendorplane.dev/v1alpha1/deviceclaims?watch=true', 'vendorplane.dev/deviceclaims watch'],
  ['GET', '/api/v1/namespaces/fleet/secrets?fieldSelector=metadata.name%3Dx', 'core/secrets list'],
  ['PUT', '/apis/coordination.k8s.io/v1/namespaces/a/leases/b', 'coordination.k8s.io/leases update'],
  [
    'PATCH',
    '/apis/vendorplane.dev/v1alpha1/namespaces/a/customers/b/status',
    'vendorplane.dev/customers/status patch',
  ],
  ['POST', '/api/v1/namespaces/fleet/events', 'core/events create'],
])('%s %s is %s', (method, path, expected) => {
  const use = useOf(method, new URL(path, 'http://x'));
  expect(use && textOf(use)).toBe(expected);
});

test('discovery is no use that RBAC names', () => {
  expect(useOf('GET', new URL('/apis', 'http://x'))).toBeUndefined();
});

import { expect } from 'vitest';
import { CONFIG_MAPS, NAMESPACES, SECRETS } from '../../src/kube/resource.ts';
import { claim, customer, googleAccount, imei, type Manifest, phones } from '../support/fleet.ts';
import { eventually, type Scene, type Stage, startStage } from '../support/stage.ts';
import type { TestVendor } from '../support/vendor.ts';
import { type FickleApi, startFickleApi } from './fickle-api.ts';

/**
 * A fleet that stands: everything is claimed, and everything may be released, at once and without a budget that would
 * hold it back. Whatever is not released stays for the reason that the replay is about.
 *
 * | claim   | customer        | devices | from                  |
 * | ------- | --------------- | ------- | --------------------- |
 * | phones  | acme, 987654    | 0–2     | the manifest          |
 * | order   | acme, 987654    | 10–12   | a list in a ConfigMap |
 * | tablets | globex, 111222  | 20–21   | the manifest          |
 */
export interface StandingFleet {
  readonly stage: Stage;
  readonly scene: Scene;
  /** What the controller takes for the API server. */
  readonly api: FickleApi;
  /** Writes to the vendor since the fleet stood: the endpoint and the devices. */
  writes(): Promise<readonly (readonly [string, ...string[]])[]>;
  /** Closes more, before all else. */
  closeToo(close: () => Promise<void>): void;
  close(): Promise<void>;
}

const { signal } = new AbortController();
const BUDGET = { maxItems: 1_000, maxPercent: 100, floor: 1_000 };
export const NO_BUDGET = { settle: '0s', destructive: BUDGET };
const UNCLAIM = { releasePolicy: 'Unclaim' } as const;
const AT_GLOBEX = { customerRef: { name: 'globex' }, ...UNCLAIM };

/** The claims as they stand in Git. */
export const CLAIMS: readonly Manifest[] = [
  claim('phones', phones(0, 3), UNCLAIM),
  orderFrom('order-1'),
  claim('tablets', phones(20, 2), AT_GLOBEX),
];
export const CUSTOMERS: readonly Manifest[] = [
  customer('acme', { companyId: '987654' }),
  customer('globex', { companyName: 'Globex', companyId: '111222' }),
];

/** The claim `order` with its list in the ConfigMap of this name. */
export function orderFrom(configMap: string): Manifest {
  const devicesFrom = [{ configMapKeyRef: { name: configMap, key: 'devices.csv' } }];
  return claim('order', [], { devicesFrom, ...UNCLAIM });
}

/** One claim of one device, for one of many. */
export function single(n: number): Manifest {
  return claim(`single-${n}`, phones(100 + n, 1), UNCLAIM);
}

/** The account as it stands in Git. Reads come every second, so that a wrong one is met at once. */
export function account(vendor: TestVendor, guard: object): Manifest {
  return googleAccount(vendor.url, { resyncInterval: '1s', guard });
}

/** Writes a list of the devices 10–12, or with these lines. */
export async function writeList(
  { stage, scene }: Pick<StandingFleet, 'stage' | 'scene'>,
  name: string,
  lines: readonly string[] = [10, 11, 12].map((n) => `${imei(n)},Google`),
): Promise<void> {
  const metadata = { namespace: scene.namespace, name };
  const data = { 'devices.csv': `${['imei,manufacturer', ...lines].join('\n')}\n` };
  const options = { fieldManager: 'kubectl', force: true };
  expect(await stage.client.apply(CONFIG_MAPS, { metadata, data }, options, signal)).toMatchObject({
    ok: true,
  });
}

export async function removeList({ stage, scene }: StandingFleet, name: string): Promise<void> {
  await stage.client.delete(CONFIG_MAPS, { namespace: scene.namespace, name }, {}, signal);
}

export async function standingFleet(
  namespace: string,
  { guard = NO_BUDGET, more = [] }: { readonly guard?: object; readonly more?: readonly Manifest[] } = {},
): Promise<StandingFleet> {
  const stage = await startStage();
  const api = await startFickleApi(stage.apiUrl);
  const scene = await stage.scene(namespace);
  await scene.vendor.ask('POST', '/customers', { companyName: 'Globex', companyId: '111222' });
  await scene.secret(await scene.vendor.issueKey());
  await writeList({ stage, scene }, 'order-1');
  await scene.apply(account(scene.vendor, guard), ...CUSTOMERS, ...CLAIMS, ...more);
  stage.startController(api.url);
  await stands(scene, [...CLAIMS, ...more]);
  const others: (() => Promise<void>)[] = [];
  const before = (await scene.vendor.ledger()).at(-1)?.seq ?? 0;
  return {
    stage,
    scene,
    api,
    writes: async () =>
      (await scene.vendor.ledger({ mutating: true }))
        .filter(({ seq }) => seq > before)
        .map(({ endpoint, items = [] }) => [endpoint, ...items.map(imeiOf).sort()] as const),
    closeToo: (close) => void others.push(close),
    close: async () => {
      for (const close of others) await close();
      await stage.close();
      await api.close();
    },
  };
}

/** Waits until the controller has looked at each claim anew and says that all its devices are claimed. */
export async function stands(scene: Scene, claims: readonly Manifest[] = CLAIMS): Promise<void> {
  await looked(scene, claims);
  for (const { metadata } of claims) await scene.settled('DeviceClaim', metadata.name, 'AllClaimed');
}

/** Waits until the controller has looked at each claim anew. */
export async function looked(scene: Scene, claims: readonly Manifest[]): Promise<void> {
  const request = `look-${performance.now()}`;
  const annotations = { 'vendorplane.dev/reconcile-requested-at': request };
  for (const { metadata } of claims)
    await scene.patch('DeviceClaim', metadata.name, { metadata: { annotations } });
  for (const { metadata } of claims) {
    await scene.until(
      'DeviceClaim',
      metadata.name,
      'looked at',
      ({ status }) => status?.['lastHandledReconcileAt'] === request,
    );
  }
}

/**
 * Takes the last device out of `phones` on purpose, and waits until it is released. What a controller would have
 * released by mistake before has left by then: it would be older, or in the same request.
 */
export async function releaseOne(scene: Scene): Promise<void> {
  await scene.apply(claim('phones', phones(0, 2), UNCLAIM));
  await eventually(async () => !Object.keys(await scene.vendor.holdings()).includes(imei(2)), 'the release');
}

/**
 * Deletes the namespace. Everything that a release needs outlives the claims, as when other controllers still hold it:
 * it could be done.
 */
export async function deleteNamespace({ stage, scene }: StandingFleet): Promise<void> {
  await holdOthers({ stage, scene }, ['example.com/not-yet']);
  await stage.client.delete(NAMESPACES, { name: scene.namespace }, {}, signal);
  for (const { metadata } of CLAIMS) await scene.gone('DeviceClaim', metadata.name);
  await holdOthers({ stage, scene }, []);
  await eventually(async () => {
    const found = await stage.client.get(NAMESPACES, { name: scene.namespace }, signal);
    return !found.ok && found.failure.kind === 'notFound';
  }, 'the namespace is gone');
}

async function holdOthers(
  { stage, scene }: Pick<StandingFleet, 'stage' | 'scene'>,
  finalizers: readonly string[],
): Promise<void> {
  const patch = { metadata: { finalizers } };
  const secret = { namespace: scene.namespace, name: 'google-key' };
  expect(await stage.client.mergePatch(SECRETS, secret, patch, signal)).toMatchObject({ ok: true });
  for (const { metadata } of CUSTOMERS) await scene.patch('Customer', metadata.name, patch);
  await scene.patch('VendorAccount', 'google', patch);
}

function imeiOf(item: unknown): string {
  const { deviceIdentifier, deviceId } = item as {
    readonly deviceIdentifier?: { readonly imei?: string };
    readonly deviceId?: string;
  };
  return deviceIdentifier?.imei ?? deviceId ?? JSON.stringify(item);
}

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installDefinitions } from '../../src/cli/local/apply.ts';
import {
  CUSTOMERS,
  DEVICE_CLAIMS,
  NETFLIX_CHARGE_FEEDS,
  NETFLIX_DEVICE_REGISTRATIONS,
  NETFLIX_SUBSCRIPTIONS,
  VENDOR_ACCOUNTS,
} from '../../src/controllers/resources.ts';
import { createKubeClient, type KubeClient } from '../../src/kube/client.ts';
import { type Condition, conditionFaults } from '../../src/kube/conditions.ts';
import { loadClusterAccess } from '../../src/kube/config.ts';
import { createConnection } from '../../src/kube/connection.ts';
import type { KubeObject } from '../../src/kube/object.ts';
import { NAMESPACES, type ResourceType, SECRETS } from '../../src/kube/resource.ts';
import type { Store } from '../../src/kube/store.ts';
import { startReflector } from '../../src/kube/watch/run.ts';
import type { Result } from '../../src/ports/failure.ts';
import { startTestCluster } from './cluster.ts';
import type { Manifest } from './fleet.ts';
import { type KubectlRun, kubectl } from './kubectl.ts';
import { type Program, startProgram } from './program.ts';
import { secretData } from './secret-data.ts';
import { createSystemClock } from './system-clock.ts';
import { startTestVendor, type TestVendor } from './vendor.ts';

/** One of our resources, as far as tests read it. */
export interface Standing extends KubeObject {
  readonly status?: Readonly<Record<string, unknown>> & {
    readonly observedGeneration?: number;
    readonly conditions?: readonly Condition[];
  };
}

type OurKind =
  | 'VendorAccount'
  | 'Customer'
  | 'DeviceClaim'
  | 'NetflixChargeFeed'
  | 'NetflixDeviceRegistration'
  | 'NetflixSubscription';

const OURS: Readonly<Record<OurKind, ResourceType>> = {
  VendorAccount: VENDOR_ACCOUNTS,
  Customer: CUSTOMERS,
  DeviceClaim: DEVICE_CLAIMS,
  NetflixSubscription: NETFLIX_SUBSCRIPTIONS,
  NetflixDeviceRegistration: NETFLIX_DEVICE_REGISTRATIONS,
  NetflixChargeFeed: NETFLIX_CHARGE_FEEDS,
};

/** A Kubernetes API with our definitions and the real controller as a process of its own. */
export interface Stage {
  readonly client: KubeClient;
  readonly kubeconfigPath: string;
  /** Where the API is reached without credentials. */
  readonly apiUrl: string;
  /** A namespace and a vendor that nobody else uses, or the vendor of another scene. */
  scene(namespace: string, vendor?: TestVendor): Promise<Scene>;
  /** `apiUrl`: where it finds the API instead. */
  startController(apiUrl?: string): void;
  /** Ends the controller with this signal, and answers how it ended. */
  stopController(signal: NodeJS.Signals): Promise<number | NodeJS.Signals>;
  controllerLog(): string;
  /** What was wrong with any conditions that were ever seen (see `conditionFaults`). */
  faults(): readonly string[];
  close(): Promise<void>;
}

/** Where one test plays. */
export interface Scene {
  readonly namespace: string;
  readonly vendor: TestVendor;
  apply(...manifests: readonly Manifest[]): Promise<void>;
  patch(kind: OurKind, name: string, patch: object): Promise<void>;
  remove(kind: OurKind, name: string): Promise<void>;
  /** Writes the Secret of an account. */
  secret(key: Readonly<Record<string, string>> | string): Promise<void>;
  /** The same with any keys. */
  secretData(data: Readonly<Record<string, string>>): Promise<void>;
  read(kind: OurKind, name: string): Standing | undefined;
  /** Waits until the resource is settled for this reason and its status speaks of the spec as it is now. */
  settled(kind: OurKind, name: string, reason: string): Promise<Standing>;
  /** Waits until the resource looks like this; fails with how it looked last. */
  until(kind: OurKind, name: string, what: string, holds: (object: Standing) => boolean): Promise<Standing>;
  gone(kind: OurKind, name: string): Promise<void>;
  kubectl(...args: readonly string[]): Promise<KubectlRun>;
  kubectlApply(text: string): Promise<KubectlRun>;
}

/** How long anything may take before the test fails: several times what it takes on a slow machine. */
const DEADLINE_MS = 180_000;
const LOOK_EVERY_MS = 25;

export async function startStage(): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'stage-'));
  const logFile = join(folder, 'controller.log');
  const clock = createSystemClock();
  const cluster = await startTestCluster({ controllers: true });
  const access = await loadClusterAccess({ kubeconfig: cluster.kubeconfigPath, env: {}, clock });
  const connection = createConnection({ access: expectOk(access), clock, userAgent: 'vendorplane-test' });
  const client = createKubeClient(connection, clock);
  const stop = new AbortController();
  await installDefinitions(client, clock, stop.signal);

  const faults = new Set<string>();
  const stores = {} as Record<OurKind, Store<KubeObject>>;
  const watches = Object.entries(OURS).map(([kind, type]) => {
    const onError = (error: unknown): void => void faults.add(`watch of ${kind}: ${String(error)}`);
    const reflector = startReflector({ client, type, clock, random: Math.random, onError }, stop.signal);
    stores[kind as OurKind] = reflector.store;
    reflector.store.subscribe(({ object }) => judge(kind, object as Standing));
    return reflector.done;
  });

  function judge(kind: string, { metadata, status }: Standing): void {
    if (status?.conditions === undefined) return;
    for (const fault of conditionFaults(status.conditions)) {
      faults.add(`${kind}/${metadata.namespace}/${metadata.name}: ${fault}`);
    }
  }

  let controller: Program | undefined;
  const vendors: TestVendor[] = [];
  const stage: Stage = {
    client,
    kubeconfigPath: cluster.kubeconfigPath,
    apiUrl: cluster.url,
    startController: (apiUrl) => {
      const kubeconfig = apiUrl === undefined ? cluster.kubeconfigPath : kubeconfigFor(folder, apiUrl);
      const args = ['--kubeconfig', kubeconfig, '--log-file', logFile, '--log-level', 'debug'];
      controller = startProgram(['controller', ...args], folder);
    },
    stopController: async (signal) => {
      controller?.kill(signal);
      return (await controller?.ended) ?? 'SIGKILL';
    },
    controllerLog: () => readFileSync(logFile, 'utf8'),
    faults: () => [...faults],
    scene: async (namespace, standing) => {
      const vendor = standing ?? (await startTestVendor());
      if (standing === undefined) vendors.push(vendor);
      expectOk(await client.create(NAMESPACES, { metadata: { name: namespace } }, stop.signal));
      return createScene(
        { client, stores, kubeconfigPath: cluster.kubeconfigPath, signal: stop.signal },
        namespace,
        vendor,
      );
    },
    close: async () => {
      await stage.stopController('SIGTERM');
      stop.abort();
      await Promise.all(watches);
      await Promise.all(vendors.map((vendor) => vendor.close()));
      await connection.close();
      await cluster.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return stage;
}

/** A cluster that is reached without credentials. */
function kubeconfigFor(folder: string, server: string): string {
  const path = join(folder, `kubeconfig-${new URL(server).port}`);
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    clusters: [{ name: 'test', cluster: { server } }],
    users: [{ name: 'test', user: {} }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
  };
  writeFileSync(path, JSON.stringify(config));
  return path;
}

interface SceneParts {
  readonly client: KubeClient;
  readonly stores: Readonly<Record<OurKind, Store<KubeObject>>>;
  readonly kubeconfigPath: string;
  readonly signal: AbortSignal;
}

function createScene(parts: SceneParts, namespace: string, vendor: TestVendor): Scene {
  const { client, stores, signal } = parts;
  /** The version each resource had when this test last wrote it: older sights of it say nothing. */
  const written = new Map<string, { readonly generation: number; readonly uid: string }>();

  const read = (kind: OurKind, name: string): Standing | undefined =>
    stores[kind].get(`${namespace}/${name}`) as Standing | undefined;

  function remember(kind: string, { metadata }: KubeObject): void {
    written.set(`${kind}/${metadata.name}`, { generation: metadata.generation ?? 0, uid: metadata.uid });
  }

  async function until(
    kind: OurKind,
    name: string,
    what: string,
    holds: (object: Standing) => boolean,
  ): Promise<Standing> {
    const mine = written.get(`${kind}/${name}`);
    const isCurrent = ({ metadata }: Standing): boolean =>
      mine === undefined || (metadata.uid === mine.uid && (metadata.generation ?? 0) >= mine.generation);
    const endsAt = performance.now() + DEADLINE_MS;
    for (;;) {
      const object = read(kind, name);
      if (object !== undefined && isCurrent(object) && holds(object)) return object;
      if (performance.now() > endsAt) {
        throw new Error(
          `${kind}/${name} in ${namespace} never was ${what}; it is ${JSON.stringify(object?.status, null, 1)}`,
        );
      }
      await sleep(LOOK_EVERY_MS);
    }
  }

  async function writeSecret(texts: Readonly<Record<string, string>>): Promise<void> {
    const data = secretData(texts);
    const metadata = { namespace, name: 'google-key' };
    const options = { fieldManager: 'kubectl', force: true };
    expectOk(await client.apply(SECRETS, { metadata, data }, options, signal));
  }

  return {
    namespace,
    vendor,
    read,
    until,
    apply: async (...manifests) => {
      for (const manifest of manifests) {
        const type = OURS[manifest.kind as OurKind];
        const draft = { metadata: { ...manifest.metadata, namespace }, spec: manifest.spec };
        const options = { fieldManager: 'kubectl', force: true };
        remember(manifest.kind, expectOk(await client.apply(type, draft, options, signal)));
      }
    },
    patch: async (kind, name, patch) => {
      remember(kind, expectOk(await client.mergePatch(OURS[kind], { namespace, name }, patch, signal)));
    },
    remove: async (kind, name) => {
      expectOk(await client.delete(OURS[kind], { namespace, name }, {}, signal));
      written.delete(`${kind}/${name}`);
    },
    secret: (key) => writeSecret({ 'key.json': typeof key === 'string' ? key : JSON.stringify(key) }),
    secretData: writeSecret,
    settled: (kind, name, reason) =>
      until(kind, name, `settled as ${reason}`, (object) => isSettled(object) && reasonOf(object) === reason),
    gone: (kind, name) => eventually(() => read(kind, name) === undefined, `${kind}/${name} is gone`),
    kubectl: (...args) => kubectl(parts.kubeconfigPath, ['-n', namespace, ...args]),
    kubectlApply: (text) => kubectl(parts.kubeconfigPath, ['-n', namespace, 'apply', '-f', '-'], text),
  };
}

function isSettled({ metadata, status }: Standing): boolean {
  const isMoving = status?.conditions?.some(({ type }) => type === 'Reconciling') === true;
  return !isMoving && status?.observedGeneration === metadata.generation;
}

/** The condition of this type, if it is there. */
export function condition(object: Standing, type = 'Ready'): Condition | undefined {
  return object.status?.conditions?.find((candidate) => candidate.type === type);
}

/** Why it is ready or not. */
export function reasonOf(object: Standing): string | undefined {
  return condition(object)?.reason;
}

function expectOk<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`);
  return result.value;
}

/** Waits, in real time, until it holds; fails with what it waited for. */
export async function eventually(
  holds: () => Promise<boolean> | boolean,
  what: string,
  withinMs = DEADLINE_MS,
): Promise<void> {
  const endsAt = performance.now() + withinMs;
  while (!(await holds())) {
    if (performance.now() > endsAt) throw new Error(`waited in vain: ${what}`);
    await sleep(LOOK_EVERY_MS);
  }
}

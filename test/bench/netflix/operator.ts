import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { installDefinitions } from '../../../src/cli/local/apply.ts';
import { VENDOR_ACCOUNTS } from '../../../src/controllers/resources.ts';
import { createKubeClient, type KubeClient } from '../../../src/kube/client.ts';
import { openAccess } from '../../../src/kube/config.ts';
import { createConnection } from '../../../src/kube/connection.ts';
import type { KubeObject } from '../../../src/kube/object.ts';
import { NAMESPACES, type ResourceType, SECRETS } from '../../../src/kube/resource.ts';
import type { Result } from '../../../src/ports/failure.ts';
import type { LedgerEntry } from '../../../src/simulators/ledger.ts';
import { type AskAdmin, adminFace } from '../../support/admin-face.ts';
import { createSystemClock } from '../../support/system-clock.ts';
import type { ApiReady } from '../fleet/api.ts';
import { startBeside } from '../fleet/beside.ts';
import { type Cost, startWatchedController } from '../fleet/watched-controller.ts';
import type { VendorReady } from './vendor.ts';

export const NAMESPACE = 'tv';
export const ACCOUNT = 'operator';
/** A look at the figures costs the controller some milliseconds, too. */
const LOOK_EVERY_MS = 1_000;
/** Longer than anything here may take, so that a bench that hangs ends. */
const PATIENCE_MS = 1_800_000;

/** How many there are of something: as the goals say, or as `BENCH_COUNTS=charges=10000,subscriptions=1000` does. */
export function countOf(what: string, goal: number): number {
  const asked = new Map(
    (process.env['BENCH_COUNTS'] ?? '').split(',').map((pair) => pair.split('=') as [string, string]),
  );
  return Number(asked.get(what) ?? goal);
}

/** What the account may send; the figures of a part say so. */
interface Limits {
  readonly requestsPerSecond: number;
  readonly requestsPerDay: number;
  readonly concurrentRequests: number;
}

/** What a stretch of time cost. */
export interface Way {
  readonly seconds: number;
  /** As they stood at its end. */
  readonly cost: Cost;
  readonly longestStallMs: number;
}

/** One operator: an API, an installation and a controller, each a process of its own, reached over loopback HTTP. */
export interface Operator {
  readonly client: KubeClient;
  readonly signal: AbortSignal;
  apply(type: ResourceType, object: object): Promise<void>;
  get(type: ResourceType, name: string): Promise<KubeObject>;
  readonly ask: AskAdmin;
  /** Requests that the vendor saw, by endpoint. */
  requests(): Promise<Readonly<Record<string, number>>>;
  /** Requests later than this one. */
  ledger(since?: number): Promise<readonly LedgerEntry[]>;
  startController(): Promise<void>;
  cost(): Promise<Cost>;
  /** Waits until it holds; fails with the last words of the controller. */
  until(what: string, holds: () => Promise<boolean>): Promise<Way>;
}

/** Runs one part of the benchmark with an operator of its own. */
export async function withOperator<T>(
  limits: Limits,
  account: object,
  part: (operator: Operator) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const api = await startBeside<ApiReady>(new URL('../fleet/api.ts', import.meta.url));
  const vendor = await startBeside<VendorReady>(new URL('./vendor.ts', import.meta.url));
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, api.ready.kubeconfig, { mode: 0o600 });
  const clock = createSystemClock();
  const connection = createConnection({ access: openAccess(api.ready.url), clock, userAgent: 'bench' });
  const client = createKubeClient(connection, clock);
  const { signal } = new AbortController();
  let controller: Awaited<ReturnType<typeof startWatchedController>> | undefined;

  const running = (): NonNullable<typeof controller> => {
    if (controller === undefined) throw new Error('no controller was started');
    return controller;
  };
  const ask = adminFace(vendor.ready);
  const operator: Operator = {
    client,
    signal,
    apply: async (type, object) => {
      unwrap(await client.apply(type, object as KubeObject, { fieldManager: 'bench', force: true }, signal));
    },
    get: async (type, name) => unwrap(await client.get(type, { namespace: NAMESPACE, name }, signal)),
    ask,
    requests: async () => {
      const counters = (await ask('GET', '/counters')) as Readonly<
        Record<string, { readonly requests: number }>
      >;
      return Object.fromEntries(Object.entries(counters).map(([name, { requests }]) => [name, requests]));
    },
    ledger: async (since = 0) => (await ask('GET', `/ledger?since=${since}`)) as readonly LedgerEntry[],
    startController: async () => {
      controller = await startWatchedController(folder, kubeconfig);
    },
    cost: () => running().cost(),
    until: (what, holds) => until(running(), what, holds),
  };
  try {
    await installDefinitions(client, clock, signal);
    await operator.apply(NAMESPACES, { metadata: { name: NAMESPACE } });
    await openAccount(operator, vendor.ready, limits, account);
    return await part(operator);
  } finally {
    await controller?.stop();
    await connection.close();
    await Promise.all([api.stop(), vendor.stop()]);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function openAccount(
  operator: Operator,
  { url }: VendorReady,
  limits: Limits,
  spec: object,
): Promise<void> {
  const user = (await operator.ask('POST', '/users', {})) as {
    readonly username: string;
    readonly password: string;
    readonly organisation: string;
  };
  await operator.apply(SECRETS, {
    metadata: { namespace: NAMESPACE, name: 'crm-login' },
    data: { username: base64(user.username), password: base64(user.password) },
  });
  await operator.apply(VENDOR_ACCOUNTS, {
    metadata: { namespace: NAMESPACE, name: ACCOUNT },
    spec: {
      vendor: 'CrmComNetflix',
      mode: 'Enforce',
      firstContact: 'Trust',
      crmComNetflix: {
        endpoint: url,
        organisation: user.organisation,
        timeZone: 'Asia/Nicosia',
        addressFormat: 'CrmCom',
        credentialsSecretRef: { name: 'crm-login' },
      },
      limits,
      ...spec,
    },
  });
}

async function until(
  controller: Awaited<ReturnType<typeof startWatchedController>>,
  what: string,
  holds: () => Promise<boolean>,
): Promise<Way> {
  const beganAt = performance.now();
  let longestStallMs = 0;
  for (;;) {
    const cost = await controller.cost();
    longestStallMs = Math.max(longestStallMs, cost.longestStallMs);
    const passedMs = performance.now() - beganAt;
    if (await holds()) return { seconds: passedMs / 1_000, cost, longestStallMs };
    if (passedMs > PATIENCE_MS) throw new Error(`not in time: ${what}: ${controller.lastWords()}`);
    await sleep(LOOK_EVERY_MS);
  }
}

/** Ready for its latest spec. */
export function isReady({ metadata, status }: KubeObject): boolean {
  const { observedGeneration, conditions = [] } = (status ?? {}) as {
    readonly observedGeneration?: number;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
  const isTrue = conditions.some(({ type, status: value }) => type === 'Ready' && value === 'True');
  return isTrue && observedGeneration === metadata.generation;
}

/** Does it for every number below `count`, some side by side. */
export async function forEach(count: number, work: (index: number) => Promise<void>): Promise<void> {
  const AT_ONCE = 20;
  for (let from = 0; from < count; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, count - from) }, (_, index) => work(from + index));
    await Promise.all(some);
  }
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

export function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`);
  return result.value;
}

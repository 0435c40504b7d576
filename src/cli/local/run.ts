import { relative, resolve } from 'node:path';
import { createKubeClient, type KubeClient } from '../../kube/client.ts';
import { loadClusterAccess } from '../../kube/config.ts';
import { createConnection } from '../../kube/connection.ts';
import { EXIT, type ExitCode, Sentence } from '../exit.ts';
import { systemClock, systemRandom } from '../system.ts';
import { packageVersion } from '../version.ts';
import { applyManifest, installDefinitions } from './apply.ts';
import { STATE_DIR, useCluster } from './cluster.ts';
import { type ControllerProcess, startControllerProcess } from './controller-process.ts';
import { readManifests } from './manifests.ts';
import { rowOf } from './row.ts';
import { createScreen, type Screen } from './screen.ts';
import { type End, endOf } from './settled.ts';
import { summary } from './summary.ts';
import { issueCredentials, startVendors } from './vendor.ts';
import { type Watched, type Watching, watchResources } from './watching.ts';

export interface LocalOptions {
  /** Folder of manifests to apply. */
  readonly manifests: string;
  readonly port: number;
  readonly kubeconfig?: string;
  readonly dataDir?: string;
  readonly untilConverged: boolean;
  readonly timeoutMs: number;
}

/** Starts everything, shows how it converges, and ends with `signal` or, if asked to, when all is settled. */
export async function runLocal(options: LocalOptions, signal: AbortSignal): Promise<ExitCode> {
  const screen = createScreen(process.stdout);
  const manifests = readManifests(options.manifests);
  const closers: (() => Promise<unknown>)[] = [];
  try {
    const cluster = await useCluster(options);
    closers.unshift(() => cluster.close());
    const vendors = await startVendors(options.manifests, manifests);
    for (const { simulator } of vendors) closers.unshift(() => simulator.close());
    const client = await connect(cluster.kubeconfig, closers);

    const logFile = resolve(STATE_DIR, 'controller.log');
    const from = (path: string): string => relative('', path) || path;
    screen.say(`Kubernetes API   ${cluster.description}`);
    for (const { title, simulator } of vendors) {
      screen.say(`${title.padEnd(16)} a simulated vendor at ${simulator.url}`);
      screen.say(`                 play its side at ${simulator.adminUrl}`);
    }
    screen.say(`Controller       a process of its own, log in ${from(logFile)}`);
    screen.say(`Manifests        ${from(options.manifests)}`);

    await installDefinitions(client, systemClock, signal);
    const redirects = vendors.map(({ redirect }) => redirect);
    const controller = startControllerProcess(
      { kubeconfig: cluster.kubeconfig, redirects, logFile },
      systemClock,
    );
    closers.unshift(() => controller.stop());
    const watching = watchResources(client, systemClock, systemRandom, watchUntilClosed(closers));
    for (const manifest of manifests.filter(({ object }) => object.kind === 'Namespace')) {
      await applyManifest(client, manifest, signal);
    }
    for (const vendor of vendors) {
      for (const name of await issueCredentials(client, vendor, manifests, signal)) {
        screen.say(`Secret           ${name}, issued by the simulated ${vendor.title}`);
      }
    }
    for (const manifest of manifests.filter(({ object }) => object.kind !== 'Namespace')) {
      await applyManifest(client, manifest, signal);
    }
    screen.say();
    return await follow(
      options,
      { screen, watching, controller, expected: countOurs(manifests) },
      signal,
      () => summary(watching.all(), from(cluster.kubeconfig), vendors),
    );
  } finally {
    for (const close of closers) await close();
  }
}

interface Followed {
  readonly screen: Screen;
  readonly watching: Watching;
  readonly controller: ControllerProcess;
  /** How many resources of ours the manifests hold; before they are all seen nothing is settled. */
  readonly expected: number;
}

async function follow(
  options: LocalOptions,
  { screen, watching, controller, expected }: Followed,
  signal: AbortSignal,
  summarise: () => readonly string[],
): Promise<ExitCode> {
  const deadlineMs = systemClock.monotonic() + options.timeoutMs;
  let crashed: string | undefined;
  let footer: readonly string[] = [];
  void noteEnd();
  while (!signal.aborted) {
    const all = watching.all();
    const ends = all.map(({ object }) => endOf(object));
    const settled = all.length >= expected && !ends.includes('moving');
    // Written once: what is worth trying next stays so while the reader tries it.
    if (settled && footer.length === 0) footer = summarise();
    screen.show(
      all.map(({ kind, object }) => rowOf(kind, object)),
      footer,
    );
    if (crashed !== undefined) throw new Sentence(`the controller ended with ${crashed}; see its log`);
    if (settled && options.untilConverged) return codeOf(ends);
    if (options.untilConverged && systemClock.monotonic() > deadlineMs) {
      throw new Sentence(`not settled in time: ${stillMoving(all)}`);
    }
    await systemClock.sleep(250, signal);
  }
  return EXIT.ok;

  async function noteEnd(): Promise<void> {
    crashed = await controller.ended;
  }
}

function codeOf(ends: readonly End[]): ExitCode {
  return ends.includes('needsPerson') ? EXIT.needsPerson : EXIT.ok;
}

function stillMoving(all: readonly Watched[]): string {
  const moving = all.filter(({ object }) => endOf(object) === 'moving');
  return moving.map(({ kind, object }) => `${kind}/${object.metadata.name}`).join(', ') || 'nothing was seen';
}

function countOurs(manifests: ReturnType<typeof readManifests>): number {
  const kinds = ['VendorAccount', 'Customer', 'DeviceClaim'];
  return manifests.filter(({ object }) => kinds.includes(object.kind ?? '')).length;
}

async function connect(kubeconfig: string, closers: (() => Promise<unknown>)[]): Promise<KubeClient> {
  const access = await loadClusterAccess({ kubeconfig, env: process.env, clock: systemClock });
  if (!access.ok) throw new Sentence(access.failure.message);
  const userAgent = `vendorplane-local/${packageVersion()}`;
  const connection = createConnection({ access: access.value, clock: systemClock, userAgent });
  closers.unshift(() => connection.close());
  return createKubeClient(connection, systemClock);
}

function watchUntilClosed(closers: (() => Promise<unknown>)[]): AbortSignal {
  const stop = new AbortController();
  closers.unshift(async () => stop.abort());
  return stop.signal;
}

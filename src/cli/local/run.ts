import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { createKubeClient, type KubeClient } from '../../kube/client.ts';
import { loadClusterAccess } from '../../kube/config.ts';
import { createConnection } from '../../kube/connection.ts';
import { keyOf } from '../../kube/object.ts';
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
import { WATCHED, type Watched, type Watching, watchResources } from './watching.ts';

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
    const vendors = await startVendors(options.manifests, manifests, options.dataDir);
    for (const vendor of vendors) closers.unshift(() => vendor.close());
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
      { kubeconfig: cluster.kubeconfig, redirects, archiveDir: archiveFor(options.dataDir), logFile },
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
    const applied: Watched[] = [];
    for (const manifest of manifests.filter(({ object }) => object.kind !== 'Namespace')) {
      applied.push(await applyManifest(client, manifest, signal));
    }
    screen.say();
    return await follow(options, { screen, watching, controller, applied }, signal, () =>
      summary(watching.all(), from(cluster.kubeconfig), vendors, firstEdit(options.manifests, from)),
    );
  } finally {
    for (const close of closers) await close();
  }
}

/** An edit of the fleet that lies beside its manifests, in `then/`, and is not applied by itself. */
function firstEdit(manifests: string, from: (path: string) => string): string | undefined {
  const folder = join(manifests, 'then');
  const [first] = existsSync(folder) ? readdirSync(folder).sort() : [];
  return first === undefined ? undefined : from(join(folder, first));
}

/**
 * Where histories of lines are kept. Without a data directory the simulated vendor begins anew, so that the proofs of an
 * earlier run would say of its lines that they came back.
 */
function archiveFor(dataDir: string | undefined): string {
  if (dataDir !== undefined) return resolve(dataDir, 'archive');
  const dir = resolve(STATE_DIR, 'archive');
  rmSync(dir, { recursive: true, force: true });
  return dir;
}

interface Followed {
  readonly screen: Screen;
  readonly watching: Watching;
  readonly controller: ControllerProcess;
  /** What was applied, as it stood then; before all of ours is seen so, or later, nothing is settled. */
  readonly applied: readonly Watched[];
}

async function follow(
  options: LocalOptions,
  { screen, watching, controller, applied }: Followed,
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
    const settled = areSeen(applied, all) && !ends.includes('moving');
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

/** Whether the watch has come to what was applied: until then it shows what an earlier run left. */
function areSeen(applied: readonly Watched[], watched: readonly Watched[]): boolean {
  const kinds = WATCHED.map(({ kind }) => kind);
  const keyOfWatched = ({ kind, object }: Watched): string => `${kind} ${keyOf(object.metadata)}`;
  const generations = new Map(
    watched.map((each) => [keyOfWatched(each), each.object.metadata.generation ?? 0]),
  );
  return applied
    .filter(({ kind }) => kinds.includes(kind))
    .every((each) => (generations.get(keyOfWatched(each)) ?? -1) >= (each.object.metadata.generation ?? 0));
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

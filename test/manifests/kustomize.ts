import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { describe } from 'vitest';
import { parseAllDocuments } from 'yaml';

/** A Kubernetes object, as far as these tests look at it; each test names the shape of the kind it looks into. */
export interface Rendered {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec?: unknown;
  readonly rules?: unknown;
}

const KUBECTL = 'kubectl';
const HAS_KUBECTL = spawnSync(KUBECTL, ['version', '--client']).status === 0;

/** Without kubectl the suite is skipped, and says so; with REQUIRE_KUBECTL=1 that is a failure. */
export function describeWithKubectl(name: string, suite: () => void): void {
  if (HAS_KUBECTL || process.env['REQUIRE_KUBECTL'] === '1') return void describe(name, suite);
  process.stderr.write(`SKIPPED, because kubectl is not on the path: ${name}\n`);
  describe.skip(`${name} (kubectl is not on the path)`, suite);
}

/** What `kubectl kustomize FOLDER` writes; throws with its words when it refuses. */
export function kustomizeText(folder: string): string {
  const run = spawnSync(KUBECTL, ['kustomize', folder], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`kubectl kustomize ${folder}: ${run.stderr}`);
  return run.stdout;
}

/** The same as objects. */
export function kustomize(folder: string): readonly Rendered[] {
  return [...parseAllDocuments(kustomizeText(folder))].map((document) => document.toJS() as Rendered);
}

/** The one object of this kind and name. */
export function find(objects: readonly Rendered[], kind: string, name: string): Rendered {
  const [object, ...others] = objects.filter((one) => one.kind === kind && one.metadata.name === name);
  if (object === undefined || others.length > 0) throw new Error(`not one object is ${kind}/${name}`);
  return object;
}

/** `kubectl apply --server-side` of this text, without blocking a server in this process; answers what it said. */
export async function applyText(kubeconfigPath: string, text: string): Promise<string> {
  const args = [`--kubeconfig=${kubeconfigPath}`, 'apply', '--server-side', '-f', '-'];
  const child = spawn(KUBECTL, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  }
  child.stdin.end(text);
  await once(child, 'close');
  return said;
}

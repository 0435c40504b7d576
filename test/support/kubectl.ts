import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { describe } from 'vitest';

/** How a run of kubectl ended. */
export interface KubectlRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** As a person types it. */
export const KUBECTL = 'kubectl';

/** Whether kubectl is on the path. */
const HAS_KUBECTL = spawnSync(KUBECTL, ['version', '--client']).status === 0;

/**
 * A suite that a person would run with kubectl. Without kubectl it is skipped, and says so; with
 * REQUIRE_KUBECTL=1 that is a failure.
 */
export function describeWithKubectl(name: string, suite: () => void): void {
  if (HAS_KUBECTL || process.env['REQUIRE_KUBECTL'] === '1') {
    describe(name, suite);
    return;
  }
  process.stderr.write(`SKIPPED, because kubectl is not on the path: ${name}\n`);
  describe.skip(`${name} (kubectl is not on the path)`, suite);
}

/** Runs kubectl with this kubeconfig; `input` is what it reads for `-f -`, `env` comes on top of the environment. */
export async function kubectl(
  kubeconfigPath: string,
  args: readonly string[],
  input = '',
  env: NodeJS.ProcessEnv = {},
): Promise<KubectlRun> {
  const child = spawn(KUBECTL, [`--kubeconfig=${kubeconfigPath}`, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? -1, stdout, stderr };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LEASES } from '../../src/kube/lease/elector.ts';
import { eventually } from './support/controller-process.ts';
import { type Fleet, startFleet } from './support/fleet.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const MAIN = join(ROOT, 'dist/cli/main.js');

interface Run {
  readonly code: number | null;
  readonly stdout: string;
}

/** Runs a program to its end, or until it has said this; then asks it to end. */
async function run(args: readonly string[], said?: string): Promise<Run> {
  const child = spawn(process.execPath, [...args], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const wasSaid = said !== undefined && stdout.includes(said);
    stdout += chunk;
    // Once only: a second request to end is a command.
    if (!wasSaid && said !== undefined && stdout.includes(said)) child.kill('SIGTERM');
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout };
}

/** Compiling takes seconds, and the machine may be busy. */
const TIMEOUT_MS = 120_000;

describe('the built program', { timeout: TIMEOUT_MS }, () => {
  let fleet: Fleet;

  beforeAll(async () => {
    const compiler = join(ROOT, 'node_modules/typescript/bin/tsc');
    const built = await run([compiler, '-p', 'tsconfig.build.json']);
    expect(built).toEqual({ code: 0, stdout: '' });
    fleet = await startFleet();
  }, TIMEOUT_MS);

  afterAll(() => fleet.close());

  test('explains itself', async () => {
    const { code, stdout } = await run([MAIN, 'controller', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('--leader-elect');
  });

  test('brings the files that it reads: the simulator starts with its catalogue', async () => {
    const { code, stdout } = await run([MAIN, 'simulate', 'google-zero-touch'], 'admin face at');
    expect([code, stdout.includes('http://127.0.0.1:')]).toEqual([0, true]);
  });

  test('finds the example manifests where the package keeps them', () => {
    // src/cli and dist/cli lie equally deep, and the program goes up from there.
    expect(existsSync(resolve(MAIN, '../../../manifests/examples/account.yaml'))).toBe(true);
  });

  test('leads: the thread that renews the lease is a file of its own, and is found', async () => {
    const flags = ['--kubeconfig', fleet.kubeconfig, '--leader-elect', '--identity', 'built'];
    const { code, stdout } = await run([MAIN, 'controller', ...flags], '"msg":"lists are complete"');
    expect(code).toBe(0);
    expect(stdout).toContain('"msg":"leading"');
    const { signal } = new AbortController();
    const lease = await eventually('the lease', async () => {
      const found = await fleet.client.get(
        LEASES,
        { namespace: 'default', name: 'vendorplane-controller' },
        signal,
      );
      return found.ok ? found.value : undefined;
    });
    expect(lease.spec?.holderIdentity).toBe('');
  });
});

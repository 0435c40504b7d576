import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../../ports/clock.ts';

/** The controller as a process of its own, as it is in a cluster. */
export interface ControllerProcess {
  readonly pid: number | undefined;
  /** Resolves with what ended it, in words, when it ends. */
  readonly ended: Promise<string>;
  /** Asks it to end, and insists after a while. */
  stop(): Promise<void>;
}

/** It ends by itself within this time; what it sent is followed to its answer first. */
const STOP_MS = 10_000;

export function startControllerProcess(
  options: {
    readonly kubeconfig: string;
    readonly redirects: readonly string[];
    readonly archiveDir: string;
    readonly logFile: string;
  },
  clock: Clock,
): ControllerProcess {
  const { kubeconfig, redirects, archiveDir, logFile } = options;
  const main = fileURLToPath(new URL(`../main${import.meta.filename.slice(-3)}`, import.meta.url));
  const args = [main, 'controller', '--kubeconfig', kubeconfig, '--log-file', logFile];
  args.push('--archive-dir', archiveDir);
  for (const redirect of redirects) args.push('--vendor-redirect', redirect);
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'], detached: true });
  return { pid: child.pid, ended: endOf(child), stop: () => stop(child, clock) };
}

async function endOf(child: ChildProcess): Promise<string> {
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return signal === null ? `exit code ${code}` : `signal ${signal}`;
}

async function stop(child: ChildProcess, clock: Clock): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new AbortController();
  child.once('exit', () => ended.abort());
  child.kill('SIGTERM');
  await clock.sleep(STOP_MS, ended.signal);
  if (!ended.signal.aborted) child.kill('SIGKILL');
}

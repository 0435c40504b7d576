import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Orders } from './controller-under-test.ts';

/** One line of a controller's log. */
export interface LogLine {
  readonly level: string;
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** A controller as a process of its own. */
export interface ControllerProcess {
  readonly identity: string;
  /** What it has logged so far. */
  log(): readonly LogLine[];
  /** Waits until it has logged this message, and answers the line. */
  logged(message: string): Promise<LogLine>;
  /** SIGTERM asks it to end, SIGSTOP stops it, SIGCONT lets it go on. */
  signal(name: NodeJS.Signals): void;
  isStopped(): boolean;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  stderr(): string;
}

const PROGRAM = fileURLToPath(new URL('./controller-under-test.ts', import.meta.url));
/** Several times what anything here takes on a slow machine. */
const DEADLINE_MS = 120_000;

/** Starts `controller` with these flags; its log stands in `folder`. */
export function startControllerProcess(
  identity: string,
  folder: string,
  orders: Orders,
  flags: readonly string[],
): ControllerProcess {
  const logFile = join(folder, `${identity}.log`);
  const args = [PROGRAM, JSON.stringify(orders), ...flags, '--identity', identity, '--log-file', logFile];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'], cwd: folder });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));

  function log(): readonly LogLine[] {
    return readFileSync(logFile, { encoding: 'utf8', flag: 'a+' })
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as LogLine);
  }

  return {
    identity,
    log,
    ended: endOf(child),
    stderr: () => stderr,
    signal: (name) => void child.kill(name),
    // Linux, proc(5): the state stands behind the name in parentheses.
    isStopped: () => / T /.test(readFileSync(`/proc/${child.pid}/stat`, 'utf8').replace(/^.*\)/, '')),
    logged: (message) =>
      eventually(`${identity} to log ${JSON.stringify(message)}: ${stderr}`, () =>
        log().find(({ msg }) => msg === message),
      ),
  };
}

async function endOf(child: ChildProcess): Promise<number | NodeJS.Signals> {
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return signal ?? code ?? -1;
}

/** Looks until there is something; fails after a while with what was waited for. */
export async function eventually<T>(
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
): Promise<T> {
  const endsAt = performance.now() + DEADLINE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > endsAt) throw new Error(`waited in vain for ${what}`);
    await sleep(20);
  }
}

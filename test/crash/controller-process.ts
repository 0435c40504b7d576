import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type CallPoint, type CallTrace, traceReader } from './call-trace.ts';
import type { ControllerOrders } from './controller-under-test.ts';
import type { World } from './world.ts';

/** A controller in a world, as a process of its own. */
export interface ControllerProcess {
  trace(): CallTrace;
  /** How it ended; undefined while it runs. */
  end(): ControllerEnd | undefined;
  /** Asks it to end and waits until it has, however that goes. */
  stop(): Promise<ControllerEnd>;
  /** The last lines of its log and whatever it said on standard error. */
  lastWords(): string;
}

/** `code` of an exit, or the signal that ended it. */
export interface ControllerEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Real time it gets to end by itself: what it sent has long been answered by then. */
const STOP_MS = 10_000;
const LAST_LINES = 25;

const PROGRAM = fileURLToPath(new URL('./controller-under-test.ts', import.meta.url));

/** Where Node itself keeps compiled modules when asked to: hundreds of starts share what the first one compiled. */
const NODE_COMPILE_CACHE = join(tmpdir(), 'node-compile-cache');

/** Starts the `number`-th controller of this world. `killAt`: where it ends itself. */
export function startController(
  world: World,
  number: number,
  killAt: CallPoint | undefined,
): ControllerProcess {
  const { cluster, vendorRedirect, archiveDir, speed, epochMs, folder } = world;
  const logFile = join(folder, `controller-${number}.log`);
  const traceFile = join(folder, `calls-${number}.jsonl`);
  const orders: ControllerOrders = {
    cluster,
    vendorRedirect,
    archiveDir,
    speed,
    epochMs,
    logFile,
    traceFile,
    ...(killAt === undefined ? {} : { killAt }),
  };
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(orders)], {
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { ...process.env, NODE_COMPILE_CACHE },
  });
  let errors = '';
  let end: ControllerEnd | undefined;
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = once(child, 'exit').then(([code, signal]) => {
    end = { code: code as number | null, signal: signal as NodeJS.Signals | null };
    return end;
  });

  return {
    trace: traceReader(traceFile),
    end: () => end,
    stop: async () => {
      child.kill('SIGTERM');
      const inTime = await Promise.race([ended, sleep(STOP_MS, undefined, { ref: false })]);
      if (inTime === undefined) child.kill('SIGKILL');
      return inTime ?? { ...(await ended), signal: null };
    },
    lastWords: () => {
      const log = existsSync(logFile) ? readFileSync(logFile, 'utf8').trimEnd().split('\n') : [];
      return [...log.slice(-LAST_LINES), errors.trimEnd()].join('\n');
    },
  };
}

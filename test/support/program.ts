import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** The program as a person runs it: a process of its own. */
export interface Program {
  readonly pid: number;
  /** What it has written so far. */
  stdout(): string;
  stderr(): string;
  /** Its exit code, or the signal that ended it, once it has ended. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** Resolves once the text stands on its standard output; fails when the program ends before. */
  said(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

/** Runs `vendorplane ARGS` in this folder. */
export function startProgram(args: readonly string[], cwd: string): Program {
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: resolve(cwd),
    stdio: ['ignore', 'pipe', 'pipe'],
    // Neither colours nor a cluster of the machine the tests run on.
    env: { ...process.env, KUBECONFIG: '', HOME: cwd, NO_COLOR: undefined, FORCE_COLOR: undefined },
  });
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  let isOver = false;
  const ended = endOf(child).finally(() => {
    isOver = true;
  });
  return {
    pid: child.pid ?? 0,
    stdout: () => stdout.text(),
    stderr: () => stderr.text(),
    ended,
    async said(text) {
      while (!stdout.text().includes(text)) {
        if (isOver)
          throw new Error(
            `it ended before it said ${JSON.stringify(text)}: ${stdout.text()}${stderr.text()}`,
          );
        await Promise.race([stdout.more(), ended]);
      }
    },
    kill: (signal) => void child.kill(signal),
  };
}

async function endOf(child: ChildProcess): Promise<number | NodeJS.Signals> {
  // `close` and not `exit`: only then has everything it wrote arrived.
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return signal ?? code ?? -1;
}

function collect(stream: NodeJS.ReadableStream): { text(): string; more(): Promise<void> } {
  let text = '';
  let next = Promise.withResolvers<void>();
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    text += chunk;
    next.resolve();
    next = Promise.withResolvers();
  });
  return { text: () => text, more: () => next.promise };
}

/** Whether a process of this id is there. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

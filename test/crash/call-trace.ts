import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** `before`: nothing of the call has happened. `after`: it has answered, and its caller does not know yet. */
export type Moment = 'before' | 'after';

/** One moment in the life of a process: the n-th call of a method of a port, about to start or answered. */
export interface CallPoint {
  readonly port: string;
  readonly method: string;
  /** Counted from 1 within one process. */
  readonly occurrence: number;
  readonly moment: Moment;
}

/** A port of the process, and everything that can be called there. */
interface MetPort {
  readonly port: string;
  readonly methods: readonly string[];
}

interface TracedCall extends CallPoint {
  /** Real milliseconds since the epoch. */
  readonly atMs: number;
}

/** What one process wrote down of its ports and calls, in order. */
export interface CallTrace {
  readonly ports: readonly MetPort[];
  readonly calls: readonly TracedCall[];
}

/** Writes a line that stands in the file when this returns, whatever becomes of the process. */
export function appendTrace(file: string, line: MetPort | CallPoint): void {
  appendFileSync(file, `${JSON.stringify({ ...line, atMs: Date.now() })}\n`);
}

/** Everything written so far; a line that is being written is left out. */
export function readTrace(file: string): CallTrace {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const lines = text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as MetPort | TracedCall);
  return {
    ports: lines.filter((line) => 'methods' in line),
    calls: lines.filter((line) => 'method' in line),
  };
}

export function samePoint(a: CallPoint, b: CallPoint): boolean {
  return describePoint(a) === describePoint(b);
}

/** For people, for example `before devices.writer.send #2`. */
export function describePoint({ port, method, occurrence, moment }: CallPoint): string {
  return `${moment} ${port}.${method} #${occurrence}`;
}

import { closeSync, existsSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';

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

/** Writes lines; each stands in the file when its call returns, whatever becomes of the process. */
export function traceWriter(file: string): (line: MetPort | CallPoint) => void {
  const descriptor = openSync(file, 'a');
  return (line) => {
    writeSync(descriptor, `${JSON.stringify({ ...line, atMs: Date.now() })}\n`);
  };
}

/** Each call answers everything written so far; a line that is being written is left for the next. */
export function traceReader(file: string): () => CallTrace {
  const ports: MetPort[] = [];
  const calls: TracedCall[] = [];
  let begun = '';
  let read = 0;
  return () => {
    const lines = (begun + rest()).split('\n');
    begun = lines.pop() ?? '';
    for (const line of lines.map((text) => JSON.parse(text) as MetPort | TracedCall)) {
      if ('methods' in line) ports.push(line);
      else calls.push(line);
    }
    return { ports, calls };
  };

  /** What was written since the last time. A trace is ASCII, so no character is cut in two. */
  function rest(): string {
    if (!existsSync(file)) return '';
    const descriptor = openSync(file, 'r');
    const buffer = Buffer.alloc(fstatSync(descriptor).size - read);
    read += readSync(descriptor, buffer, 0, buffer.length, read);
    closeSync(descriptor);
    return buffer.toString('latin1');
  }
}

export function samePoint(a: CallPoint, b: CallPoint): boolean {
  return describePoint(a) === describePoint(b);
}

/** For people, for example `before devices.writer.send #2`. */
export function describePoint({ port, method, occurrence, moment }: CallPoint): string {
  return `${moment} ${port}.${method} #${occurrence}`;
}

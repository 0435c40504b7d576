import type { Clock } from '../../ports/clock.ts';
import type { Connection } from '../connection.ts';
import { startDeadline } from '../deadline.ts';
import { type Attempt, failureOfBreak, failureOfContent, failureOfReply } from '../failure.ts';
import { breakOf } from '../network-failure.ts';
import { parseEvent, type WatchEvent } from './event.ts';
import { createLineSplitter } from './lines.ts';

export interface StreamOptions {
  readonly connection: Connection;
  readonly clock: Clock;
  /** Path and query of the watch. */
  readonly path: string;
  readonly attempt: Attempt;
  /** A watch that says nothing for so long is dead, in milliseconds. */
  readonly silenceMs: number;
}

/** etcd stores at most 1.5 MiB an object; JSON with managedFields and escapes stays well below this. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;

/** One watch, from opening to end, as a sequence of events. Never throws; ends without a word when aborted. */
export async function* readWatch(
  options: StreamOptions,
  signal: AbortSignal,
): AsyncGenerator<WatchEvent, void> {
  const silence = startDeadline(options.clock, options.silenceMs, signal);
  try {
    const opened = await options.connection.open({ method: 'GET', path: options.path }, silence.signal);
    if (opened.kind !== 'stream') {
      if (!signal.aborted) yield { type: 'failed', failure: failureOfReply(opened, options.attempt) };
      return;
    }
    silence.extend();
    yield { type: 'opened' };
    yield* readEvents(opened.chunks, options.attempt, () => silence.extend());
  } catch (error) {
    if (signal.aborted) return;
    const broken = breakOf(error, silence.signal);
    // Its own code: a watch that fell silent may follow a version the server no longer has, and must list again.
    const code = broken.code === 'DeadlineExceeded' ? 'WatchSilent' : broken.code;
    yield { type: 'failed', failure: failureOfBreak({ ...broken, code }, options.attempt) };
  } finally {
    silence.clear();
  }
}

async function* readEvents(
  chunks: AsyncIterable<Buffer>,
  attempt: Attempt,
  heard: () => void,
): AsyncGenerator<WatchEvent, void> {
  const splitter = createLineSplitter(MAX_LINE_BYTES);
  for await (const chunk of chunks) {
    heard();
    for (const line of splitter.push(chunk)) {
      const event = parseEvent(line, attempt);
      yield event;
      if (event.type === 'failed') return;
    }
  }
  if (splitter.hasPartial) yield { type: 'failed', failure: failureOfContent('TruncatedEvent', attempt) };
}

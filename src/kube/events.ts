import type { Clock } from '../ports/clock.ts';
import type { Failure, Result } from '../ports/failure.ts';
import type { KubeClient } from './client.ts';
import { kubeTime } from './conditions.ts';
import { EVENTS, eventName, eventNamespace, eventOf, type Happening } from './event-message.ts';
import { keyOf } from './object.ts';

/** Tells people what happened, as Events. Best effort: nothing waits for it and nothing depends on it. */
export interface EventRecorder {
  /** Returns at once. What happens again and again is counted, not repeated. */
  record(happening: Happening): void;
  /** Events that were dropped because too many were waiting. */
  dropped(): number;
  /** Resolves once the signal has aborted and nothing is under way. Never rejects. */
  readonly done: Promise<void>;
}

export interface EventRecorderOptions {
  readonly client: KubeClient;
  readonly clock: Clock;
  /** Who tells: shown by `kubectl describe` as From. */
  readonly component: string;
  readonly onFailure?: (failure: Failure) => void;
  /** Default 1,000. */
  readonly maxWaiting?: number;
  /** Between two writes of the same Event, in milliseconds. Default 60,000. */
  readonly repeatAfterMs?: number;
}

/** A happening that waits to be sent, and how often it happened meanwhile. */
interface Untold {
  readonly happening: Happening;
  readonly firstAtMs: number;
  lastAtMs: number;
  count: number;
}

/** Without anything to send, in milliseconds; a new Event wakes the sender anyway. */
const IDLE_MS = 3_600_000;

/** Starts the sender; it works until the signal aborts. */
export function startEventRecorder(options: EventRecorderOptions, signal: AbortSignal): EventRecorder {
  const { client, clock, component } = options;
  const maxWaiting = options.maxWaiting ?? 1_000;
  const repeatAfterMs = options.repeatAfterMs ?? 60_000;
  const untold = new Map<string, Untold>();
  /** When which Event was sent last, on the monotonic clock, in the order of sending. */
  const sentAt = new Map<string, number>();
  let dropped = 0;
  let wake = new AbortController();

  function record(happening: Happening): void {
    const key = keyOf({ namespace: eventNamespace(happening.object), name: eventName(happening) });
    const waiting = untold.get(key);
    if (waiting !== undefined) {
      waiting.count += 1;
      waiting.lastAtMs = clock.now();
    } else if (untold.size >= maxWaiting) {
      dropped += 1;
    } else {
      const nowMs = clock.now();
      untold.set(key, { happening, firstAtMs: nowMs, lastAtMs: nowMs, count: 1 });
      wake.abort();
    }
  }

  /** The first that may be sent now, else how long until one may. */
  function next(): { readonly key: string; readonly entry: Untold } | { readonly waitMs: number } {
    let waitMs = IDLE_MS;
    for (const [key, entry] of untold) {
      const sentAtMs = sentAt.get(key);
      const leftMs = sentAtMs === undefined ? 0 : sentAtMs + repeatAfterMs - clock.monotonic();
      if (leftMs <= 0) return { key, entry };
      waitMs = Math.min(waitMs, leftMs);
    }
    return { waitMs };
  }

  /** An Event may be written again after its pause; how often it happened before, the API server knows. */
  function forgetOld(): void {
    // In the order of sending: the first that is too young ends it.
    for (const [key, sentAtMs] of sentAt) {
      if (clock.monotonic() - sentAtMs < repeatAfterMs) return;
      sentAt.delete(key);
    }
  }

  async function send(entry: Untold): Promise<Result<unknown>> {
    const { happening, count, lastAtMs } = entry;
    const draft = eventOf(happening, component, entry);
    const created = await client.create(EVENTS, draft, signal);
    if (created.ok || created.failure.code !== 'AlreadyExists') return created;
    const standing = await client.get(EVENTS, draft.metadata, signal);
    if (!standing.ok) return standing;
    const patch = { count: (standing.value.count ?? 0) + count, lastTimestamp: kubeTime(lastAtMs) };
    return client.mergePatch(EVENTS, draft.metadata, patch, signal);
  }

  async function run(): Promise<void> {
    signal.addEventListener('abort', () => wake.abort(), { once: true });
    while (!signal.aborted) {
      wake = new AbortController();
      forgetOld();
      const found = next();
      if ('waitMs' in found) {
        await clock.sleep(found.waitMs, wake.signal);
        continue;
      }
      untold.delete(found.key);
      sentAt.set(found.key, clock.monotonic());
      const result = await send(found.entry);
      if (!result.ok && !signal.aborted) options.onFailure?.(result.failure);
    }
  }

  return { record, dropped: () => dropped, done: run() };
}

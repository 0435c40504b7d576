import { setImmediate as yieldToOthers } from 'node:timers/promises';
import type { Clock } from '../../ports/clock.ts';
import type { Failure } from '../../ports/failure.ts';
import { type BackoffPolicy, backoffMs } from '../backoff.ts';
import type { KubeClient, Selection } from '../client.ts';
import { type KubeObject, keyOf } from '../object.ts';
import type { ResourceType } from '../resource.ts';
import { createStore, type IndexFunction, type Store } from '../store.ts';
import type { WatchEvent } from './event.ts';
import { INITIAL, type ReflectorInput, type ReflectorState, step } from './step.ts';

export interface ReflectorOptions<T extends KubeObject> {
  readonly client: KubeClient;
  readonly type: ResourceType<T>;
  readonly clock: Clock;
  /** 0 up to 1. */
  readonly random: () => number;
  /** Default: everything in all namespaces. */
  readonly selection?: Selection;
  /** Objects a page. Default 500; big kinds want fewer, a page should stay under 4 MB. */
  readonly pageSize?: number;
  /** Makes an object smaller before it is kept. Default: drops managedFields. */
  readonly transform?: (object: T) => T;
  readonly indexes?: Readonly<Record<string, IndexFunction<T>>>;
  /** Something of ours threw: a listener, an index, a transform. The reflector goes on. */
  readonly onError: (error: unknown) => void;
  /** A list or a watch failed and will be tried again. For the log. */
  readonly onFailure?: (failure: Failure) => void;
  /** A watch without a word, in milliseconds. Default 150,000: bookmarks come about once a minute. */
  readonly silenceMs?: number;
  readonly backoff?: BackoffPolicy;
}

/** How it stands with a reflector; the store itself stays as it was while it fails. */
interface ReflectorHealth {
  readonly synced: boolean;
  /** Of the list or watch that failed last; absent again as soon as a watch is open. */
  readonly lastError: Failure | undefined;
  /** When the API server was last heard, events and bookmarks included; wall time in milliseconds. */
  readonly lastEventAtMs: number | undefined;
}

/** A store kept in step with the API server. */
export interface Reflector<T extends KubeObject> {
  readonly store: Store<T>;
  health(): ReflectorHealth;
  /** Resolves once the signal has aborted and nothing is under way. Never rejects. */
  readonly done: Promise<void>;
}

/** As client-go's reflector: 800 ms up to 30 s. */
const BACKOFF: BackoffPolicy = { baseMs: 800, maxMs: 30_000 };
/** The server ends a watch between these, so that not all watches of all clients return at once. client-go: 5 to 10 minutes. */
const WATCH_SECONDS = { least: 290, spread: 300 };

/** Lists and watches until the signal aborts. Nothing but that ends it. */
export function startReflector<T extends KubeObject>(
  options: ReflectorOptions<T>,
  signal: AbortSignal,
): Reflector<T> {
  const { client, type, clock, random, onError } = options;
  const selection = options.selection ?? {};
  const store = createStore<T>({
    onError,
    ...(options.indexes !== undefined && { indexes: options.indexes }),
  });
  let failures = 0;
  let lastError: Failure | undefined;
  let lastEventAtMs: number | undefined;
  let listed = new Set<string>();

  function heard(): void {
    lastEventAtMs = clock.now();
  }

  function failedWith(failure: Failure): ReflectorInput {
    failures += 1;
    // What the end of the process cut off is no failure.
    if (!signal.aborted) {
      lastError = failure;
      options.onFailure?.(failure);
    }
    return { type: 'failed', failure, backoffMs: backoffMs(options.backoff ?? BACKOFF, failures, random()) };
  }

  function keep(object: T): void {
    store.put(slim(object));
  }

  function slim(object: T): T {
    try {
      return (options.transform ?? withoutManagedFields)(object);
    } catch (error) {
      onError(error);
      return withoutManagedFields(object);
    }
  }

  async function turnPage(state: Extract<ReflectorState, { phase: 'listing' }>): Promise<ReflectorInput> {
    const { continueToken } = state;
    if (continueToken === undefined) listed = new Set();
    // A page holds the event loop for as long as it is parsed; others get their turn between pages.
    else await yieldToOthers();
    const limit = options.pageSize ?? 500;
    const page = await client.list(
      type,
      { ...selection, limit, ...(continueToken !== undefined && { continueToken }) },
      signal,
    );
    if (!page.ok) return failedWith(page.failure);
    heard();
    for (const item of page.value.items) {
      listed.add(keyOf(item.metadata));
      keep(item);
    }
    if (page.value.continueToken !== undefined) {
      return { type: 'page', continueToken: page.value.continueToken };
    }
    const { resourceVersion } = page.value;
    return { type: 'lastPage', resourceVersion, missing: store.missing(listed).length, held: store.size };
  }

  /** Takes one event in. Gives the version it leads to, if it carries one. */
  function takeIn(event: Exclude<WatchEvent<T>, { type: 'failed' }>): string | undefined {
    heard();
    if (event.type === 'opened') {
      lastError = undefined;
      return undefined;
    }
    failures = 0;
    if (event.type === 'bookmark') return event.resourceVersion;
    if (event.type === 'deleted') store.remove(event.object);
    else keep(event.object);
    return event.object.metadata.resourceVersion;
  }

  /** Follows one watch to its end. */
  async function follow(from: Extract<ReflectorState, { phase: 'watching' }>): Promise<ReflectorState> {
    let state: ReflectorState = from;
    let hasHeard = false;
    const request = {
      ...selection,
      resourceVersion: from.resourceVersion,
      timeoutSeconds: WATCH_SECONDS.least + Math.floor(random() * WATCH_SECONDS.spread),
      silenceMs: options.silenceMs ?? 150_000,
    };
    for await (const event of client.watch(type, request, signal)) {
      if (event.type === 'failed') return step(state, failedWith(event.failure));
      const resourceVersion = takeIn(event);
      if (resourceVersion === undefined) continue;
      hasHeard = true;
      state = step(state, { type: 'progressed', resourceVersion });
    }
    return step(state, { type: 'ended', heard: hasHeard });
  }

  async function advance(state: ReflectorState): Promise<ReflectorState> {
    switch (state.phase) {
      case 'listing': {
        const input = await turnPage(state);
        const next = step(state, input);
        if (next.phase === 'watching') store.completeList(listed);
        return next;
      }
      case 'watching':
        return follow(state);
      case 'paused':
        await clock.sleep(state.delayMs, signal);
        return step(state, { type: 'resumed' });
      default:
        return state satisfies never;
    }
  }

  async function run(): Promise<void> {
    let state: ReflectorState = INITIAL;
    while (!signal.aborted) {
      try {
        state = await advance(state);
      } catch (error) {
        // A fault of ours must not silence a kind for good: say so, wait, begin anew.
        onError(error);
        state = { phase: 'paused', delayMs: (options.backoff ?? BACKOFF).maxMs, next: INITIAL };
      }
    }
  }

  return {
    store,
    health: () => ({ synced: store.hasSynced(), lastError, lastEventAtMs }),
    done: run(),
  };
}

/** Half of an object's size is bookkeeping of the API server. Rebuilt, because `delete` makes objects slow and big. */
function withoutManagedFields<T extends KubeObject>(object: T): T {
  const { managedFields: _, ...metadata } = object.metadata;
  return { ...object, metadata };
}

import type { Failure } from '../ports/failure.ts';
import { type KubeObject, keyOf, type ObjectRef } from './object.ts';
import { type Reflector, type ReflectorOptions, startReflector } from './watch/run.ts';

/** What is known of an object that is watched by name. Only `absent` means that it is not there. */
type Sighting<T extends KubeObject> =
  /** Not watched, not looked at yet, or the watch fails and nothing was there before. */
  | { readonly state: 'unknown'; readonly failure?: Failure }
  | { readonly state: 'absent' }
  /** As last seen; it stays while the watch fails. */
  | { readonly state: 'present'; readonly object: T };

/** Watches of single objects, for kinds that must not be cached as a whole: Secrets, ConfigMaps. */
export interface NamedWatch<T extends KubeObject> {
  /** Watches the object until the function it returns is called; several holders share one watch. */
  hold(ref: ObjectRef): () => void;
  get(ref: ObjectRef): Sighting<T>;
  /** Objects that are watched. */
  readonly size: number;
  /**
   * Calls the listener when the object changed, or is first known to be absent. Returns how to end it.
   * Not when the watch begins or ceases to fail: who met `unknown` looks again by itself.
   */
  subscribe(listener: (ref: ObjectRef) => void): () => void;
  /** Resolves once the signal has aborted and nothing is under way. Never rejects. */
  readonly done: Promise<void>;
}

export type NamedWatchOptions<T extends KubeObject> = Omit<
  ReflectorOptions<T>,
  'selection' | 'pageSize' | 'indexes'
>;

interface Held<T extends KubeObject> {
  holders: number;
  readonly reflector: Reflector<T>;
  readonly stop: AbortController;
}

/**
 * One list and one watch per object, with a field selector on its name: exactly what a role that
 * names the object may do. Ends with the signal.
 */
export function startNamedWatch<T extends KubeObject>(
  options: NamedWatchOptions<T>,
  signal: AbortSignal,
): NamedWatch<T> {
  const held = new Map<string, Held<T>>();
  const listeners = new Set<(ref: ObjectRef) => void>();
  const ending = new Set<Promise<void>>();

  function announce(ref: ObjectRef): void {
    for (const listener of listeners) {
      try {
        listener(ref);
      } catch (error) {
        options.onError(error);
      }
    }
  }

  function start(ref: ObjectRef): Held<T> {
    const stop = new AbortController();
    const forward = (): void => stop.abort();
    signal.addEventListener('abort', forward, { once: true });
    if (signal.aborted) forward();
    const selection = {
      fieldSelector: `metadata.name=${ref.name}`,
      ...(ref.namespace !== undefined && { namespace: ref.namespace }),
    };
    const reflector = startReflector({ ...options, selection, pageSize: 1 }, stop.signal);
    reflector.store.subscribe(() => announce(ref));
    // An object that is not there announces itself by the end of the list alone.
    void reflector.store.whenSynced(stop.signal).then(() => announce(ref));
    const end = reflector.done.finally(() => {
      signal.removeEventListener('abort', forward);
      ending.delete(end);
    });
    ending.add(end);
    return { holders: 0, reflector, stop };
  }

  async function whenDone(): Promise<void> {
    if (!signal.aborted) {
      await new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true });
      });
    }
    await Promise.all(ending);
  }

  return {
    hold(ref) {
      const key = keyOf(ref);
      const entry = held.get(key) ?? start(ref);
      held.set(key, entry);
      entry.holders += 1;
      let isHeld = true;
      return () => {
        if (!isHeld) return;
        isHeld = false;
        entry.holders -= 1;
        if (entry.holders > 0) return;
        held.delete(key);
        entry.stop.abort();
      };
    },
    get(ref) {
      const key = keyOf(ref);
      const reflector = held.get(key)?.reflector;
      const object = reflector?.store.get(key);
      if (object !== undefined) return { state: 'present', object };
      const health = reflector?.health();
      if (health?.lastError !== undefined) return { state: 'unknown', failure: health.lastError };
      return { state: health?.synced === true ? 'absent' : 'unknown' };
    },
    get size() {
      return held.size;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    done: whenDone(),
  };
}

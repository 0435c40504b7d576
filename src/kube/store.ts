import { type KubeObject, keyOf } from './object.ts';

/** What happened to one object, as seen from here: several changes may have become one. */
export type StoreChange<T extends KubeObject> =
  | { readonly type: 'added'; readonly object: T }
  | { readonly type: 'updated'; readonly object: T; readonly previous: T }
  | { readonly type: 'deleted'; readonly object: T };

/** What is known of one kind. Objects are shared, never copied: read only. */
export interface Store<T extends KubeObject> {
  /** `namespace/name`, see keyOf. */
  get(key: string): T | undefined;
  /** In no particular order. */
  list(): readonly T[];
  /** The objects for which the index function gave `value`; throws on an index that was not declared. */
  byIndex(index: string, value: string): readonly T[];
  readonly size: number;
  /** False until the first complete list: before, an absent object means nothing. */
  hasSynced(): boolean;
  /** Resolves when synced, or when the signal aborts; the answer is hasSynced. */
  whenSynced(signal: AbortSignal): Promise<boolean>;
  /** Calls the listener after every change, until the function it returns is called. */
  subscribe(listener: (change: StoreChange<T>) => void): () => void;
}

/** The side of a store that its reflector holds. */
export interface WritableStore<T extends KubeObject> extends Store<T> {
  put(object: T): void;
  /** Removes the object, unless another one (by uid) of the same name stands there. */
  remove(object: T): void;
  /** Keys of the objects that are not among the listed keys. */
  missing(listed: ReadonlySet<string>): readonly string[];
  /** Every object of a complete list was put: removes what it did not show. */
  completeList(listed: ReadonlySet<string>): void;
}

/** Gives the values under which an object is to be found. */
export type IndexFunction<T> = (object: T) => readonly string[];

export interface StoreOptions<T extends KubeObject> {
  readonly indexes?: Readonly<Record<string, IndexFunction<T>>>;
  /** A listener threw; the store goes on. */
  readonly onError: (error: unknown) => void;
}

/** An empty store. */
export function createStore<T extends KubeObject>(options: StoreOptions<T>): WritableStore<T> {
  const objects = new Map<string, T>();
  const indexes = Object.entries(options.indexes ?? {}).map(([name, valuesOf]) =>
    createIndex(name, (object: T) => {
      try {
        return valuesOf(object);
      } catch (error) {
        // An object that cannot be indexed is still an object; it is just not found this way.
        options.onError(error);
        return [];
      }
    }),
  );
  const listeners = new Set<(change: StoreChange<T>) => void>();
  const synced = Promise.withResolvers<void>();
  let isSynced = false;

  function announce(change: StoreChange<T>): void {
    for (const listener of listeners) {
      try {
        listener(change);
      } catch (error) {
        options.onError(error);
      }
    }
  }

  function drop(key: string, object: T): void {
    objects.delete(key);
    for (const index of indexes) index.drop(key, object);
    announce({ type: 'deleted', object });
  }

  function missingOf(listed: ReadonlySet<string>): readonly string[] {
    return [...objects.keys()].filter((key) => !listed.has(key));
  }

  return {
    get: (key) => objects.get(key),
    list: () => [...objects.values()],
    byIndex(name, value) {
      const index = indexes.find((candidate) => candidate.name === name);
      if (index === undefined) throw new Error(`no index ${name}`);
      return [...index.keysOf(value)].map((key) => objects.get(key) as T);
    },
    get size() {
      return objects.size;
    },
    hasSynced: () => isSynced,
    async whenSynced(signal) {
      if (!isSynced && !signal.aborted) {
        const aborted = Promise.withResolvers<void>();
        const give = (): void => aborted.resolve();
        signal.addEventListener('abort', give, { once: true });
        await Promise.race([synced.promise, aborted.promise]);
        signal.removeEventListener('abort', give);
      }
      return isSynced;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },

    put(object) {
      const key = keyOf(object.metadata);
      const previous = objects.get(key);
      // The same version twice: an event repeated after a reconnection, or a relist.
      if (isSameVersion(previous, object)) return;
      const isReplaced = previous !== undefined && previous.metadata.uid !== object.metadata.uid;
      if (isReplaced) drop(key, previous);
      else if (previous !== undefined) for (const index of indexes) index.drop(key, previous);
      objects.set(key, object);
      for (const index of indexes) index.add(key, object);
      announce(
        previous === undefined || isReplaced
          ? { type: 'added', object }
          : { type: 'updated', object, previous },
      );
    },
    remove(object) {
      const key = keyOf(object.metadata);
      const held = objects.get(key);
      if (held?.metadata.uid === object.metadata.uid) drop(key, held);
    },
    missing: missingOf,
    completeList(listed) {
      for (const key of missingOf(listed)) drop(key, objects.get(key) as T);
      isSynced = true;
      synced.resolve();
    },
  };
}

function isSameVersion(held: KubeObject | undefined, object: KubeObject): boolean {
  return (
    held?.metadata.uid === object.metadata.uid &&
    held.metadata.resourceVersion === object.metadata.resourceVersion
  );
}

interface Index<T> {
  readonly name: string;
  keysOf(value: string): Iterable<string>;
  add(key: string, object: T): void;
  drop(key: string, object: T): void;
}

function createIndex<T>(name: string, valuesOf: IndexFunction<T>): Index<T> {
  const keys = new Map<string, Set<string>>();
  return {
    name,
    keysOf: (value) => keys.get(value) ?? [],
    add(key, object) {
      for (const value of valuesOf(object)) {
        const found = keys.get(value);
        if (found === undefined) keys.set(value, new Set([key]));
        else found.add(key);
      }
    },
    drop(key, object) {
      for (const value of valuesOf(object)) {
        const found = keys.get(value);
        found?.delete(key);
        if (found?.size === 0) keys.delete(value);
      }
    },
  };
}

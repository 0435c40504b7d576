import type { KubeObject } from '../object.ts';
import type { Journal } from './journal.ts';

/** What happened to one object. Objects carry the revision of the change as resourceVersion, `previous` its own. */
export interface Change {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly revision: number;
  readonly collection: string;
  readonly object: KubeObject;
  readonly previous: KubeObject | undefined;
}

/** Receives changes in the order they were committed, before `commit` returns. Must not throw. */
type ChangeListener = (change: Change) => void;

/** All objects at one revision, in key order. */
export interface Snapshot {
  readonly revision: number;
  readonly objects: readonly KubeObject[];
}

/**
 * The revisioned store: every commit takes the next revision, becomes durable in the journal, is remembered as a
 * change, and is told to the listeners. A collection holds the objects of one resource type, whatever the version
 * they are served in. All operations are synchronous, so that a read and the write that follows see one state.
 */
export interface Store {
  /** The revision of the last commit of any collection. */
  revision(): number;
  get(collection: string, namespace: string, name: string): KubeObject | undefined;
  /** The objects at `revision` (default: now), or undefined when that is older than what is remembered. */
  snapshot(collection: string, revision?: number): Snapshot | undefined;
  /** Changes after `revision`, or undefined when some of them are forgotten. */
  changesAfter(collection: string, revision: number): readonly Change[] | undefined;
  /** The oldest revision from which `changesAfter` can answer. */
  oldest(collection: string): number;
  /** Creates or replaces. Returns the object as stored, with its resourceVersion. */
  commit(collection: string, object: KubeObject): KubeObject;
  /** Removes. Listeners see the last stored state, with the resourceVersion of the removal. */
  remove(collection: string, object: KubeObject): void;
  /** Declares that the collection begins now: nothing before this revision can be watched. */
  begin(collection: string): void;
  /** Calls `listener` for the changes of one collection, or of all. Returns the way to stop. */
  listen(collection: string | undefined, listener: ChangeListener): () => void;
  collections(): readonly string[];
  close(): void;
}

/** Changes remembered per collection. ASSUMED: enough for a client to be away for minutes, as the watch cache is. */
const CHANGES_REMEMBERED = 10_000;

interface Collection {
  readonly objects: Map<string, KubeObject>;
  /** Keys in order; rebuilt when a key came or went. */
  order: readonly string[] | undefined;
  readonly changes: Change[];
  /** Revision before the first remembered change. */
  floor: number;
}

/** Opens the store on what the journal holds. Changes of earlier processes are not remembered. */
export function openStore(journal: Journal): Store {
  const collections = new Map<string, Collection>();
  const listeners = new Map<string | undefined, Set<ChangeListener>>();
  let revision = 0;
  /** Where this process began: what happened earlier is not remembered. */
  let born = 0;

  for (const record of journal.load()) {
    revision = Math.max(revision, record.revision);
    if (record.object !== undefined) collectionOf(record.collection).objects.set(record.key, record.object);
  }
  for (const collection of collections.values()) collection.floor = revision;
  born = revision;

  function collectionOf(name: string): Collection {
    const known = collections.get(name);
    if (known !== undefined) return known;
    const fresh: Collection = { objects: new Map(), order: undefined, changes: [], floor: born };
    collections.set(name, fresh);
    return fresh;
  }

  function record(change: Change, key: string): void {
    const collection = collectionOf(change.collection);
    const removed = change.type === 'DELETED';
    journal.append({
      revision: change.revision,
      collection: change.collection,
      key,
      ...(removed ? {} : { object: change.object }),
    });
    revision = change.revision;
    if (removed) collection.objects.delete(key);
    else collection.objects.set(key, change.object);
    if (change.type !== 'MODIFIED') collection.order = undefined;
    remember(collection, change);
    for (const listener of listeners.get(change.collection) ?? []) listener(change);
    for (const listener of listeners.get(undefined) ?? []) listener(change);
  }

  return {
    revision: () => revision,
    get: (name, namespace, object) => collections.get(name)?.objects.get(keyOf(namespace, object)),
    snapshot(name, at = revision) {
      const collection = collectionOf(name);
      if (at >= revision) return { revision, objects: inOrder(collection) };
      return at < collection.floor ? undefined : { revision: at, objects: rewound(collection, at) };
    },
    changesAfter(name, after) {
      const collection = collectionOf(name);
      if (after < collection.floor) return undefined;
      return collection.changes.slice(firstAfter(collection.changes, after));
    },
    oldest: (name) => collectionOf(name).floor,
    commit(name, object) {
      const key = keyOfObject(object);
      const previous = collectionOf(name).objects.get(key);
      const stored = atRevision(object, revision + 1);
      const type = previous === undefined ? 'ADDED' : 'MODIFIED';
      record({ type, revision: revision + 1, collection: name, object: stored, previous }, key);
      return stored;
    },
    remove(name, object) {
      const key = keyOfObject(object);
      const previous = collectionOf(name).objects.get(key);
      if (previous === undefined) return;
      const gone = atRevision(previous, revision + 1);
      record({ type: 'DELETED', revision: revision + 1, collection: name, object: gone, previous }, key);
    },
    begin(name) {
      const collection = collectionOf(name);
      collection.floor = revision;
      collection.changes.length = 0;
    },
    listen(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => set.delete(listener);
    },
    collections: () => [...collections.keys()],
    close: () => journal.close(),
  };
}

/** Orders like etcd: by namespace, then name, with the slash as the byte between them. */
function keyOf(namespace: string, name: string): string {
  return `${namespace}/${name}`;
}

function keyOfObject(object: KubeObject): string {
  return keyOf(object.metadata.namespace ?? '', object.metadata.name ?? '');
}

function atRevision(object: KubeObject, revision: number): KubeObject {
  return { ...object, metadata: { ...object.metadata, resourceVersion: String(revision) } };
}

function remember(collection: Collection, change: Change): void {
  collection.changes.push(change);
  if (collection.changes.length <= CHANGES_REMEMBERED * 2) return;
  // Forgetting half at once keeps the cost of a commit constant.
  const forgotten = collection.changes.splice(0, CHANGES_REMEMBERED);
  collection.floor = forgotten.at(-1)?.revision ?? collection.floor;
}

function inOrder(collection: Collection): readonly KubeObject[] {
  collection.order ??= [...collection.objects.keys()].sort();
  return collection.order.map((key) => collection.objects.get(key) as KubeObject);
}

/** The state at an older revision: today's, with the changes since then taken back, newest first. */
function rewound(collection: Collection, revision: number): readonly KubeObject[] {
  const objects = new Map(collection.objects);
  for (const change of collection.changes.slice(firstAfter(collection.changes, revision)).reverse()) {
    const key = keyOfObject(change.object);
    if (change.previous === undefined) objects.delete(key);
    else objects.set(key, change.previous);
  }
  return [...objects.keys()].sort().map((key) => objects.get(key) as KubeObject);
}

/** Index of the first change newer than `revision`; changes are in order, so the search halves. */
function firstAfter(changes: readonly Change[], revision: number): number {
  let low = 0;
  let high = changes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((changes[middle] as Change).revision > revision) high = middle;
    else low = middle + 1;
  }
  return low;
}

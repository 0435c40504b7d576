import type { Cluster } from '../cluster.ts';
import { FOREGROUND_FINALIZER, ORPHAN_FINALIZER } from '../crud/delete.ts';
import { defined } from '../json.ts';
import type { KubeObject, ObjectMeta, OwnerReference } from '../object.ts';
import type { Change } from '../store/store.ts';
import { type Content, destroy } from './destroy.ts';
import { createQueue } from './queue.ts';

/**
 * Follows owner references: deletes what nobody owns any more, and carries out foreground deletion and orphaning. The
 * part of kube-controller-manager of that name. Returns the way to stop.
 */
export function runGarbageCollection(cluster: Cluster): () => void {
  const dependents = new Map<string, Set<string>>();
  const queue = createQueue((key) => collect(cluster, key, dependents));

  function note(change: Change): void {
    const key = keyOf(change);
    for (const owner of change.previous?.metadata.ownerReferences ?? [])
      dependents.get(owner.uid)?.delete(key);
    if (change.type === 'DELETED') {
      for (const dependent of dependents.get(change.object.metadata.uid ?? '') ?? []) queue.add(dependent);
      dependents.delete(change.object.metadata.uid ?? '');
      // An owner in foreground deletion may have waited for this one.
      for (const owner of change.object.metadata.ownerReferences ?? []) queueOwner(change.object, owner);
      return;
    }
    for (const owner of change.object.metadata.ownerReferences ?? []) {
      const set = dependents.get(owner.uid) ?? new Set();
      dependents.set(owner.uid, set.add(key));
    }
    const { ownerReferences = [], deletionTimestamp } = change.object.metadata;
    if (ownerReferences.length > 0 || deletionTimestamp !== undefined) queue.add(key);
  }

  function queueOwner(object: KubeObject, reference: OwnerReference): void {
    const resource = cluster.registry.findKind(reference.apiVersion, reference.kind);
    if (resource === undefined) return;
    const namespace = resource.namespaced ? (object.metadata.namespace ?? '') : '';
    queue.add(JSON.stringify([resource.collection, namespace, reference.name]));
  }

  for (const collection of cluster.store.collections()) {
    for (const object of cluster.store.snapshot(collection)?.objects ?? []) {
      note({ type: 'ADDED', revision: 0, collection, object, previous: undefined });
    }
  }
  const stop = cluster.store.listen(undefined, note);
  return () => {
    stop();
    queue.close();
  };
}

function keyOf(change: Change): string {
  const { namespace = '', name = '' } = change.object.metadata;
  return JSON.stringify([change.collection, namespace, name]);
}

function lookUp(cluster: Cluster, key: string): Content | undefined {
  const [collection, namespace, name] = JSON.parse(key) as [string, string, string];
  const resource = cluster.registry.all().find((known) => known.collection === collection);
  const object = cluster.store.get(collection, namespace, name);
  return resource === undefined || object === undefined ? undefined : { resource, object };
}

function collect(cluster: Cluster, key: string, dependents: ReadonlyMap<string, ReadonlySet<string>>): void {
  const found = lookUp(cluster, key);
  if (found === undefined) return;
  const { finalizers = [], deletionTimestamp } = found.object.metadata;
  if (deletionTimestamp === undefined) return judge(cluster, found);
  const owned = [...(dependents.get(found.object.metadata.uid ?? '') ?? [])].flatMap((dependent) => {
    const child = lookUp(cluster, dependent);
    return child === undefined ? [] : [child];
  });
  if (finalizers.includes(ORPHAN_FINALIZER)) return orphan(cluster, found, owned);
  if (finalizers.includes(FOREGROUND_FINALIZER)) return deleteFirst(cluster, found, owned);
}

type OwnerState = 'alive' | 'foreground' | 'gone' | 'unknown';

function stateOf(cluster: Cluster, object: KubeObject, reference: OwnerReference): OwnerState {
  const resource = cluster.registry.findKind(reference.apiVersion, reference.kind);
  // A kind that is not served may come back: what it owns is left alone.
  if (resource === undefined) return 'unknown';
  // An object without namespace cannot be owned by one within: such a reference says nothing.
  if (resource.namespaced && object.metadata.namespace === undefined) return 'unknown';
  const namespace = resource.namespaced ? (object.metadata.namespace ?? '') : '';
  const owner = cluster.store.get(resource.collection, namespace, reference.name);
  if (owner === undefined || owner.metadata.uid !== reference.uid) return 'gone';
  return (owner.metadata.finalizers ?? []).includes(FOREGROUND_FINALIZER) ? 'foreground' : 'alive';
}

/** Deletes an object whose owners are all gone or going; drops references to those that are gone. */
function judge(cluster: Cluster, found: Content): void {
  const references = found.object.metadata.ownerReferences ?? [];
  const states = references.map((reference) => stateOf(cluster, found.object, reference));
  if (references.length === 0 || states.includes('unknown')) return;
  if (!states.includes('alive')) {
    return destroy(cluster, found, states.includes('foreground') ? 'Foreground' : 'Background');
  }
  const kept = references.filter((_reference, index) => states[index] === 'alive');
  if (kept.length < references.length) setOwners(cluster, found, kept);
}

function deleteFirst(cluster: Cluster, owner: Content, owned: readonly Content[]): void {
  for (const child of owned) {
    if (child.object.metadata.deletionTimestamp === undefined) judge(cluster, child);
  }
  const { uid } = owner.object.metadata;
  const blocking = owned.filter(({ resource, object }) => {
    const now = cluster.store.get(
      resource.collection,
      object.metadata.namespace ?? '',
      object.metadata.name ?? '',
    );
    return (now?.metadata.ownerReferences ?? []).some(
      (known) => known.uid === uid && known.blockOwnerDeletion === true,
    );
  });
  if (blocking.length === 0) release(cluster, owner, FOREGROUND_FINALIZER);
}

function orphan(cluster: Cluster, owner: Content, owned: readonly Content[]): void {
  for (const child of owned) {
    const references = child.object.metadata.ownerReferences ?? [];
    setOwners(
      cluster,
      child,
      references.filter((known) => known.uid !== owner.object.metadata.uid),
    );
  }
  release(cluster, owner, ORPHAN_FINALIZER);
}

function setOwners(cluster: Cluster, { resource, object }: Content, owners: readonly OwnerReference[]): void {
  const ownerReferences = owners.length === 0 ? undefined : owners;
  const metadata = defined<ObjectMeta>({ ...object.metadata, ownerReferences });
  cluster.store.commit(resource.collection, { ...object, metadata });
}

/** Takes the finalizer; the object goes when it was the last. */
function release(cluster: Cluster, { resource, object }: Content, finalizer: string): void {
  const left = (object.metadata.finalizers ?? []).filter((known) => known !== finalizer);
  const metadata = defined<ObjectMeta>({
    ...object.metadata,
    finalizers: left.length === 0 ? undefined : left,
  });
  if (left.length === 0) cluster.store.remove(resource.collection, { ...object, metadata });
  else cluster.store.commit(resource.collection, { ...object, metadata });
}

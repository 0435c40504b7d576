import type { Cluster } from '../cluster.ts';
import { NAMESPACES, namespacePhase } from '../kinds/namespace.ts';
import { type Content, destroy } from './destroy.ts';
import { tellWhatRemains } from './namespace-conditions.ts';
import { createQueue } from './queue.ts';

/**
 * Empties namespaces that are being deleted, and lets them go when they are empty: the part of kube-controller-manager
 * without which a namespace stays Terminating. Returns the way to stop.
 */
export function runNamespaces(cluster: Cluster): () => void {
  const queue = createQueue((name) => empty(cluster, name));
  const stop = cluster.store.listen(undefined, (change) => {
    const { name = '', namespace = '' } = change.object.metadata;
    if (change.collection === NAMESPACES) queue.add(name);
    else if (change.type === 'DELETED') queue.add(namespace);
  });
  for (const { metadata } of cluster.store.snapshot(NAMESPACES)?.objects ?? [])
    queue.add(metadata.name ?? '');
  return () => {
    stop();
    queue.close();
  };
}

function empty(cluster: Cluster, name: string): void {
  const namespace = cluster.store.get(NAMESPACES, '', name);
  if (namespace === undefined || namespacePhase(namespace) !== 'Terminating') return;
  for (const content of contentOf(cluster, name)) {
    if (content.object.metadata.deletionTimestamp === undefined) destroy(cluster, content, 'Background');
  }
  const remaining = contentOf(cluster, name);
  if (remaining.length > 0) return tellWhatRemains(cluster, namespace, remaining);
  if ((namespace.metadata.finalizers ?? []).length > 0) return;
  cluster.store.remove(NAMESPACES, { ...namespace, spec: {} });
}

function contentOf(cluster: Cluster, namespace: string): readonly Content[] {
  // Two APIs may share a collection; one resource each is enough.
  const resources = new Map(cluster.registry.all().map((resource) => [resource.collection, resource]));
  return [...resources.values()]
    .filter((resource) => resource.namespaced)
    .flatMap((resource) =>
      (cluster.store.snapshot(resource.collection)?.objects ?? [])
        .filter((object) => object.metadata.namespace === namespace)
        .map((object) => ({ resource, object })),
    );
}

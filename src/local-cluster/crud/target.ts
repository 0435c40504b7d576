import type { Cluster } from '../cluster.ts';
import type { KubeObject } from '../object.ts';
import type { Resource, Subresource } from '../resources.ts';
import { pluralName } from '../resources.ts';
import { notFound } from '../status.ts';

/** What a request is about. */
export interface Target {
  readonly cluster: Cluster;
  readonly resource: Resource;
  /** Empty for resources without namespace, and for all namespaces. */
  readonly namespace: string;
  /** Empty for the collection. */
  readonly name: string;
  readonly subresource: Subresource | '';
}

/** The answer to a write. */
export interface Written {
  readonly object: KubeObject;
  readonly created: boolean;
  readonly warnings: readonly string[];
}

/** The object in its served form, or undefined. */
export function find(target: Target): KubeObject | undefined {
  const { cluster, resource, namespace, name } = target;
  const stored = cluster.store.get(resource.collection, namespace, name);
  return stored === undefined ? undefined : resource.strategy.fromStorage(stored);
}

/** The object in its served form. Throws 404. */
export function read(target: Target): KubeObject {
  const object = find(target);
  if (object === undefined) throw notFound(pluralName(target.resource), target.name);
  return object;
}

/** Stores a served object and returns it as it is served now. */
export function commit(target: Target, object: KubeObject): KubeObject {
  const { strategy, collection } = target.resource;
  return strategy.fromStorage(target.cluster.store.commit(collection, strategy.toStorage(object)));
}

/** A served object as it would be answered once stored: a dry run. */
export function asStored(target: Target, object: KubeObject): KubeObject {
  const { strategy } = target.resource;
  return strategy.fromStorage(strategy.toStorage(object));
}

/** Removes a served object for good. */
export function remove(target: Target, last: KubeObject): void {
  const { strategy, collection } = target.resource;
  target.cluster.store.remove(collection, strategy.toStorage(last));
}

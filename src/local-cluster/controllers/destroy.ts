import type { Cluster } from '../cluster.ts';
import { deleteObject, type Propagation } from '../crud/delete.ts';
import type { KubeObject } from '../object.ts';
import type { Resource } from '../resources.ts';

/** An object with the resource it is served as. */
export interface Content {
  readonly resource: Resource;
  readonly object: KubeObject;
}

/** Deletes what a controller found, as a client would; the object and no other of its name. */
export function destroy(
  cluster: Cluster,
  { resource, object }: Content,
  propagation: Propagation | undefined,
): void {
  const { namespace = '', name = '', uid } = object.metadata;
  const target = { cluster, resource, namespace, name, subresource: '' } as const;
  deleteObject(target, { dryRun: false, propagation, uid, resourceVersion: undefined });
}

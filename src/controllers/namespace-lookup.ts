import type { KubeClient } from '../kube/client.ts';
import type { KubeObject } from '../kube/object.ts';
import { NAMESPACES } from '../kube/resource.ts';

/** A Namespace as an event names it. Never fails: one that cannot be read has no uid. */
export type NamespaceLookup = (name: string, signal: AbortSignal) => Promise<KubeObject>;

/** Reads live: what is told about a namespace is found by the uid of the one that stands now. */
export function createNamespaceLookup(client: KubeClient): NamespaceLookup {
  return async (name, signal) => {
    const found = await client.get(NAMESPACES, { name }, signal);
    return found.ok ? found.value : { metadata: { name, uid: '', resourceVersion: '' } };
  };
}

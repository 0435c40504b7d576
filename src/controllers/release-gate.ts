import type { KubeClient } from '../kube/client.ts';
import type { KubeObject } from '../kube/object.ts';
import { CUSTOM_RESOURCE_DEFINITIONS, NAMESPACES, type ResourceType } from '../kube/resource.ts';
import { ok, type Result } from '../ports/failure.ts';

/**
 * Whether the deletion of a resource is meant for what it stands for at the vendor. When its namespace or its
 * definition is going away, everything in it is deleted at once, and nobody decided that a device should be
 * given back.
 */
export type ReleaseGate = (
  type: ResourceType,
  object: KubeObject,
  signal: AbortSignal,
) => Promise<Result<boolean>>;

/** Reads the namespace and the definition live: a cache may not know yet. */
export function createReleaseGate(client: KubeClient): ReleaseGate {
  async function stands(type: ResourceType, name: string, signal: AbortSignal): Promise<Result<boolean>> {
    const found = await client.get(type, { name }, signal);
    if (found.ok) return ok(found.value.metadata.deletionTimestamp === undefined);
    return found.failure.kind === 'notFound' ? ok(false) : found;
  }

  return async (type, object, signal) => {
    const { namespace } = object.metadata;
    const inNamespace = namespace === undefined ? ok(true) : await stands(NAMESPACES, namespace, signal);
    if (!inNamespace.ok || !inNamespace.value) return inNamespace;
    return stands(CUSTOM_RESOURCE_DEFINITIONS, `${type.plural}.${type.group}`, signal);
  };
}

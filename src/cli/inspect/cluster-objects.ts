import type { KubeClient } from '../../kube/client.ts';
import type { KubeObject, ObjectRef } from '../../kube/object.ts';
import type { ResourceType } from '../../kube/resource.ts';
import { Sentence } from '../exit.ts';

/** An object, or undefined when there is none. Whatever else goes wrong ends the command. */
export async function findObject<T extends KubeObject>(
  client: KubeClient,
  type: ResourceType<T>,
  ref: ObjectRef,
  signal: AbortSignal,
): Promise<T | undefined> {
  const found = await client.get(type, ref, signal);
  if (found.ok) return found.value;
  if (found.failure.code === 'NotFound') return undefined;
  throw new Sentence(found.failure.message);
}

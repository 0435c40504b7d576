import type { ListedSources } from '../../controllers/lists/listed-sources.ts';
import type { Reader } from '../../controllers/lookup.ts';
import type { KubeClient } from '../../kube/client.ts';
import { keyOf } from '../../kube/object.ts';
import { CONFIG_MAPS, type ConfigMap } from '../../kube/resource.ts';
import { Sentence } from '../exit.ts';

/** A resource with lists in ConfigMaps. */
interface WithSources {
  readonly metadata: { readonly namespace?: string };
  readonly spec: ListedSources;
}

/** Reads the ConfigMaps that these resources name, each once, for the readers of lists. */
export async function readConfigMaps(
  client: KubeClient,
  resources: readonly WithSources[],
  signal: AbortSignal,
): Promise<Reader<ConfigMap>> {
  const found = new Map<string, ConfigMap>();
  for (const { metadata, spec } of resources) {
    for (const { configMapKeyRef } of spec.devicesFrom ?? []) {
      const ref = { namespace: metadata.namespace ?? 'default', name: configMapKeyRef.name };
      if (found.has(keyOf(ref))) continue;
      const read = await client.get(CONFIG_MAPS, ref, signal);
      if (read.ok) found.set(keyOf(ref), read.value);
      else if (read.failure.code !== 'NotFound') throw new Sentence(read.failure.message);
    }
  }
  return (namespace, name) => {
    const object = found.get(keyOf({ namespace, name }));
    return object === undefined ? { state: 'absent' } : { state: 'present', object };
  };
}

import type { KindTypes } from '../../domain/item.ts';
import type { ConfigMap } from '../../kube/resource.ts';
import type { Reader } from '../lookup.ts';
import { type DeclaredLists, type Listing, readLists } from './declared.ts';
import type { ListFormat } from './format.ts';
import { versionOf } from './listed-sources.ts';

/** The lists of resources of one kind, read again only when something they rest on has changed. */
export interface ListMemory<T extends KindTypes, Column extends string> {
  read(key: string, object: Listing<Column>, configMaps: Reader<ConfigMap>): Promise<DeclaredLists<T>>;
  forget(key: string): void;
}

export function createListMemory<T extends KindTypes, Column extends string>(
  format: ListFormat<T, Column>,
): ListMemory<T, Column> {
  const known = new Map<string, DeclaredLists<T>>();
  return {
    read: async (key, object, configMaps) => {
      const last = known.get(key);
      if (last?.version === versionOf(object.metadata, object.spec, configMaps)) return last;
      const now = await readLists(format, object, configMaps);
      known.set(key, now);
      return now;
    },
    forget: (key) => {
      known.delete(key);
    },
  };
}

import type { RegistrationTypes } from '../../domain/registration/facts.ts';
import type { DeclaredItem } from '../../engine/declaring.ts';
import type { ConfigMap } from '../../kube/resource.ts';
import { collectSource, type Incomplete, versionOf } from '../lists/listed-sources.ts';
import type { SourceStatus } from '../lists/source.ts';
import type { Reader } from '../lookup.ts';
import type { ServedNetflixDeviceRegistration } from '../resources.ts';
import { createEsnList, ESN_COLUMNS, type Rejected } from './esns.ts';

/** Everything a NetflixDeviceRegistration declares. */
export interface DeclaredEsns {
  readonly items: readonly DeclaredItem<RegistrationTypes>[];
  readonly rejected: readonly Rejected[];
  /** As they stand in status; empty for a resource without sources. */
  readonly sources: readonly SourceStatus[];
  /** Absent when every list is whole: only then may a device that is missing from it be unregistered. */
  readonly incomplete?: Incomplete;
  /** A list has not been looked at yet: nothing here says what the resource declares. */
  readonly unread: boolean;
  readonly version: string;
}

/** The devices of resources, read again only when something they rest on has changed. */
export interface EsnLists {
  read(
    key: string,
    object: ServedNetflixDeviceRegistration,
    configMaps: Reader<ConfigMap>,
  ): Promise<DeclaredEsns>;
  forget(key: string): void;
}

export function createEsnLists(): EsnLists {
  const known = new Map<string, DeclaredEsns>();
  return {
    read: async (key, object, configMaps) => {
      const version = versionOf(object.metadata, object.spec, configMaps);
      const last = known.get(key);
      if (last?.version === version) return last;
      const now = await readLists(object, configMaps, version);
      known.set(key, now);
      return now;
    },
    forget: (key) => {
      known.delete(key);
    },
  };
}

async function readLists(
  { metadata, spec }: ServedNetflixDeviceRegistration,
  configMaps: Reader<ConfigMap>,
  version: string,
): Promise<DeclaredEsns> {
  const list = createEsnList();
  const inlineBad = list.add((spec.devices ?? []).map((declared) => ({ declared })));
  const sources: SourceStatus[] = [];
  let unread = false;
  for (const { configMapKeyRef } of spec.devicesFrom ?? []) {
    const found = configMaps(metadata.namespace ?? 'default', configMapKeyRef.name);
    unread ||= found.state === 'unknown';
    sources.push(await collectSource(list, ESN_COLUMNS, configMapKeyRef, found));
  }
  const empty = list.items.length === 0 && list.rejected.length === 0 ? 'EmptyList' : undefined;
  const rejected = inlineBad.length > 0 ? 'RowsRejected' : undefined;
  const incomplete = sources.find(({ problem }) => problem !== undefined)?.problem ?? rejected ?? empty;
  const { items, rejected: bad } = list;
  return {
    items,
    rejected: bad,
    sources,
    unread,
    version,
    ...(incomplete === undefined ? {} : { incomplete }),
  };
}

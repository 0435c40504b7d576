import type { LineTypes } from '../../domain/line/facts.ts';
import type { DeclaredItem } from '../../engine/declaring.ts';
import type { ConfigMap } from '../../kube/resource.ts';
import { collectSource, versionOf } from '../lists/listed-sources.ts';
import type { SourceStatus } from '../lists/source.ts';
import type { Reader } from '../lookup.ts';
import type { ServedVerizonDeviceDeletion } from '../resources.ts';
import { createLineList, LINE_COLUMNS, type Rejected } from './lines.ts';

/** Everything a VerizonDeviceDeletion declares. */
export interface DeclaredLines {
  readonly items: readonly DeclaredItem<LineTypes>[];
  readonly rejected: readonly Rejected[];
  /** As they stand in status; empty for a resource without sources. */
  readonly sources: readonly SourceStatus[];
  /** Every list is whole: only then a line that is missing from it is not wanted any more. */
  readonly whole: boolean;
  /** A list has not been looked at yet: nothing here says what the resource declares. */
  readonly unread: boolean;
  readonly version: string;
}

/** The lists of resources, read again only when something they rest on has changed. */
export interface LineLists {
  read(
    key: string,
    object: ServedVerizonDeviceDeletion,
    configMaps: Reader<ConfigMap>,
  ): Promise<DeclaredLines>;
  forget(key: string): void;
}

export function createLineLists(): LineLists {
  const known = new Map<string, DeclaredLines>();
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
  { metadata, spec }: ServedVerizonDeviceDeletion,
  configMaps: Reader<ConfigMap>,
  version: string,
): Promise<DeclaredLines> {
  const list = createLineList();
  const inlineBad = list.add((spec.devices ?? []).map((declared) => ({ declared })));
  const sources: SourceStatus[] = [];
  let unread = false;
  for (const { configMapKeyRef } of spec.devicesFrom ?? []) {
    const found = configMaps(metadata.namespace ?? 'default', configMapKeyRef.name);
    unread ||= found.state === 'unknown';
    sources.push(await collectSource(list, LINE_COLUMNS, configMapKeyRef, found));
  }
  const whole = inlineBad.length === 0 && sources.every(({ problem }) => problem === undefined);
  return { items: list.items, rejected: list.rejected, sources, whole, unread, version };
}

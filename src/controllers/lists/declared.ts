import type { KindTypes } from '../../domain/item.ts';
import type { DeclaredItem } from '../../engine/declaring.ts';
import type { ObjectMeta } from '../../kube/object.ts';
import type { ConfigMap } from '../../kube/resource.ts';
import type { Reader } from '../lookup.ts';
import type { CsvEntry } from './csv.ts';
import type { NamedFailure } from './failures.ts';
import type { ListFormat } from './format.ts';
import { createItemList } from './item-list.ts';
import { collectSource, type Incomplete, type ListedSources, versionOf } from './listed-sources.ts';
import type { SourceStatus } from './source.ts';

/** A resource that declares items in lists: in itself, and in ConfigMaps that it names. */
export interface Listing<Column extends string> {
  readonly metadata: ObjectMeta;
  readonly spec: ListedSources & { readonly devices?: readonly CsvEntry<Column>[] };
}

/** What the lists of a resource come to. */
export interface Lists {
  /** How many items they declare. */
  readonly count: number;
  readonly rejected: readonly NamedFailure[];
  /** As they stand in status; empty for a resource without sources. */
  readonly sources: readonly SourceStatus[];
  /** Absent when every list is whole: only then may an item that is missing from them be let go of. */
  readonly incomplete?: Incomplete;
  /** A list could not be looked at yet: nothing here says what the resource declares. */
  readonly unread: boolean;
  /** That is a matter of moments: no look at a list has failed. */
  readonly soonRead: boolean;
  /** Changes whenever anything of the above may have. */
  readonly version: string;
}

/** The same with every item. */
export interface DeclaredLists<T extends KindTypes> extends Lists {
  readonly items: readonly DeclaredItem<T>[];
}

/** Reads all lists of a resource: inline and from ConfigMaps. */
export async function readLists<T extends KindTypes, Column extends string>(
  format: ListFormat<T, Column>,
  { metadata, spec }: Listing<Column>,
  configMaps: Reader<ConfigMap>,
): Promise<DeclaredLists<T>> {
  // Before the first look: a list that changes while another one is read is read again, and not taken for known.
  const version = versionOf(metadata, spec, configMaps);
  const list = createItemList(format);
  const inlineBad = list.add((spec.devices ?? []).map((declared) => ({ declared })));
  const sources: SourceStatus[] = [];
  let [unread, failing] = [false, false];
  for (const { configMapKeyRef } of spec.devicesFrom ?? []) {
    const found = configMaps(metadata.namespace ?? 'default', configMapKeyRef.name);
    unread ||= found.state === 'unknown';
    failing ||= found.state === 'unknown' && found.failure !== undefined;
    sources.push(await collectSource(list, format.columns, configMapKeyRef, found));
  }
  const { items, rejected } = list;
  const empty = items.length === 0 && rejected.length === 0 ? 'EmptyList' : undefined;
  const wrong = inlineBad.length > 0 ? 'RowsRejected' : undefined;
  const incomplete = sources.find(({ problem }) => problem !== undefined)?.problem ?? wrong ?? empty;
  return {
    items,
    count: items.length,
    rejected,
    sources,
    unread,
    soonRead: unread && !failing,
    ...(incomplete === undefined ? {} : { incomplete }),
    version,
  };
}

import type { KindTypes } from '../../domain/item.ts';
import type { ObjectMeta } from '../../kube/object.ts';
import type { ConfigMap } from '../../kube/resource.ts';
import type { Lookup, Reader } from '../lookup.ts';
import type { Columns } from './csv.ts';
import type { ItemList } from './item-list.ts';
import { type BadRow, readSource, type SourceContent, type SourceStatus } from './source.ts';

/** Why nothing may be released because of what a list does not hold (api.md, section 2). */
export type Incomplete = 'SourceMissing' | 'SourceUnreadable' | 'RowsRejected' | 'EmptyList';

/** Where a resource says that its lists are. */
export interface ListedSources {
  readonly devicesFrom?: readonly { readonly configMapKeyRef: SourceRef }[];
}

interface SourceRef {
  readonly name: string;
  readonly key: string;
}

/** At most this many rejected rows stand with a source in status (crds/, DeviceClaim). */
const MAX_REJECTIONS = 20;

/** What the lists of a resource rest on, without reading them. */
export function versionOf(metadata: ObjectMeta, spec: ListedSources, configMaps: Reader<ConfigMap>): string {
  const sources = (spec.devicesFrom ?? []).map(({ configMapKeyRef: { name, key } }) => {
    const found = configMaps(metadata.namespace ?? 'default', name);
    const { uid, resourceVersion } = found.state === 'present' ? found.object.metadata : {};
    const failure = found.state === 'unknown' ? found.failure?.code : undefined;
    return [name, key, found.state, uid, resourceVersion, failure];
  });
  return JSON.stringify([metadata.uid, metadata.generation, sources]);
}

/** Reads one list into the collector, and says how it stands. */
export async function collectSource<Column extends string>(
  list: Pick<ItemList<KindTypes, Column>, 'add' | 'reject'>,
  columns: Columns<Column>,
  { name, key }: SourceRef,
  found: Lookup<ConfigMap>,
): Promise<SourceStatus> {
  if (found.state !== 'present') return { name, key, problem: 'SourceMissing' };
  const { uid, resourceVersion } = found.object.metadata;
  const content = await readSource(found.object, key, columns);
  const bad = [...content.badRows, ...list.add(content.entries)].sort((a, b) => a.line - b.line);
  list.reject(`${name}/${key}`, content.badRows);
  const problem = problemOf(content, bad);
  return {
    name,
    key,
    ...(uid === undefined ? {} : { uid }),
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
    ...(content.sha256 === undefined ? {} : { sha256: content.sha256 }),
    rows: content.rows,
    rejectedRows: bad.length,
    ...(problem === undefined ? {} : { problem }),
    ...rejections(content, bad),
  };
}

function problemOf(
  { unreadable, rows }: SourceContent<string>,
  bad: readonly BadRow[],
): Incomplete | undefined {
  if (unreadable !== undefined) return 'SourceUnreadable';
  if (bad.length > 0) return 'RowsRejected';
  return rows === 0 ? 'EmptyList' : undefined;
}

function rejections(
  { unreadable }: SourceContent<string>,
  bad: readonly BadRow[],
): Pick<SourceStatus, 'rejections'> {
  if (unreadable !== undefined) {
    return { rejections: [{ line: 1, reason: 'SourceUnreadable', message: unreadable }] };
  }
  return bad.length === 0 ? {} : { rejections: bad.slice(0, MAX_REJECTIONS) };
}

import type { DeviceTypes } from '../../domain/device/facts.ts';
import type { DeclaredItem } from '../../engine/declaring.ts';
import type { ConfigMap } from '../../kube/resource.ts';
import type { Lookup, Reader } from '../lookup.ts';
import type { ServedDeviceClaim } from '../resources.ts';
import { createDeviceList, type DeviceList, type Rejected } from './devices.ts';
import { type BadRow, readSource, type SourceContent, type SourceStatus } from './source.ts';

/** Why nothing may be released because of what a list does not hold (api.md, section 2). */
export type Incomplete = 'SourceMissing' | 'SourceUnreadable' | 'RowsRejected' | 'EmptyList';

/** What the lists of a claim come to. */
export interface Lists {
  /** How many devices they declare. */
  readonly count: number;
  readonly rejected: readonly Rejected[];
  /** As they stand in status; absent for a claim without sources. */
  readonly sources: readonly SourceStatus[];
  /** Absent when every list is whole: only then may a device that is missing from it be released. */
  readonly incomplete?: Incomplete;
  /** A list could not be looked at yet: nothing here says what the claim declares. */
  readonly unread: boolean;
  /** That is a matter of moments: no look at a list has failed. */
  readonly soonRead: boolean;
  /** Changes whenever anything of the above may have. */
  readonly version: string;
}

/** The same with every device. */
export interface DeclaredDevices extends Lists {
  readonly items: readonly DeclaredItem<DeviceTypes>[];
}

/** At most this many rejected rows stand with a source in status (crds/, DeviceClaim). */
const MAX_REJECTIONS = 20;

/** Reads all lists of a claim: inline and from ConfigMaps. */
export async function readLists(
  { metadata, spec }: ServedDeviceClaim,
  configMaps: Reader<ConfigMap>,
): Promise<DeclaredDevices> {
  // Before the first look: a list that changes while another one is read is read again, and not taken for known.
  const version = versionOf(metadata, spec, configMaps);
  const list = createDeviceList();
  const inline = (spec.devices ?? []).map((declared) => ({ declared }));
  const inlineBad = list.add(inline);
  const sources: SourceStatus[] = [];
  let [unread, failing] = [false, false];
  for (const { configMapKeyRef } of spec.devicesFrom ?? []) {
    const found = configMaps(metadata.namespace ?? 'default', configMapKeyRef.name);
    unread ||= found.state === 'unknown';
    failing ||= found.state === 'unknown' && found.failure !== undefined;
    sources.push(await readOne(list, configMapKeyRef, found));
  }
  const empty = list.items.length === 0 && list.rejected.length === 0 ? 'EmptyList' : undefined;
  const rejected = inlineBad.length > 0 ? 'RowsRejected' : undefined;
  const incomplete = sources.find(({ problem }) => problem !== undefined)?.problem ?? rejected ?? empty;
  return {
    items: list.items,
    count: list.items.length,
    rejected: list.rejected,
    sources,
    unread,
    soonRead: unread && !failing,
    ...(incomplete === undefined ? {} : { incomplete }),
    version,
  };
}

/** What the lists of a claim rest on, without reading them. */
export function versionOf(
  metadata: ServedDeviceClaim['metadata'],
  spec: ServedDeviceClaim['spec'],
  configMaps: Reader<ConfigMap>,
): string {
  const sources = (spec.devicesFrom ?? []).map(({ configMapKeyRef: { name, key } }) => {
    const found = configMaps(metadata.namespace ?? 'default', name);
    const { uid, resourceVersion } = found.state === 'present' ? found.object.metadata : {};
    const failure = found.state === 'unknown' ? found.failure?.code : undefined;
    return [name, key, found.state, uid, resourceVersion, failure];
  });
  return JSON.stringify([metadata.uid, metadata.generation, sources]);
}

async function readOne(
  list: DeviceList,
  { name, key }: { readonly name: string; readonly key: string },
  found: Lookup<ConfigMap>,
): Promise<SourceStatus> {
  if (found.state !== 'present') return { name, key, problem: 'SourceMissing' };
  const { uid, resourceVersion } = found.object.metadata;
  const content = await readSource(found.object, key);
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

function problemOf({ unreadable, rows }: SourceContent, bad: readonly BadRow[]): Incomplete | undefined {
  if (unreadable !== undefined) return 'SourceUnreadable';
  if (bad.length > 0) return 'RowsRejected';
  return rows === 0 ? 'EmptyList' : undefined;
}

function rejections({ unreadable }: SourceContent, bad: readonly BadRow[]): Pick<SourceStatus, 'rejections'> {
  if (unreadable !== undefined) {
    return { rejections: [{ line: 1, reason: 'SourceUnreadable', message: unreadable }] };
  }
  return bad.length === 0 ? {} : { rejections: bad.slice(0, MAX_REJECTIONS) };
}

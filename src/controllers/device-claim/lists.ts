import type { DeviceTypes } from '../../domain/device/facts.ts';
import type { DeclaredItem } from '../../engine/declaring.ts';
import type { ConfigMap } from '../../kube/resource.ts';
import { collectSource, type Incomplete, versionOf } from '../lists/listed-sources.ts';
import type { SourceStatus } from '../lists/source.ts';
import type { Reader } from '../lookup.ts';
import type { ServedDeviceClaim } from '../resources.ts';
import { createDeviceList, DEVICE_COLUMNS, type Rejected } from './devices.ts';

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
    sources.push(await collectSource(list, DEVICE_COLUMNS, configMapKeyRef, found));
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

import { SCOPE_LABEL, VENDOR_RECORDS } from '../../controllers/resources.ts';
import { parseSliceName, readSlice, withoutLeftovers } from '../../controllers/vendor-record/records.ts';
import type { ItemKey } from '../../domain/item.ts';
import type { KubeClient } from '../../kube/client.ts';
import { Sentence } from '../exit.ts';
import { everyOf } from '../pages.ts';

/** What a VendorRecord holds of one item. */
export interface RecordEntry {
  /** The VendorRecord it stands in. */
  readonly record: string;
  readonly namespace: string;
  /** The item's kind, for example `device`. */
  readonly kind: string;
  readonly key: ItemKey;
  readonly value: unknown;
}

/** Where records and operations are looked for. */
export interface Place {
  /** Absent: in all namespaces. */
  readonly namespace?: string;
  /** Only those of one vendor scope (`scopeHash`); absent: of all. */
  readonly scopeHash?: string;
}

/** Every recorded item the filter wants. A record that cannot be read ends the command: half the truth is none. */
export async function recordsOf(
  client: KubeClient,
  place: Place,
  wants: (kind: string, key: ItemKey, value: unknown) => boolean,
  signal: AbortSignal,
): Promise<readonly RecordEntry[]> {
  const records = await everyOf(client, VENDOR_RECORDS, selectionOf(place), signal);
  const byScope = Map.groupBy(records, ({ metadata, spec }) => `${metadata.namespace} ${spec.vendorScope}`);
  const entries: RecordEntry[] = [];
  for (const record of [...byScope.values()].flatMap(withoutLeftovers)) {
    const { name, namespace = '' } = record.metadata;
    const slice = readSlice(record);
    if (slice === undefined)
      throw new Sentence(`VendorRecord ${namespace}/${name} cannot be read by this version`);
    const { kind } = parseSliceName(record.spec.slice);
    for (const { value, keys } of slice) {
      for (const key of keys) {
        if (wants(kind, key, value)) entries.push({ record: name, namespace, kind, key, value });
      }
    }
  }
  return entries;
}

/** The selection of a place. */
export function selectionOf({ namespace, scopeHash }: Place): {
  readonly namespace?: string;
  readonly labelSelector?: string;
} {
  return {
    ...(namespace === undefined ? {} : { namespace }),
    ...(scopeHash === undefined ? {} : { labelSelector: `${SCOPE_LABEL}=${scopeHash}` }),
  };
}

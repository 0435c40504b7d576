import type { KindTypes, Partition } from '../domain/item.ts';
import { formatRanges, parseRanges } from '../domain/ranges.ts';
import type { IntendedRecord } from '../ports/journal.ts';
import { targetOf } from './items.ts';
import type { LaneState, OpenOperation, ReadyCall } from './lane-state.ts';
import { noteDeparture } from './planning.ts';
import type { Ordinal } from './table.ts';

/**
 * The distinct records of one intent, in characters of JSON: as many as 5,000 claims of one device each need.
 * Names without any pattern lose a third in gzip and gain a third in base64, so that these stay below the 700,000
 * characters of crds/ (VendorOperation, recordsGzip), and the object below etcd's 1.5 MiB.
 */
const MAX_RECORD_CHARACTERS = 600_000;

/**
 * What becomes recorded once a write of this verb has succeeded for the items, as it stands in the intent. `fitting`:
 * so many of them, from the first on, have room in one intent; at least one has.
 */
export function recordsAfter<T extends KindTypes>(
  lane: LaneState<T>,
  { verb, partitionText }: Pick<ReadyCall, 'verb' | 'partitionText'>,
  ordinals: readonly Ordinal[],
): { readonly records: readonly IntendedRecord[]; readonly fitting: number } {
  const groups = new Map<string, { readonly value: T['recorded']; readonly positions: number[] }>();
  const partition = JSON.parse(partitionText) as Partition;
  let characters = 0;
  let fitting = 0;
  for (const ordinal of ordinals) {
    const [target, recorded] = [targetOf(lane, ordinal, verb), lane.table.recorded[ordinal]];
    const after = lane.kind.recordAfter({
      verb,
      partition,
      ...(target === undefined ? {} : { target }),
      ...(recorded === undefined ? {} : { recorded }),
      nowMs: lane.env.wallMs(),
    });
    const text = after?.value === undefined ? undefined : JSON.stringify(after.value);
    if (text !== undefined) {
      const group = groups.get(text) ?? { value: after?.value, positions: [] as number[] };
      if (group.positions.length === 0) characters += text.length;
      if (characters > MAX_RECORD_CHARACTERS && fitting > 0) break;
      group.positions.push(fitting);
      groups.set(text, group);
    }
    fitting += 1;
  }
  const records = [...groups.values()].map(({ value, positions }) => ({
    value,
    items: formatRanges(positions),
  }));
  return { records, fitting };
}

/** From now on the items of the operation may come to be recorded for whom its intent names. */
export function noteIntended<T extends KindTypes>(lane: LaneState<T>, operation: OpenOperation): void {
  for (const { value, items } of operation.intent.records) {
    for (const position of parseRanges(items)) {
      const ordinal = operation.ordinals[position];
      if (ordinal === undefined) continue;
      lane.intended.set(ordinal, value);
      noteDeparture(lane, ordinal);
    }
  }
}

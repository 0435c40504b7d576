import { faultOf } from '../../fault-box.ts';
import type { Random } from '../../random.ts';
import { deviceNotFound } from '../access.ts';
import type { Call, Endpoint } from '../call.ts';
import { historyKey, imeiHistoryKey } from '../device.ts';
import type { History } from '../history/book.ts';
import type { HistoryKind, HistoryRows } from '../history/rows.ts';
import { type Identifier, NAMING_KINDS } from '../identifiers.ts';
import { MAX_HISTORY_ROWS, USAGE_KEPT_MS } from '../limits.ts';
import { readSequence } from '../soap/sequence.ts';
import { ROW_WRITERS, type RowWriter } from '../wire/history-rows.ts';
import { element, textElement } from '../xml/write.ts';
import { readIdentifier, readTimeRange, type TimeRange } from './reading.ts';
import { stallOrPass } from './stalling.ts';

/** One of the histories, and how the vendor speaks of it. */
interface Source<K extends HistoryKind> {
  readonly kind: K;
  readonly operation: string;
  /** The element that holds the range of time. */
  readonly filter: string;
  readonly writer: RowWriter<K>;
}

/** A line's past, in pages of 500 rows, oldest first (fact sheet 9). */
export const historyEndpoints: readonly Endpoint[] = [
  endpoint({
    kind: 'usage',
    operation: 'GetDeviceUsageHistory',
    filter: 'TimestampFilter',
    writer: ROW_WRITERS.usage,
  }),
  endpoint({
    kind: 'connection',
    operation: 'GetDeviceConnectionHistory',
    filter: 'OccurredAtFilter',
    writer: ROW_WRITERS.connection,
  }),
  endpoint({
    kind: 'provisioning',
    operation: 'GetDeviceProvisioningHistory',
    filter: 'OccurredAtFilter',
    writer: ROW_WRITERS.provisioning,
  }),
];

function endpoint<K extends HistoryKind>(source: Source<K>): Endpoint {
  const { operation } = source;
  return { service: 'DeviceService', operation, role: 'list', handle: (call) => getHistory(call, source) };
}

function getHistory<K extends HistoryKind>(call: Call, { kind, filter, writer }: Source<K>): string {
  const { identifier, range } = readSequence(call.input, [call.contract], (sequence) => ({
    identifier: readIdentifier(sequence.required('Device'), NAMING_KINDS),
    range: readTimeRange(sequence.required(filter)),
  }));
  const history = findHistory(call, identifier);
  const isSlow = range.latestMs - range.earliestMs > call.sim.settings.historyStallsOverMs;
  stallOrPass(call, kind !== 'provisioning' && isSlow);
  const found = rowsIn<K>(history[kind], range, call.nowMs);
  const page = found.slice(0, MAX_HISTORY_ROWS);
  const isShuffled = kind === 'usage' && call.sim.settings.usageOrder === 'shuffled';
  const rows = shortened(isShuffled ? shuffled(page, call.sim.random) : page, call);
  return (
    element(writer.list, rows.map(writer.write).join('')) +
    textElement('a:IsComplete', String(found.length <= MAX_HISTORY_ROWS))
  );
}

/**
 * The history hangs on the IMEI: an ICCID leads to that of the phone it is in now, and an IMEI still leads to its
 * own when its SIM has gone elsewhere.
 */
function findHistory(call: Call, identifier: Identifier): History {
  const { sim, reads, user } = call;
  const device = reads.named(identifier);
  const kept = device !== undefined ? historyKey(device) : keyWithoutDevice(identifier);
  const history = kept === undefined ? undefined : sim.histories.find(kept);
  const accountName = device?.accountName ?? history?.accountName;
  if (accountName === undefined || !user.accounts.includes(accountName)) throw deviceNotFound([identifier]);
  return history ?? { usage: [], connection: [], provisioning: [] };
}

function keyWithoutDevice({ kind, value }: Identifier): string | undefined {
  return kind === 'imei' ? imeiHistoryKey(value) : undefined;
}

/** The rows of the range that exist by now. */
function rowsIn<K extends HistoryKind>(
  rows: readonly HistoryRows[K][],
  { earliestMs, latestMs }: TimeRange,
  nowMs: number,
): readonly HistoryRows[K][] {
  return rows.filter((row) => {
    if (row.atMs < earliestMs || row.atMs > latestMs) return false;
    return !('visibleAtMs' in row) || (row.visibleAtMs <= nowMs && row.atMs >= nowMs - USAGE_KEPT_MS);
  });
}

/** The page without what a fault takes from its end. */
function shortened<R>(page: readonly R[], { faults }: Call): readonly R[] {
  const lost = faultOf(faults, 'shortRead')?.items ?? 0;
  return page.slice(0, Math.max(0, page.length - lost));
}

/** The rows in any order: nothing states that of usage. */
function shuffled<R>(rows: readonly R[], random: Random): readonly R[] {
  const drawn = rows.map((row) => ({ row, lot: random.fraction() }));
  return drawn.sort((left, right) => left.lot - right.lot).map(({ row }) => row);
}

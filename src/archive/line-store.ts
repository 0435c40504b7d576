import type { ItemFailure, ItemKey } from '../domain/item.ts';
import type { LineTypes, RecordedLine } from '../domain/line/facts.ts';
import type { LineNames } from '../domain/line/identifier.ts';
import { sameValue } from '../domain/same-value.ts';
import type { Archive, ArchivedLine } from '../ports/archive.ts';
import type { Clock } from '../ports/clock.ts';
import { type Failure, failed, ok, type Result } from '../ports/failure.ts';
import type { ItemStore, Stored, StoreItem } from '../ports/item-store.ts';
import {
  beginGathering,
  type Gathering,
  type GatherParts,
  gather,
  isForGood,
  namesToAskBy,
} from './gather.ts';

type LineItem = StoreItem<LineTypes>;
type StoredLine = Stored<LineTypes>;

export interface LineStoreParts extends GatherParts {
  readonly clock: Clock;
  /** Absent when the controller has none: then nothing that wants one is deleted. */
  readonly archive?: Archive;
}

/** A reading that may be gone on with, and what it rests on. */
interface UnderWay {
  readonly gathering: Gathering;
  readonly names: LineNames;
  readonly quietSinceMs: number | undefined;
  /** Monotonic. */
  readonly sinceMs: number;
}

/** Histories read side by side; each takes a hundred requests. ASSUMED. */
const ARCHIVED_AT_ONCE = 2;
/** Items of one call: looking for proofs costs little. */
const MAX_ITEMS = 100;
/** What was read so far is not gone on with after this, so that an archive has no gap in its last hours. ASSUMED. */
const GATHERING_LASTS_MS = 6 * 3_600_000;

/**
 * What must be durable on our side before a line is deleted, by what its record lacks:
 *
 * | the record          | what is done                                   | the record then          |
 * | ------------------- | ---------------------------------------------- | ------------------------ |
 * | is not there        | the archive is asked for a proof of its end    | begins, with that proof  |
 * | has a proof         | the proof is filed in the archive              | says so                  |
 * | anything else       | histories and record are read and archived     | has the receipt          |
 *
 * Each may be repeated. Lines beyond the first few are archived by later calls.
 */
export function lineStore(parts: LineStoreParts): ItemStore<LineTypes> {
  const underWay = new Map<ItemKey, UnderWay>();

  /** The reading of that line's past, gone on with where it broke off; anew when the line was in service since. */
  function gatheringOf(
    { key, subject, desired }: LineItem,
    { names = {}, quietSinceMs }: RecordedLine,
  ): Gathering {
    const { clock, histories } = parts;
    const before = underWay.get(key);
    const isUsable =
      before !== undefined &&
      sameValue(before.names, names) &&
      before.quietSinceMs === quietSinceMs &&
      clock.monotonic() - before.sinceMs < GATHERING_LASTS_MS;
    if (isUsable) return before.gathering;
    const latestMs = clock.now();
    const lookbackMs = desired.asks === 'gone' ? desired.lookbackMs : 0;
    const gathering = beginGathering(
      histories,
      namesToAskBy(subject, names),
      latestMs - lookbackMs,
      latestMs,
    );
    underWay.set(key, { gathering, names, quietSinceMs, sinceMs: clock.monotonic() });
    return gathering;
  }

  async function archiveLine(
    item: LineItem,
    recorded: RecordedLine,
    signal: AbortSignal,
  ): Promise<Result<RecordedLine>> {
    const { archive, histories } = parts;
    if (archive === undefined) return failed(ARCHIVE_MISSING);
    const names = recorded.names ?? {};
    const gathering = gatheringOf(item, recorded);
    const rows = await gather(parts, gathering, signal);
    if (!rows.ok) return rows;
    const record = await parts.quota.within(() => histories.describe(item.subject, signal), signal);
    if (!record.ok) return record;
    const { earliestMs, latestMs } = gathering;
    const receipt = await archive.keep(
      { ...lineOf(item, names), record: record.value, rows: rows.value, earliestMs, latestMs },
      signal,
    );
    if (!receipt.ok) return receipt;
    underWay.delete(item.key);
    return ok({ ...recorded, receipt: receipt.value });
  }

  function lineOf({ subject }: LineItem, names: LineNames): ArchivedLine {
    return { accountName: parts.histories.accountName, declaredAs: subject, names };
  }

  async function recall(item: LineItem): Promise<Result<RecordedLine>> {
    const { archive, histories } = parts;
    const { holder, desired, subject } = item;
    if (archive === undefined) {
      const mayGoWithout = desired.asks === 'gone' && desired.archive === 'Skip';
      return mayGoWithout ? ok({ holder }) : failed(ARCHIVE_MISSING);
    }
    const proof = await archive.proofOf(histories.accountName, subject);
    if (!proof.ok) return proof;
    return ok(proof.value === undefined ? { holder } : { holder, gone: { ...proof.value, isFiled: true } });
  }

  async function file(item: LineItem, recorded: RecordedLine): Promise<Result<RecordedLine>> {
    const { gone, names = {}, receipt } = recorded;
    if (gone === undefined) return ok(recorded);
    const filed = { ...recorded, gone: { ...gone, isFiled: true } };
    if (parts.archive === undefined) return receipt?.is === 'archived' ? failed(ARCHIVE_MISSING) : ok(filed);
    const { how, provenAtMs } = gone;
    const written = await parts.archive.fileProof(lineOf(item, names), { how, provenAtMs }, receipt);
    return written.ok ? ok(filed) : written;
  }

  function storeOne(item: LineItem, signal: AbortSignal): Promise<Result<RecordedLine>> {
    const { recorded } = item;
    if (recorded === undefined) return recall(item);
    return recorded.gone === undefined ? archiveLine(item, recorded, signal) : file(item, recorded);
  }

  return {
    with: 'vendor',
    maxItems: MAX_ITEMS,
    async store(items, signal) {
      const results = await Promise.all(
        chosen(items).map(async (item) => ({ key: item.key, result: await storeOne(item, signal) })),
      );
      const stored = results.flatMap(({ key, result }) => storedOf(key, result));
      const trouble = results.find(({ result }) => !result.ok && concernsAccount(result.failure))?.result;
      // What holds the whole account up is said to the account, unless something was made durable meanwhile.
      return stored.length === 0 && trouble !== undefined && !trouble.ok ? trouble : ok(stored);
    },
  };
}

/** Everything that costs little, and a few of those that cost much. */
function chosen(items: readonly LineItem[]): readonly LineItem[] {
  const isDear = ({ recorded }: LineItem): boolean => recorded !== undefined && recorded.gone === undefined;
  const dear = items.filter(isDear).slice(0, ARCHIVED_AT_ONCE);
  return [...items.filter((item) => !isDear(item)), ...dear];
}

function storedOf(key: ItemKey, result: Result<RecordedLine>): readonly StoredLine[] {
  if (result.ok) return [{ key, record: result.value }];
  return concernsAccount(result.failure) ? [] : [{ key, failure: itemFailure(result.failure) }];
}

function concernsAccount({ kind }: Failure): boolean {
  return kind === 'unauthorized' || kind === 'throttled';
}

function itemFailure(failure: Failure): ItemFailure {
  const { code, message } = failure;
  return { code, message, kind: isForGood(failure) ? 'invalid' : 'passing' };
}

const ARCHIVE_MISSING: Failure = {
  kind: 'transient',
  code: 'ARCHIVE_MISSING',
  message:
    'the controller has no archive, and nothing is deleted without one: start it with --archive-dir, or set archive: Skip',
};

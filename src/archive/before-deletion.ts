import type { ItemFailure } from '../domain/item.ts';
import type { LineTypes } from '../domain/line/facts.ts';
import type { LineName } from '../domain/line/identifier.ts';
import type { ArchiveReceipt } from '../domain/line/receipt.ts';
import type { Archive } from '../ports/archive.ts';
import type { VendorAdapter } from '../ports/vendor.ts';
import type { ItemOutcome, WriteItem, Writer } from '../ports/writer.ts';

/** Why a line is not sent; undefined when it may be. */
type Check = (item: LineItem) => Promise<ItemFailure | undefined>;
type LineItem = WriteItem<LineName, LineTypes['desired']>;
type LineWriter = Writer<LineName, LineTypes['desired']>;

/** The adapter, with an archive that is looked into before its lines are deleted. */
export function archiveChecked(adapter: VendorAdapter, archive: Archive | undefined): VendorAdapter {
  const { lines, lineHistories } = adapter;
  if (lines?.writer === undefined || lineHistories === undefined) return adapter;
  const failureOf = checkBy(archive, lineHistories.accountName);
  return { ...adapter, lines: { ...lines, writer: checkedWriter(lines.writer, failureOf) } };
}

/**
 * A writer that looks into the archive before lines are deleted: a receipt may be weeks old, and the volume another one
 * by now, or the records older than the proof that a line is gone. Each such line is told its own reason.
 */
function checkedWriter(writer: LineWriter, failureOf: Check): LineWriter {
  return {
    verbs: writer.verbs,
    partition: (verb, item) => writer.partition(verb, item),
    send: (request, signal) => writer.send(request, signal),
    async withheld({ items }) {
      const withheld: ItemOutcome[] = [];
      // One after the other: each history is in memory while it is read.
      for (const item of items) {
        const failure = await failureOf(item);
        if (failure !== undefined) withheld.push({ key: item.key, failure });
      }
      return withheld;
    },
  };
}

/** `archive` is absent when this controller has none. */
function checkBy(archive: Archive | undefined, accountName: string): Check {
  async function historyFault(receipt: ArchiveReceipt): Promise<ItemFailure | undefined> {
    if (receipt.is !== 'archived') return undefined;
    if (archive === undefined) return lost(receipt.path, 'the controller has no archive');
    const held = await archive.holds(receipt);
    return held.ok ? undefined : lost(receipt.path, held.failure.message);
  }

  return async ({ subject, desired }) => {
    if (desired.asks !== 'deletion') return undefined;
    const fault = await historyFault(desired.receipt);
    if (fault !== undefined || archive === undefined) return fault;
    const proof = await archive.proofOf(accountName, subject);
    if (!proof.ok) return { code: proof.failure.code, message: proof.failure.message, kind: 'passing' };
    return proof.value === undefined ? undefined : DELETED_BEFORE;
  };
}

const DELETED_BEFORE: ItemFailure = {
  code: 'DELETED_BEFORE',
  message:
    'the line was not sent, since the archive holds the proof that it was gone before; it is never deleted twice: take it out of this resource, and delete it in the vendor’s portal if that is meant',
  kind: 'heldByOther',
};

/** Asked again by and by: the right volume may be mounted, and then nothing is lost. */
function lost(path: string, why: string): ItemFailure {
  return {
    code: 'ARCHIVE_LOST',
    message: `the line was not sent, since its archived history is not there any more: ${path}: ${why}; mount the volume it was written to, or take the line out of this resource and declare it anew to archive it again`,
    kind: 'heldByOther',
  };
}

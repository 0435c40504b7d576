import type { ItemFailure, ItemKey } from '../domain/item.ts';
import type { LineTypes } from '../domain/line/facts.ts';
import type { LineName } from '../domain/line/identifier.ts';
import type { Archive } from '../ports/archive.ts';
import { failed, ok } from '../ports/failure.ts';
import type { VendorAdapter } from '../ports/vendor.ts';
import type { WriteItem, WriteRequest, Writer } from '../ports/writer.ts';

type LineItem = WriteItem<LineName, LineTypes['desired']>;
type LineRequest = WriteRequest<LineName, LineTypes['desired']>;
type LineWriter = Writer<LineName, LineTypes['desired']>;

/** The adapter, with an archive that is looked into before its lines are deleted. */
export function archiveChecked(adapter: VendorAdapter, archive: Archive | undefined): VendorAdapter {
  const { lines } = adapter;
  if (lines?.writer === undefined) return adapter;
  return { ...adapter, lines: { ...lines, writer: checkedWriter(lines.writer, archive) } };
}

/**
 * A writer that looks into the archive in the moment before lines are deleted: a receipt may be weeks old, and the
 * volume another one by now. A line whose history is not there is left out of the request; `archive` is absent when
 * this controller has none.
 */
function checkedWriter(writer: LineWriter, archive: Archive | undefined): LineWriter {
  return {
    verbs: writer.verbs,
    partition: (verb, item) => writer.partition(verb, item),
    send: async (request, signal) => {
      const refused = await refusedOf(request, archive);
      const [first] = refused.values();
      if (first === undefined) return writer.send(request, signal);
      const items = request.items.filter(({ key }) => !refused.has(key));
      // No line is left, so nothing is sent.
      if (items.length === 0) return failed({ ...first, kind: 'conflict' });
      const sent = await writer.send({ ...request, items }, signal);
      if (!sent.ok || sent.value.is !== 'answered') return sent;
      const leftOut = [...refused].map(([key, failure]) => ({ key, failure }));
      return ok({ is: 'answered', outcomes: [...sent.value.outcomes, ...leftOut] });
    },
  };
}

async function refusedOf(
  { items }: LineRequest,
  archive: Archive | undefined,
): Promise<ReadonlyMap<ItemKey, ItemFailure>> {
  const failures = await Promise.all(
    items.map(async (item) => ({ key: item.key, failure: await failureOf(item, archive) })),
  );
  return new Map(
    failures.flatMap(({ key, failure }) => (failure === undefined ? [] : [[key, failure] as const])),
  );
}

async function failureOf(
  { desired }: LineItem,
  archive: Archive | undefined,
): Promise<ItemFailure | undefined> {
  if (desired.asks !== 'deletion' || desired.receipt.is !== 'archived') return undefined;
  const { path } = desired.receipt;
  if (archive === undefined) return lost(path, 'the controller has no archive');
  const held = await archive.holds(desired.receipt);
  return held.ok ? undefined : lost(path, held.failure.message);
}

/** Asked again by and by: the right volume may be mounted, and then nothing is lost. */
function lost(path: string, why: string): ItemFailure {
  return {
    code: 'ARCHIVE_LOST',
    message: `the line was not sent, since its archived history is not there any more: ${path}: ${why}; mount the volume it was written to, or take the line out of this resource and declare it anew to archive it again`,
    kind: 'heldByOther',
  };
}

import { relative } from 'node:path';
import type { Disk } from '../../archive/disk.ts';
import { type Checked, verifyArchive } from '../../archive/reading.ts';
import { lineKey } from '../../domain/line/identifier.ts';
import { Sentence } from '../exit.ts';
import type { Report } from '../output/print.ts';

/** Checks a whole archive. A folder that cannot be read, or is empty, ends in one sentence. */
export async function verifyReport(
  disk: Disk,
  root: string,
): Promise<{ readonly report: Report; readonly isWhole: boolean }> {
  const checked = await verifyArchive(disk, root);
  if (!checked.ok) throw new Sentence(checked.failure.message);
  if (checked.value.length === 0) throw new Sentence(`there is no archive in ${root}`);
  const entries = checked.value.map((entry) => entryOf(root, entry));
  return {
    report: {
      json: entries,
      sections: [
        {
          headings: ['line', 'records', 'proven gone', 'state', 'manifest'],
          rows: entries.map(({ line, records, provenGone, state, manifest }) => [
            line,
            String(records),
            provenGone,
            state,
            manifest,
          ]),
          ifEmpty: 'nothing is archived',
        },
      ],
    },
    isWhole: checked.value.every(({ fault }) => fault === undefined),
  };
}

function entryOf(root: string, { path, manifest, fault }: Checked) {
  const { history, gone } = manifest ?? {};
  const counts = Object.values(history?.records ?? {});
  return {
    line: manifest === undefined ? '' : lineKey(manifest.declaredAs),
    records: counts.reduce((sum, count) => sum + count, 0),
    provenGone: gone === undefined ? '' : new Date(gone.provenAtMs).toISOString(),
    state: fault ?? 'whole',
    manifest: relative(root, path),
  };
}

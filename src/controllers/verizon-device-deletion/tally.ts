import type { VerizonDeviceDeletionStatus } from '../../api/verizon-device-deletion.generated.ts';
import type { LineTypes, LineVerdict } from '../../domain/line/facts.ts';
import { lineKey } from '../../domain/line/identifier.ts';
import type { HolderReport } from '../../engine/lane.ts';
import type { Lists } from '../lists/declared.ts';
import { MAX_FAILURES, type NamedFailure, note } from '../lists/failures.ts';

type Counts = Required<NonNullable<VerizonDeviceDeletionStatus['devices']>>;
type ArchiveEntry = NonNullable<VerizonDeviceDeletionStatus['archives']>[number];

/** At most so many archives stand in status, the rest is counted (api.md, VerizonDeviceDeletion). */
const MAX_ARCHIVES = 50;

export interface Tally {
  readonly counts: Counts;
  /** The first of those that need a person: wrong entries, then refusals; then what something holds up. */
  readonly failures: readonly NamedFailure[];
  readonly archives: readonly ArchiveEntry[];
}

/** How many lines of a resource stand where. Every entry of the list is counted, wrong ones as failed. */
export function tally(
  { count, rejected }: Pick<Lists, 'count' | 'rejected'>,
  report: Pick<HolderReport<LineTypes>, 'verdicts'>,
): Tally {
  const counts = {
    desired: count + rejected.length,
    deleted: 0,
    alreadyGone: 0,
    archived: 0,
    deactivating: 0,
    waiting: 0,
    failed: rejected.length,
  };
  const failed: NamedFailure[] = [];
  const heldUp: NamedFailure[] = [];
  const archives: ArchiveEntry[] = [];
  const doubles = createDoubles();
  let told = 0;
  for (const { subject, verdict } of report.verdicts) {
    told += 1;
    const device = lineKey(subject);
    const double = doubles(device, verdict);
    const state = double === undefined ? verdict.state : 'failed';
    counts[state] += 1;
    if (state === 'deleted' && verdict.neverSeen === true) counts.alreadyGone += 1;
    if (state === 'failed') note(failed, device, double ?? verdict);
    else if (verdict.code !== undefined) note(heldUp, device, verdict);
    if (verdict.archive === undefined) continue;
    counts.archived += 1;
    if (archives.length < MAX_ARCHIVES) archives.push(archiveEntry(device, verdict.archive));
  }
  counts.waiting += Math.max(0, count - told);
  return { counts, failures: [...rejected, ...failed, ...heldUp].slice(0, MAX_FAILURES), archives };
}

/** Tells a line that was named before under another of its names. */
function createDoubles(): (
  device: string,
  verdict: LineVerdict,
) => { readonly code: string; readonly message: string } | undefined {
  const seen = new Map<string, string>();
  return (device, { names = {} }) => {
    const all = [device, ...Object.entries(names).map(([kind, identifier]) => `${kind}:${identifier}`)];
    const other = all.map((name) => seen.get(name)).find((found) => found !== undefined);
    if (other === undefined) for (const name of all) seen.set(name, device);
    return other === undefined
      ? undefined
      : {
          code: 'SAME_LINE',
          message: `it is the same line as ${other}, which this resource names too; remove one of them`,
        };
  };
}

function archiveEntry(device: string, archive: NonNullable<LineVerdict['archive']>): ArchiveEntry {
  const { path, sha256, records, completedAtMs } = archive;
  return { device, path, sha256, records, completedAt: new Date(completedAtMs).toISOString() };
}

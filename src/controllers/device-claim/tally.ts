import type { DeviceTypes, DeviceVerdict } from '../../domain/device/facts.ts';
import { describeIdentity } from '../../domain/device/identity.ts';
import type { HolderReport } from '../../engine/lane.ts';
import type { Lists } from '../lists/declared.ts';
import { MAX_FAILURES, type NamedFailure, note } from '../lists/failures.ts';

export interface Tally {
  readonly counts: Readonly<Record<DeviceVerdict['state'] | 'desired' | 'releasing', number>>;
  /** The first of those that need a person: wrong entries first, then refusals, then what others hold. */
  readonly failures: readonly NamedFailure[];
  /** The first device that is held elsewhere or was let go of. */
  readonly conflict?: NamedFailure;
}

/** How many devices of a claim stand where. Every entry of the list is counted, wrong ones as failed. */
export function tally(declared: Pick<Lists, 'count' | 'rejected'>, report: HolderReport<DeviceTypes>): Tally {
  const counts = {
    desired: declared.count,
    claimed: 0,
    awaitingCustomer: 0,
    pending: 0,
    failed: 0,
    conflicted: 0,
    releasing: report.releasing,
  };
  const refused: NamedFailure[] = [];
  const conflicted: NamedFailure[] = [];
  let told = 0;
  for (const { subject, verdict } of report.verdicts) {
    told += 1;
    counts[verdict.state] += 1;
    if (verdict.state === 'failed') note(refused, describeIdentity(subject), verdict);
    if (verdict.state === 'conflicted') note(conflicted, describeIdentity(subject), verdict);
  }
  const unreleased: NamedFailure[] = [];
  for (const { subject, failure } of report.releaseFailures) {
    note(unreleased, describeIdentity(subject), failure);
  }
  counts.pending += Math.max(0, declared.count - told);
  counts.failed += declared.rejected.length;
  counts.desired += declared.rejected.length;
  const failures = [...declared.rejected, ...refused, ...unreleased, ...conflicted].slice(0, MAX_FAILURES);
  const [conflict] = conflicted;
  return { counts, failures, ...(conflict === undefined ? {} : { conflict }) };
}

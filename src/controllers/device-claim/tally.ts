import type { DeviceTypes, DeviceVerdict } from '../../domain/device/facts.ts';
import { describeIdentity } from '../../domain/device/identity.ts';
import type { HolderReport } from '../../engine/lane.ts';
import type { Lists } from '../lists/declared.ts';
import type { Rejected } from '../lists/item-list.ts';

/** At most this many failures stand in status, the rest is counted (api.md, DeviceClaim). */
const MAX_FAILURES = 50;

export interface Tally {
  readonly counts: Readonly<Record<DeviceVerdict['state'] | 'desired' | 'releasing', number>>;
  /** The first of those that need a person: wrong entries first, then refusals, then what others hold. */
  readonly failures: readonly Rejected[];
  /** The first device that is held elsewhere or was let go of. */
  readonly conflict?: Rejected;
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
  const refused: Rejected[] = [];
  const conflicted: Rejected[] = [];
  let told = 0;
  for (const { subject, verdict } of report.verdicts) {
    told += 1;
    counts[verdict.state] += 1;
    if (verdict.state === 'failed') note(refused, subject, verdict);
    if (verdict.state === 'conflicted') note(conflicted, subject, verdict);
  }
  const unreleased = report.releaseFailures.map(({ subject, failure }) => ({
    device: describeIdentity(subject),
    code: failure.code,
    message: failure.message,
  }));
  counts.pending += Math.max(0, declared.count - told);
  counts.failed += declared.rejected.length;
  counts.desired += declared.rejected.length;
  const failures = [...declared.rejected, ...refused, ...unreleased, ...conflicted].slice(0, MAX_FAILURES);
  const [conflict] = conflicted;
  return { counts, failures, ...(conflict === undefined ? {} : { conflict }) };
}

function note(list: Rejected[], subject: DeviceTypes['subject'], verdict: DeviceVerdict): void {
  if (list.length >= MAX_FAILURES) return;
  list.push({
    device: describeIdentity(subject),
    code: verdict.code ?? 'UNKNOWN',
    message: verdict.message ?? 'the vendor gave no reason',
  });
}

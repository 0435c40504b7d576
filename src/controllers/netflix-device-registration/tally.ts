import type { RegistrationTypes, RegistrationVerdict } from '../../domain/registration/facts.ts';
import type { HolderReport } from '../../engine/lane.ts';
import type { Lists } from '../lists/declared.ts';
import type { Rejected } from '../lists/item-list.ts';

/** At most so many failures stand in status, the rest is counted (crds/netflixdeviceregistrations.yaml). */
const MAX_FAILURES = 50;

export interface Tally {
  readonly counts: Readonly<Record<RegistrationVerdict['state'] | 'desired' | 'releasing', number>>;
  /** The first of those that need a person: wrong entries first, then what the vendor and others say. */
  readonly failures: readonly Rejected[];
}

/** How many devices of a resource stand where. Every entry of the list is counted, wrong ones as failed. */
export function tally(
  { count, rejected }: Pick<Lists, 'count' | 'rejected'>,
  report: Pick<HolderReport<RegistrationTypes>, 'verdicts' | 'releasing' | 'releaseFailures'>,
): Tally {
  const counts = {
    desired: count + rejected.length,
    registered: 0,
    unconfirmed: 0,
    pending: 0,
    failed: rejected.length,
    conflicted: 0,
    releasing: report.releasing,
  };
  const refused: Rejected[] = [];
  let told = 0;
  for (const { subject, verdict } of report.verdicts) {
    told += 1;
    counts[verdict.state] += 1;
    if (verdict.state === 'registered' || verdict.state === 'pending') continue;
    const { code = 'UNKNOWN', message = 'the vendor gave no reason' } = verdict;
    if (refused.length < MAX_FAILURES) refused.push({ device: `esn:${subject.esn}`, code, message });
  }
  counts.pending += Math.max(0, count - told);
  const unreleased = report.releaseFailures.map(({ subject, failure }) => ({
    device: `esn:${subject.esn}`,
    code: failure.code,
    message: failure.message,
  }));
  return { counts, failures: [...rejected, ...refused, ...unreleased].slice(0, MAX_FAILURES) };
}

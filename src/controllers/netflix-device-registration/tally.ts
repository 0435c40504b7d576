import type { RegistrationTypes, RegistrationVerdict } from '../../domain/registration/facts.ts';
import type { HolderReport } from '../../engine/lane.ts';
import type { Lists } from '../lists/declared.ts';
import { MAX_FAILURES, type NamedFailure, note } from '../lists/failures.ts';
import { ESN_LIST } from './esns.ts';

export interface Tally {
  readonly counts: Readonly<Record<RegistrationVerdict['state'] | 'desired' | 'releasing', number>>;
  /** The first of those that need a person: wrong entries first, then what the vendor and others say. */
  readonly failures: readonly NamedFailure[];
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
    lost: 0,
    pending: 0,
    failed: rejected.length,
    conflicted: 0,
    releasing: report.releasing,
  };
  const refused: NamedFailure[] = [];
  let told = 0;
  for (const { subject, verdict } of report.verdicts) {
    told += 1;
    counts[verdict.state] += 1;
    if (verdict.state === 'registered' || verdict.state === 'pending') continue;
    note(refused, ESN_LIST.describe(subject), verdict);
  }
  counts.pending += Math.max(0, count - told);
  const unreleased: NamedFailure[] = [];
  for (const { subject, failure } of report.releaseFailures) {
    note(unreleased, ESN_LIST.describe(subject), failure);
  }
  return { counts, failures: [...rejected, ...refused, ...unreleased].slice(0, MAX_FAILURES) };
}

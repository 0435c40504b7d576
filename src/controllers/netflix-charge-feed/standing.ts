import type { ChargeTypes } from '../../domain/charge/facts.ts';
import type { HolderReport } from '../../engine/lane.ts';
import type { Finding } from '../../kube/conditions.ts';
import type { Failure } from '../../ports/failure.ts';
import { HELD } from '../held.ts';
import type { Standing } from '../standing.ts';

/** What a feed is told of its charges. */
export interface Tally {
  readonly pending: number;
  readonly review: number;
  readonly failed: number;
  readonly conflict?: string;
  readonly failure?: string;
}

export function tally({ verdicts }: Pick<HolderReport<ChargeTypes>, 'verdicts'>): Tally {
  let [pending, review, failed] = [0, 0, 0];
  let conflict: string | undefined;
  let failure: string | undefined;
  for (const { verdict } of verdicts) {
    const { state, code = '', message = '' } = verdict;
    if (state === 'pending') pending += 1;
    if (state === 'review') review += 1;
    if (state === 'failed') failed += 1;
    if (state === 'conflicted') conflict ??= message;
    if (state === 'failed') failure ??= `${code}: ${message}`;
  }
  return {
    pending,
    review,
    failed,
    ...(conflict === undefined ? {} : { conflict }),
    ...(failure === undefined ? {} : { failure }),
  };
}

type Facts = Pick<HolderReport<ChargeTypes>, 'held' | 'moving' | 'readFailure' | 'unresolved'>;

/** Nor is waiting for the quota, or a list that is read twice because its own acknowledgements emptied it. */
function isNoTrouble({ kind, code }: Failure): boolean {
  return kind === 'throttled' || code === 'LIST_SHRANK';
}

/**
 * How a feed stands, the first row that fits:
 *
 * | facts                                     | standing | reason                              |
 * | ----------------------------------------- | -------- | ----------------------------------- |
 * | another feed has the operator's charges   | stalled  | DeclaredElsewhere                   |
 * | the list cannot be read                   | moving   | VendorUnreachable                   |
 * | it was never read                         | moving   | Progressing                         |
 * | an acknowledgement is due and held        | stalled  | ModeObserve, ModePlan, …            |
 * | charges are being recorded, acknowledged  | moving   | Progressing                         |
 * | one cannot be recorded, or told of        | stalled  | ChargesFailed                       |
 * | a person must look at some                | stalled  | ChargesForReview                    |
 * | nothing is left to do                     | ready    | Drained                             |
 */
export function standingOf(
  { pending, review, failed, ...told }: Tally,
  facts: Facts,
  isRead: boolean,
): Standing {
  if (told.conflict !== undefined) {
    return { is: 'stalled', reason: 'DeclaredElsewhere', message: told.conflict };
  }
  if (facts.readFailure !== undefined && !isNoTrouble(facts.readFailure)) {
    const why = `${facts.readFailure.code}: ${facts.readFailure.message}`;
    return { is: 'moving', reason: 'VendorUnreachable', message: `the charges cannot be read (${why})` };
  }
  if (!isRead) return { is: 'moving', reason: 'Progressing', message: 'the charges are being read' };
  if (facts.held !== undefined && pending > 0) return HELD[facts.held];
  if (pending > 0 || facts.moving) {
    return { is: 'moving', reason: 'Progressing', message: 'charges are being recorded or acknowledged' };
  }
  if (failed > 0) {
    return { is: 'stalled', reason: 'ChargesFailed', message: told.failure ?? 'a charge cannot be recorded' };
  }
  if (review > 0) return { is: 'stalled', reason: 'ChargesForReview', message: REVIEW };
  return { is: 'ready', reason: 'Drained', message: 'every charge that the vendor lists is recorded' };
}

const REVIEW =
  'a person must look at some charges, which are recorded and never acknowledged: kubectl get netflixcharges shows which and why';

/** What is true of a feed beside its standing. */
export function besides({ review, conflict }: Tally): readonly Finding[] {
  if (conflict !== undefined) {
    return [{ type: 'Conflicted', status: 'True', reason: 'DeclaredElsewhere', message: conflict }];
  }
  if (review === 0) return [];
  return [{ type: 'Degraded', status: 'True', reason: 'ChargesForReview', message: REVIEW }];
}

import { REQUEST_DEADLINE_MS } from '../../../http/http-client.ts';
import type { ClusterAccess } from '../../../kube/config.ts';
import type { LeaseTerms } from '../../../kube/lease/decide.ts';
import type { ObjectRef } from '../../../kube/object.ts';
import type { Around } from '../../../observability/decorate.ts';
import type { Log } from '../../../observability/log.ts';
import type { LeadershipMetrics } from '../../../observability/metrics/leadership.ts';
import type { Leadership } from '../../../ports/leadership.ts';
import { startElection } from './election.ts';
import { beginTerm } from './leadership.ts';
import { whileHeld } from './while-held.ts';

/** The right to act, for as long as it lasts. */
export interface Seat {
  readonly leadership: Leadership;
  /** Keeps our own records from a process that does not lead any more. */
  readonly around: Around;
  /** Leaves it to the next one, once nothing is left to be done. */
  giveBack(): Promise<void>;
}

/** Without election there is one controller, and its number is 0. */
export const ONLY_SEAT: Seat = {
  leadership: { fence: 0, mayWrite: () => true, confirm: async () => true },
  around: (_call, run) => run(),
  giveBack: async () => {},
};

export interface Candidacy {
  readonly access: ClusterAccess;
  readonly userAgent: string;
  readonly lease: ObjectRef;
  readonly terms: LeaseTerms;
  readonly log: Log;
  readonly metrics: LeadershipMetrics;
  /** The longest a vendor request may take, in milliseconds; only a test has another one. */
  readonly longestRequestMs?: number;
  /** The lease is lost: this process must end, at once. */
  readonly onLost: () => void;
}

/** Stands by until this process leads; undefined when the signal aborts before. */
export async function takeSeat(candidacy: Candidacy, signal: AbortSignal): Promise<Seat | undefined> {
  const { lease, terms, log, metrics } = candidacy;
  const about = { lease, identity: terms.identity };
  log.info(about, 'standing by for the lease');
  const election = await startElection({
    ...candidacy,
    onFailure: (failure) => {
      metrics.renewalFailed();
      log.warn({ ...failure }, 'attempt at the lease failed');
    },
  });
  metrics.leads(() => election.isHeld());
  void election.lost.then((reason) => {
    log.error({ ...about, reason }, 'the lease is lost');
    return candidacy.onLost();
  });
  const fence = await election.leading(signal);
  if (fence === undefined) {
    await election.giveBack();
    return undefined;
  }
  const longestRequestMs = candidacy.longestRequestMs ?? REQUEST_DEADLINE_MS;
  const { leadership, writesAfterMs } = beginTerm(election, fence, terms, longestRequestMs);
  log.info({ ...about, fence, writesAfterMs }, 'leading');
  return {
    leadership,
    around: whileHeld(() => election.isHeld()),
    giveBack: async () => {
      await election.giveBack();
      log.info(about, 'the lease is given back');
    },
  };
}

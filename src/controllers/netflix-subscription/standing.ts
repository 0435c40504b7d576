import type { SubscriptionTypes, SubscriptionVerdict } from '../../domain/subscription/facts.ts';
import type { HolderReport } from '../../engine/lane.ts';
import type { Finding } from '../../kube/conditions.ts';
import { HELD } from '../held.ts';
import { type Standing, unreachable } from '../standing.ts';

type Facts = Pick<HolderReport<SubscriptionTypes>, 'held' | 'moving' | 'readFailure' | 'unresolved'>;

/**
 * How a subscription stands, the first row that fits:
 *
 * | facts                                        | standing | reason                                            |
 * | -------------------------------------------- | -------- | ------------------------------------------------- |
 * | as declared                                  | ready    | SubscriptionActive, …Suspended, …Cancelled        |
 * | another resource has it                      | stalled  | DeclaredElsewhere                                 |
 * | stopped                                      | stalled  | as its code: RecordLost, TokenLost, TokenExpired… |
 * | no read can tell whether a write happened    | stalled  | OutcomeUnknown                                    |
 * | a write is due and held                      | stalled  | ModeObserve, ModePlan, GuardBlocked…              |
 * | the vendor cannot be read                    | moving   | VendorUnreachable                                 |
 * | created, the subscriber has to register      | moving   | RegistrationOpen                                  |
 * | anything else                                | moving   | Progressing                                       |
 */
export function standingOf(verdict: SubscriptionVerdict | undefined, facts: Facts): Standing {
  const { state, code = '', message = '' } = verdict ?? { state: 'pending' };
  const ready = READY[state];
  if (ready !== undefined) return { is: 'ready', ...ready };
  if (state === 'conflicted') return { is: 'stalled', reason: 'DeclaredElsewhere', message };
  if (state === 'failed') {
    const reason = REASON_OF[code];
    // A reason of our own says the code; the vendor's is named.
    if (reason !== undefined) return { is: 'stalled', reason, message };
    return { is: 'stalled', reason: 'SubscriptionRefused', message: `${code}: ${message}` };
  }
  if (facts.unresolved) return { is: 'stalled', reason: 'OutcomeUnknown', message: UNRESOLVED };
  if (facts.held !== undefined) return HELD[facts.held];
  // Waiting for the quota is no trouble.
  if (facts.readFailure !== undefined && facts.readFailure.kind !== 'throttled') {
    return unreachable(facts.readFailure);
  }
  if (state === 'registrationOpen') return { is: 'moving', reason: 'RegistrationOpen', message };
  return {
    is: 'moving',
    reason: 'Progressing',
    message: code === '' ? 'the subscription is looked up or changed' : `${code}: ${message}`,
  };
}

/** What is true of a subscription beside its standing. */
export function besides(verdict: SubscriptionVerdict | undefined): readonly Finding[] {
  if (verdict?.state === 'conflicted') {
    const message = verdict.message ?? '';
    return [{ type: 'Conflicted', status: 'True', reason: 'DeclaredElsewhere', message }];
  }
  if (verdict?.state !== 'registrationOpen') return [];
  const message = 'the subscriber has to register at Netflix; nobody else can';
  return [{ type: 'AwaitingCustomer', status: 'True', reason: 'RegistrationOpen', message }];
}

const UNRESOLVED =
  'whether the last write happened is not known and no read can tell; find out, then use vendorplane resolve';

const READY: Readonly<Partial<Record<SubscriptionVerdict['state'], { reason: string; message: string }>>> = {
  active: { reason: 'SubscriptionActive', message: 'the subscriber watches' },
  suspended: {
    reason: 'SubscriptionSuspended',
    message: 'it was suspended, and no look has contradicted that since',
  },
  cancelled: { reason: 'SubscriptionCancelled', message: 'the customer has no living subscription' },
};

/** Reasons of conditions are CamelCase; each of these is told apart by whoever acts on it. */
const REASON_OF: Readonly<Record<string, string>> = {
  RECORD_LOST: 'RecordLost',
  TERMINATED_BY_NETFLIX: 'TerminatedByNetflix',
  TOKEN_EXPIRED: 'TokenExpired',
  TOKEN_LOST: 'TokenLost',
  SUBSCRIPTION_CANCELLED: 'CancelledAtVendor',
  SUBSCRIPTION_GONE: 'GoneAtVendor',
  STATE_CONTRADICTED: 'StateContradicted',
  UNKNOWN_STATE: 'UnknownState',
  AMBIGUOUS_SUBSCRIPTION: 'AmbiguousSubscription',
  NOTHING_TO_SUSPEND: 'NothingToSuspend',
  TOKEN_SECRET_MISSING: 'TokenSecretMissing',
  SECRET_IN_USE: 'TokenSecretInUse',
  UNKNOWN_PROMOTION: 'UnknownPromotion',
  INVALID_REGISTRATION: 'InvalidRegistration',
  RELEASE_HELD: 'DeclaredElsewhere',
};

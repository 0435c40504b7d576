/** The spec of a coordination.k8s.io/v1 Lease. */
export interface LeaseSpec {
  readonly holderIdentity?: string | null;
  readonly leaseDurationSeconds?: number | null;
  readonly acquireTime?: string | null;
  readonly renewTime?: string | null;
  readonly leaseTransitions?: number | null;
}

/** How a lease is held. */
export interface LeaseTerms {
  /** Unique to this process: two that share it would both believe to hold the lease. */
  readonly identity: string;
  /** Nobody else takes the lease before it stood unchanged for so long. Whole seconds, in milliseconds. */
  readonly leaseDurationMs: number;
  /** The holder gives up when no renewal succeeded for so long, in milliseconds; shorter than leaseDurationMs. */
  readonly renewDeadlineMs: number;
  /** Between two attempts, in milliseconds; shorter than renewDeadlineMs. */
  readonly retryPeriodMs: number;
}

/** A moment on both clocks, in milliseconds. */
export interface Moment {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/** What a process that does not lead does next. */
export type Candidacy = { readonly type: 'acquire'; readonly fence: number } | { readonly type: 'standBy' };

/** What is wrong with these terms, in one sentence, or undefined. */
export function termsFault(terms: LeaseTerms): string | undefined {
  if (terms.identity === '') return 'the identity is empty';
  if (terms.leaseDurationMs < 1000 || terms.leaseDurationMs % 1000 !== 0) {
    return 'the lease duration is not a whole number of seconds';
  }
  if (terms.renewDeadlineMs >= terms.leaseDurationMs)
    return 'the renew deadline is not below the lease duration';
  if (terms.retryPeriodMs <= 0) return 'the retry period is not above zero';
  if (terms.retryPeriodMs >= terms.renewDeadlineMs) return 'the retry period is not below the renew deadline';
  return undefined;
}

/**
 * May the lease be taken? `unchangedForMs`: how long it has looked like this, by our own monotonic clock;
 * the holder's clock is never compared with ours.
 *
 * | Lease | Answer |
 * | --- | --- |
 * | absent | acquire, first term |
 * | released (no holder) | acquire, next term |
 * | held, changed within its duration | stand by |
 * | held, unchanged for its duration | acquire, next term |
 *
 * That it carries our own identity changes nothing: it is then of a process that died. `leastFence` is above
 * every fence known to have been used: a Lease that somebody deleted must not make fences begin anew.
 */
export function decideCandidacy(
  lease: LeaseSpec | undefined,
  unchangedForMs: number,
  terms: LeaseTerms,
  leastFence: number,
): Candidacy {
  if (lease === undefined) return { type: 'acquire', fence: leastFence };
  const fence = Math.max((lease.leaseTransitions ?? 0) + 1, leastFence);
  if ((lease.holderIdentity ?? '') === '') return { type: 'acquire', fence };
  const durationMs = (lease.leaseDurationSeconds ?? terms.leaseDurationMs / 1000) * 1000;
  return unchangedForMs >= durationMs ? { type: 'acquire', fence } : { type: 'standBy' };
}

/** Is this lease ours, of this term? */
export function isHeldBy(lease: LeaseSpec | undefined, identity: string, fence: number): boolean {
  return lease?.holderIdentity === identity && (lease.leaseTransitions ?? 0) === fence;
}

/**
 * May the holder still act, having asked at `renewedAt` for the renewal that succeeded last?
 *
 * Both clocks must say so: the monotonic one stands still while a machine sleeps, the wall clock may be set back.
 */
export function isTermValid(renewedAt: Moment, now: Moment, terms: LeaseTerms): boolean {
  return (
    now.monotonicMs - renewedAt.monotonicMs < terms.renewDeadlineMs &&
    now.wallMs - renewedAt.wallMs < terms.renewDeadlineMs
  );
}

/** The lease as its holder writes it. */
export function heldLease(
  terms: LeaseTerms,
  fence: number,
  acquiredAtMs: number,
  renewedAtMs: number,
): LeaseSpec {
  return {
    holderIdentity: terms.identity,
    leaseDurationSeconds: terms.leaseDurationMs / 1000,
    acquireTime: microTime(acquiredAtMs),
    renewTime: microTime(renewedAtMs),
    leaseTransitions: fence,
  };
}

/** The lease as it is given back: the next one need not wait. */
export function releasedLease(held: LeaseSpec, nowMs: number): LeaseSpec {
  return { ...held, holderIdentity: '', leaseDurationSeconds: 1, renewTime: microTime(nowMs) };
}

/** metav1.MicroTime: exactly six digits, or the API server refuses it. */
function microTime(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '000Z');
}

import type { Clock } from '../../ports/clock.ts';
import { type Failure, ok, type Result } from '../../ports/failure.ts';
import type { KubeClient } from '../client.ts';
import { startDeadline } from '../deadline.ts';
import type { KubeObject, ObjectRef } from '../object.ts';
import { defineResource } from '../resource.ts';
import {
  decideCandidacy,
  heldLease,
  isHeldBy,
  isTermValid,
  type LeaseSpec,
  type LeaseTerms,
  type Moment,
  releasedLease,
  termsFault,
} from './decide.ts';

export interface Lease extends KubeObject<LeaseSpec> {
  readonly kind?: 'Lease';
}

export const LEASES = defineResource<Lease>({
  group: 'coordination.k8s.io',
  version: 'v1',
  plural: 'leases',
  kind: 'Lease',
  namespaced: true,
});

export interface ElectorOptions {
  readonly client: KubeClient;
  readonly clock: Clock;
  /** 0 up to 1. */
  readonly random: () => number;
  /** Namespace and name of the Lease. */
  readonly lease: ObjectRef;
  readonly terms: LeaseTerms;
  /** A term began. `fence` grows with every term, of whichever process. */
  readonly onStarted: (fence: number) => void;
  /** The term is over, or is about to be given back: it waits for this before it does so. Must not reject. */
  readonly onLost: () => void | Promise<void>;
  readonly onFailure?: (failure: Failure) => void;
  /** The lease is ours, as asked for at this moment: when a term begins, before `onStarted`, and with each renewal. */
  readonly onHeld?: (askedAt: Moment) => void;
  /** Above every fence that our records hold, for when the Lease is gone. Default 0. */
  readonly leastFence?: () => number;
}

export interface Elector {
  /** True only while the lease is certainly ours, by both clocks, at this very moment. */
  isLeader(): boolean;
  /** Of the term that runs, or of the last one; undefined before the first. */
  fence(): number | undefined;
  /** Reads the lease: does it still name us, for this term? For what can never be undone. */
  confirm(signal: AbortSignal): Promise<Result<boolean>>;
  /** Resolves once the signal has aborted and the lease is given back. Never rejects. */
  readonly done: Promise<void>;
}

interface Term {
  readonly fence: number;
  readonly acquiredAtMs: number;
  /** When the renewal that succeeded last was asked for. */
  renewedAt: Moment;
  lease: Lease;
}

/** Giving the lease back is a courtesy: it gets this long, in milliseconds. ASSUMED. */
const RELEASE_DEADLINE_MS = 5_000;

/** Stands for leadership until the signal aborts, term after term. Throws on terms that cannot hold. */
export function startElector(options: ElectorOptions, signal: AbortSignal): Elector {
  const { client, clock, terms } = options;
  const fault = termsFault(terms);
  if (fault !== undefined) throw new Error(`leader election: ${fault}`);
  let term: Term | undefined;
  let lastFence: number | undefined;
  let sighted: { readonly resourceVersion: string; readonly atMs: number } | undefined;

  function moment(): Moment {
    return { wallMs: clock.now(), monotonicMs: clock.monotonic() };
  }

  function report(failure: Failure): void {
    if (!signal.aborted) options.onFailure?.(failure);
  }

  /** The lease, or undefined when there is none; null when nobody knows. */
  async function read(within: AbortSignal): Promise<Lease | undefined | null> {
    const found = await client.get(LEASES, options.lease, within);
    if (found.ok) return found.value;
    if (found.failure.kind === 'notFound') return undefined;
    report(found.failure);
    return null;
  }

  /** How long the lease has looked like this, as far as we saw. */
  function unchangedForMs(lease: Lease | undefined): number {
    const resourceVersion = lease?.metadata.resourceVersion ?? '';
    const atMs = clock.monotonic();
    if (sighted?.resourceVersion !== resourceVersion) sighted = { resourceVersion, atMs };
    return atMs - sighted.atMs;
  }

  async function write(
    standing: Lease | undefined,
    spec: LeaseSpec,
    within: AbortSignal,
  ): Promise<Result<Lease>> {
    if (standing === undefined) return client.create(LEASES, { metadata: options.lease, spec }, within);
    // With its version, so that of several who try one succeeds; with its uid, so that a deleted one stays deleted.
    const { uid, resourceVersion, labels, annotations } = standing.metadata;
    const metadata = {
      ...options.lease,
      uid,
      resourceVersion,
      ...(labels !== undefined && { labels }),
      ...(annotations !== undefined && { annotations }),
    };
    return client.replace(LEASES, { metadata, spec }, within);
  }

  async function stand(): Promise<void> {
    const standing = await read(signal);
    if (standing === null) return;
    const leastFence = Math.max(options.leastFence?.() ?? 0, lastFence === undefined ? 0 : lastFence + 1);
    const decision = decideCandidacy(standing?.spec, unchangedForMs(standing), terms, leastFence);
    if (decision.type === 'standBy') return;
    const { fence } = decision;
    const askedAt = moment();
    const spec = heldLease(terms, fence, askedAt.wallMs, askedAt.wallMs);
    const written = await write(standing, spec, signal);
    if (!written.ok) return report(written.failure);
    lastFence = fence;
    term = { fence, acquiredAtMs: askedAt.wallMs, renewedAt: askedAt, lease: written.value };
    options.onHeld?.(askedAt);
    options.onStarted(fence);
  }

  /** One attempt to renew. False when the lease is another's. */
  async function renew(held: Term): Promise<boolean> {
    const askedAt = moment();
    const leftMs = terms.renewDeadlineMs - (askedAt.monotonicMs - held.renewedAt.monotonicMs);
    const deadline = startDeadline(clock, leftMs, signal);
    try {
      const spec = heldLease(terms, held.fence, held.acquiredAtMs, askedAt.wallMs);
      const written = await write(held.lease, spec, deadline.signal);
      if (written.ok) {
        held.lease = written.value;
        held.renewedAt = askedAt;
        options.onHeld?.(askedAt);
        return true;
      }
      report(written.failure);
      if (written.failure.kind !== 'conflict' && written.failure.kind !== 'notFound') return true;
      // Somebody wrote: another holder, or a person who set a label, or a renewal of ours whose answer was lost.
      const standing = await read(deadline.signal);
      if (standing === null) return true;
      if (standing === undefined || !isHeldBy(standing.spec, terms.identity, held.fence)) return false;
      held.lease = standing;
      return true;
    } finally {
      deadline.clear();
    }
  }

  async function lead(held: Term): Promise<void> {
    while (!signal.aborted && isTermValid(held.renewedAt, moment(), terms)) {
      await clock.sleep(terms.retryPeriodMs, signal);
      if (signal.aborted || !isTermValid(held.renewedAt, moment(), terms)) break;
      if (!(await renew(held))) break;
    }
    // From here on isLeader is false; what was begun may end before another can begin.
    const isOurs = isTermValid(held.renewedAt, moment(), terms);
    term = undefined;
    await options.onLost();
    if (signal.aborted && isOurs) await release(held);
  }

  async function release(held: Term): Promise<void> {
    const deadline = startDeadline(clock, RELEASE_DEADLINE_MS, new AbortController().signal);
    const spec = heldLease(terms, held.fence, held.acquiredAtMs, held.renewedAt.wallMs);
    await write(held.lease, releasedLease(spec, clock.now()), deadline.signal);
    deadline.clear();
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      await stand();
      if (term !== undefined) await lead(term);
      // Spread, so that candidates do not ask all at once.
      const pauseMs = terms.retryPeriodMs * (1 + options.random());
      await clock.sleep(pauseMs, signal);
    }
  }

  return {
    isLeader: () => term !== undefined && !signal.aborted && isTermValid(term.renewedAt, moment(), terms),
    fence: () => lastFence,
    async confirm(within) {
      const held = term;
      if (held === undefined) return ok(false);
      const found = await client.get(LEASES, options.lease, within);
      return found.ok ? ok(isHeldBy(found.value.spec, terms.identity, held.fence)) : found;
    },
    done: run(),
  };
}

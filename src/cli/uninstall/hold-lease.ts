import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { KubeClient } from '../../kube/client.ts';
import type { LeaseTerms } from '../../kube/lease/decide.ts';
import { LEASES, startElector } from '../../kube/lease/elector.ts';
import { keyOf, type ObjectRef } from '../../kube/object.ts';
import type { Failure } from '../../ports/failure.ts';
import { Sentence } from '../exit.ts';
import { systemClock, systemRandom } from '../system.ts';

/** A controller's Lease in our hands: whoever leads by it cannot act meanwhile. */
export interface HeldLease {
  /** Throws when it is not ours any more. */
  check(): void;
  giveBack(): Promise<void>;
}

/** As the controller's own defaults. */
const TERMS: Omit<LeaseTerms, 'identity'> = {
  leaseDurationMs: 15_000,
  renewDeadlineMs: 10_000,
  retryPeriodMs: 2_000,
};

/** How often somebody else's lease is looked at, in milliseconds. */
const LOOK_EVERY_MS = 500;

type Answer =
  | { readonly is: 'ours' }
  /** Somebody who lives holds it. */
  | { readonly is: 'theirs'; readonly holder: string }
  | { readonly is: 'refused'; readonly failure: Failure };

/**
 * Takes the Lease of a controller, as another controller would. Ends the command with one sentence when the lease
 * is being renewed, because then a controller lives that would set again what is taken off. One that was left by
 * a dead process is waited for.
 */
export async function holdLease(
  client: KubeClient,
  lease: ObjectRef,
  signal: AbortSignal,
): Promise<HeldLease> {
  const stop = new AbortController();
  const over = AbortSignal.any([stop.signal, signal]);
  const identity = `uninstall_${hostname()}_${randomBytes(6).toString('hex')}`;
  const answer = Promise.withResolvers<Answer>();
  const elector = startElector(
    {
      client,
      clock: systemClock,
      random: systemRandom,
      lease,
      terms: { ...TERMS, identity },
      onStarted: () => answer.resolve({ is: 'ours' }),
      onLost: () => undefined,
      onFailure: (failure) => {
        // Anything else is somebody who was quicker, or passes: it is tried again.
        if (failure.kind === 'unauthorized') answer.resolve({ is: 'refused', failure });
      },
    },
    over,
  );
  void watchHolder(client, lease, identity, over).then(answer.resolve);
  const giveBack = async (): Promise<void> => {
    stop.abort();
    await elector.done;
  };

  const found = await answer.promise;
  if (found.is !== 'ours') {
    await giveBack();
    throw new Sentence(found.is === 'refused' ? found.failure.message : livesElsewhere(lease, found.holder));
  }
  return {
    check: () => {
      if (!elector.isLeader()) throw new Sentence(`the Lease ${keyOf(lease)} was lost; run it again`);
    },
    giveBack,
  };
}

/** Answers once the lease was renewed by somebody else while we looked, or cannot be read at all. */
async function watchHolder(
  client: KubeClient,
  lease: ObjectRef,
  identity: string,
  signal: AbortSignal,
): Promise<Answer> {
  let first: string | undefined;
  while (!signal.aborted) {
    const found = await client.get(LEASES, lease, signal);
    if (!found.ok && found.failure.kind !== 'notFound') return { is: 'refused', failure: found.failure };
    const { holderIdentity, renewTime } = found.ok ? (found.value.spec ?? {}) : {};
    if (Boolean(holderIdentity) && holderIdentity !== identity) {
      const sight = `${holderIdentity} ${renewTime}`;
      if (first !== undefined && first !== sight) return { is: 'theirs', holder: holderIdentity ?? '' };
      first = sight;
    }
    await systemClock.sleep(LOOK_EVERY_MS, signal);
  }
  return { is: 'theirs', holder: 'nobody, as the command was stopped' };
}

function livesElsewhere(lease: ObjectRef, holder: string): string {
  return `a controller is running (the Lease ${keyOf(lease)} is held by ${holder}); scale it down first, then run this again`;
}

import { describe, expect, test } from 'vitest';
import { createFleet } from '../../../src/controllers/fleet.ts';
import {
  type NetflixSubscriptionDeps,
  reconcileNetflixSubscription,
} from '../../../src/controllers/netflix-subscription/reconcile.ts';
import type { SubscriptionVerdict } from '../../../src/domain/subscription/facts.ts';
import type { Account } from '../../../src/engine/account.ts';
import { type ReconcileResult, settled, stalled } from '../../../src/kube/controller.ts';
import { ok } from '../../../src/ports/failure.ts';
import { createTestClock } from '../../support/clock.ts';

/** One pass over a subscription of which the account says this. */
async function pass(verdict: SubscriptionVerdict): Promise<ReconcileResult> {
  const object = {
    metadata: { namespace: 'tv', name: 'ann', uid: 'u', resourceVersion: '1', generation: 1 },
    spec: {
      accountRef: { name: 'operator' },
      billingSystemCustomerIdentifier: 'ann',
      state: 'Active',
      recreateAfterCancel: false,
      releasePolicy: 'Keep',
      suspend: false,
    },
  };
  const account = {
    summary: () => ({ facts: {} }),
    subscriptions: {
      declare: () => undefined,
      report: () => ({
        verdicts: [{ subject: { customer: 'ann' }, verdict }],
        operations: [],
        moving: false,
        unresolved: false,
      }),
    },
  } as unknown as Account;
  const fleet = createFleet();
  fleet.open('tv/operator', { account, scope: 'scope' });
  const deps = {
    subscriptions: { get: () => object },
    accounts: { get: () => ({ metadata: { name: 'operator' }, spec: { vendor: 'CrmComNetflix' } }) },
    registrations: { readerFor: () => () => ({ state: 'absent' }) },
    fleet,
    finalizers: { add: async () => ok(undefined), remove: async () => ok(undefined) },
    reporter: {
      status: { write: async () => ok('written') },
      announce: () => undefined,
      clock: createTestClock(),
    },
  } as unknown as NetflixSubscriptionDeps;
  return reconcileNetflixSubscription(deps, 'tv/ann', new AbortController().signal);
}

describe('a subscription without news is looked at again', () => {
  test.each(['active', 'suspended', 'cancelled'] as const)(
    'after ten minutes where it stands as declared (%s): what changes it says so',
    async (state) => {
      expect(await pass({ state })).toEqual(settled(600_000));
    },
  );

  test.each([
    ['moves', { state: 'pending' }, settled(30_000)],
    ['waits for the subscriber', { state: 'registrationOpen', message: 'm' }, settled(30_000)],
    ['needs a person', { state: 'failed', code: 'TOKEN_LOST', message: 'm' }, stalled('TokenLost', 30_000)],
  ] as const)('after half a minute where it %s', async (_what, verdict, result) => {
    expect(await pass(verdict)).toEqual(result);
  });
});

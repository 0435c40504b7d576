import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RELEASE_FINALIZER } from '../../src/controllers/resources.ts';
import { arm, turn, type World } from '../simulators/crmcom-netflix/world.ts';
import { type OperatorScene, startOperator, subscriberRegisters, subscription } from '../support/netflix.ts';
import { bePatient } from '../support/patience.ts';
import { condition, type Stage, startStage } from '../support/stage.ts';

bePatient();

let stage: Stage;
const worlds: World[] = [];

beforeAll(async () => {
  stage = await startStage();
  stage.startController();
});

afterAll(async () => {
  const faults = stage.faults();
  const log = stage.controllerLog();
  await stage.close();
  for (const world of worlds) await world[Symbol.asyncDispose]();
  expect(faults).toEqual([]);
  expect(log).not.toContain('fault in our own code');
});

function operator(namespace: string, spec: object = {}): Promise<OperatorScene> {
  return startOperator(stage, namespace, worlds, spec);
}

/** A subscriber of before us, and a resource that names them. */
async function adopted(namespace: string, state: string, spec = {}): Promise<OperatorScene> {
  const scene = await operator(namespace);
  await scene.world.admin('POST', '/subscribers', { customer: 'ann', state });
  await scene.apply(subscription('ann', spec));
  return scene;
}

const KIND = 'NetflixSubscription';

describe.concurrent('a subscription', () => {
  test('is created once, its token goes into its Secret, and it is Ready when the subscriber registered', async () => {
    const scene = await operator('netflix-create');
    await scene.world.admin('POST', '/promotions', { code: '14', name: 'Test' });
    await scene.apply(subscription('ann', { registration: { promotionCode: '14', firstName: 'Ann' } }));
    const open = await scene.until(
      KIND,
      'ann',
      'waiting for the subscriber',
      (object) => condition(object)?.reason === 'RegistrationOpen',
    );
    expect(condition(open, 'AwaitingCustomer')?.status).toBe('True');
    expect(condition(open, 'Reconciling')?.status).toBe('True');
    expect(open.status?.['lastConfirmedAction']).toMatchObject({ verb: 'createSubscription' });
    expect(open.status?.['tokenExpiresAt']).toBeDefined();
    const texts = await scene.secretTexts('ann-token');
    expect(texts?.['token']).toMatch(/^[0-9a-f]{32}$/);
    expect(texts?.['subscriptionNumber']).toBe(open.status?.['subscriptionNumber']);

    await subscriberRegisters(scene, 'ann');
    const ready = await scene.settled(KIND, 'ann', 'SubscriptionActive');
    expect(ready.status).toMatchObject({
      lifeCycleState: 'EFFECTIVE',
      netflixState: 'EFFECTIVE',
      promotions: ['14'],
    });
    expect(await scene.effects('subscriptions.create')).toBe(1);
    const log = stage.controllerLog();
    expect(log).not.toContain(texts?.['token']);
    expect(log).not.toContain(scene.world.user.password);
  });

  test('is suspended, unsuspended and cancelled by edits of its state', async () => {
    const scene = await adopted('netflix-edits', 'effective');
    await scene.settled(KIND, 'ann', 'SubscriptionActive');
    await scene.patch(KIND, 'ann', { spec: { state: 'Suspended' } });
    const suspended = await scene.settled(KIND, 'ann', 'SubscriptionSuspended');
    expect(suspended.status).toMatchObject({
      netflixState: 'NOT_EFFECTIVE',
      lastConfirmedAction: { verb: 'suspendSubscription' },
    });
    await scene.patch(KIND, 'ann', { spec: { state: 'Active' } });
    await scene.settled(KIND, 'ann', 'SubscriptionActive');
    await scene.patch(KIND, 'ann', { spec: { state: 'Cancelled' } });
    await scene.settled(KIND, 'ann', 'SubscriptionCancelled');
    const sent = await scene.sent();
    expect(sent.map(({ endpoint }) => endpoint)).toEqual([
      'subscriptions.suspend',
      'subscriptions.unsuspend',
      'subscriptions.cancel',
    ]);
  });

  test('that nobody has a record of is RecordLost while it is not effective, and nothing is sent', async () => {
    const scene = await adopted('netflix-record-lost', 'suspended');
    await scene.settled(KIND, 'ann', 'RecordLost');
    expect(await scene.sent()).toEqual([]);
  });

  test('that Netflix terminated is told apart from one that was suspended', async () => {
    const scene = await adopted('netflix-terminated', 'effective');
    await scene.settled(KIND, 'ann', 'SubscriptionActive');
    await scene.world.admin('POST', '/subscribers/terminate', { customer: 'ann' });
    await scene.patch(KIND, 'ann', {
      metadata: { annotations: { 'vendorplane.dev/reconcile-requested-at': 'now' } },
    });
    await scene.settled(KIND, 'ann', 'TerminatedByNetflix');
    expect(await scene.sent()).toEqual([]);
  });

  test('whose creation lost its reply is not created again, and says that its token is lost', async () => {
    const scene = await operator('netflix-lost-reply');
    await arm(scene.world, { fault: 'dropAfterEffect', match: { endpoint: 'subscriptions.create' } });
    await scene.apply(subscription('ann'));
    await scene.settled(KIND, 'ann', 'TokenLost');
    expect(await scene.sent('subscriptions.create')).toHaveLength(1);
    // The subscriber got in by another way: what matters is what the vendor shows.
    expect(await scene.secretTexts('ann-token')).toEqual({});
  });

  test('whose creation lost its reply and that a subscriber uses all the same is Ready', async () => {
    const scene = await operator('netflix-lost-used');
    await arm(scene.world, { fault: 'dropAfterEffect', match: { endpoint: 'subscriptions.create' } });
    await scene.apply(subscription('ann'));
    await scene.settled(KIND, 'ann', 'TokenLost');
    await subscriberRegisters(scene, 'ann');
    await scene.patch(KIND, 'ann', {
      metadata: { annotations: { 'vendorplane.dev/reconcile-requested-at': 'now' } },
    });
    await scene.settled(KIND, 'ann', 'SubscriptionActive');
    expect(await scene.sent('subscriptions.create')).toHaveLength(1);
  });

  test.each(['suspend', 'unsuspend', 'cancel'] as const)(
    'whose %s lost its reply is read back, and the call is not sent again',
    async (verb) => {
      const states = { suspend: 'Suspended', unsuspend: 'Active', cancel: 'Cancelled' } as const;
      const reasons = {
        suspend: 'SubscriptionSuspended',
        unsuspend: 'SubscriptionActive',
        cancel: 'SubscriptionCancelled',
      } as const;
      const scene = await adopted(`netflix-lost-${verb}`, 'effective');
      await scene.settled(KIND, 'ann', 'SubscriptionActive');
      if (verb === 'unsuspend') {
        await scene.patch(KIND, 'ann', { spec: { state: 'Suspended' } });
        await scene.settled(KIND, 'ann', 'SubscriptionSuspended');
      }
      await arm(scene.world, { fault: 'dropAfterEffect', match: { endpoint: `subscriptions.${verb}` } });
      await scene.patch(KIND, 'ann', { spec: { state: states[verb] } });
      await scene.settled(KIND, 'ann', reasons[verb]);
      expect(await scene.sent(`subscriptions.${verb}`)).toHaveLength(1);
    },
  );

  test('that somebody else suspended already is recorded as suspended by what the refusal and a look say', async () => {
    const scene = await adopted('netflix-repeat', 'effective');
    await scene.settled(KIND, 'ann', 'SubscriptionActive');
    // Between our look and our call: the look we act upon is the one before.
    await turn(scene.world, { stateLagMs: 3_000 });
    await scene.world.post('netflix/subscriptions/suspend', { billing_system_customer_identifier: 'ann' });
    await scene.patch(KIND, 'ann', { spec: { state: 'Suspended' } });
    await scene.settled(KIND, 'ann', 'SubscriptionSuspended');
    expect(await scene.effects('subscriptions.suspend')).toBe(1);
  });

  test('is not created with a promotion that the operator does not offer', async () => {
    const scene = await operator('netflix-promotion');
    await scene.apply(subscription('ann', { registration: { promotionCode: '99' } }));
    await scene.settled(KIND, 'ann', 'UnknownPromotion');
    expect(await scene.sent()).toEqual([]);
  });

  test('takes its personal data from a Secret, and says what is wrong with that', async () => {
    const scene = await operator('netflix-registration-secret');
    await scene.writeSecret('ann-data', { 'registration.json': '{"firstName": 1}' });
    await scene.apply(subscription('ann', { registrationSecretRef: { name: 'ann-data' } }));
    const broken = await scene.settled(KIND, 'ann', 'SecretIncomplete');
    expect(condition(broken)?.message).toContain('spec.registration.firstName is wrong');
    await scene.writeSecret('ann-data', { 'registration.json': '{"firstName": "Ann"}' });
    await scene.until(KIND, 'ann', 'created', (object) => condition(object)?.reason === 'RegistrationOpen');
    expect(await scene.effects('subscriptions.create')).toBe(1);
  });

  test('never writes over a Secret of somebody else', async () => {
    const scene = await operator('netflix-foreign-secret');
    await scene.writeSecret('ann-token', { password: 'mine' });
    await scene.apply(subscription('ann'));
    await scene.settled(KIND, 'ann', 'TokenSecretInUse');
    expect(await scene.secretTexts('ann-token')).toEqual({ password: 'mine' });
    expect(await scene.sent()).toEqual([]);
  });

  test('that was cancelled begins anew only where the resource says so, under a token of its own', async () => {
    const scene = await operator('netflix-recreate');
    await scene.apply(subscription('ann'));
    await scene.until(KIND, 'ann', 'created', (object) => condition(object)?.reason === 'RegistrationOpen');
    const first = await scene.secretTexts('ann-token');
    await scene.patch(KIND, 'ann', { spec: { state: 'Cancelled' } });
    await scene.settled(KIND, 'ann', 'SubscriptionCancelled');
    await scene.patch(KIND, 'ann', { spec: { state: 'Active' } });
    await scene.settled(KIND, 'ann', 'CancelledAtVendor');
    await scene.patch(KIND, 'ann', { spec: { recreateAfterCancel: true } });
    await scene.until(KIND, 'ann', 'created', (object) => condition(object)?.reason === 'RegistrationOpen');
    const second = await scene.secretTexts('ann-token');
    expect(second?.['token']).toMatch(/^[0-9a-f]{32}$/);
    expect(second?.['token']).not.toBe(first?.['token']);
    expect(await scene.effects('subscriptions.create')).toBe(2);
  });

  test('stays at the vendor when its resource is deleted, and is cancelled where that says Cancel', async () => {
    const scene = await operator('netflix-delete');
    for (const customer of ['ann', 'ben'])
      await scene.world.admin('POST', '/subscribers', { customer, state: 'effective' });
    await scene.apply(subscription('ann'), subscription('ben', { releasePolicy: 'Cancel' }));
    await scene.settled(KIND, 'ann', 'SubscriptionActive');
    const ben = await scene.settled(KIND, 'ben', 'SubscriptionActive');
    expect(ben.metadata.finalizers).toEqual([RELEASE_FINALIZER]);
    await scene.remove(KIND, 'ann');
    await scene.remove(KIND, 'ben');
    await scene.gone(KIND, 'ann');
    await scene.gone(KIND, 'ben');
    const sent = await scene.sent();
    expect(sent).toMatchObject([
      { endpoint: 'subscriptions.cancel', items: [{ billing_system_customer_identifier: 'ben' }] },
    ]);
  });

  test('is not suspended beyond what the guard allows', async () => {
    const scene = await operator('netflix-guard', {
      guard: { settle: '1s', destructive: { maxItems: 0, maxPercent: 100, floor: 0 } },
    });
    await scene.world.admin('POST', '/subscribers', { customer: 'ann', state: 'effective' });
    await scene.apply(subscription('ann', { state: 'Suspended' }));
    await scene.settled(KIND, 'ann', 'GuardBlocked');
    expect(await scene.sent()).toEqual([]);
  });

  test('that two resources name belongs to the older one', async () => {
    const scene = await adopted('netflix-two', 'effective');
    await scene.settled(KIND, 'ann', 'SubscriptionActive');
    await scene.apply(subscription('other', { billingSystemCustomerIdentifier: 'ann', state: 'Cancelled' }));
    const other = await scene.settled(KIND, 'other', 'DeclaredElsewhere');
    expect(condition(other, 'Conflicted')?.status).toBe('True');
    expect(await scene.sent()).toEqual([]);
  });

  test('shows the operator’s promotions at its account', async () => {
    const scene = await operator('netflix-account');
    await scene.world.admin('POST', '/promotions', { code: '14', name: 'Test' });
    const account = await scene.settled('VendorAccount', 'operator', 'Connected');
    expect(account.status).toBeDefined();
    await scene.patch('VendorAccount', 'operator', {
      metadata: { annotations: { 'vendorplane.dev/reconcile-requested-at': 'now' } },
    });
    await scene.until('VendorAccount', 'operator', 'showing promotions', ({ status }) =>
      JSON.stringify(status?.['promotions'] ?? []).includes('"14"'),
    );
  });
});

import {
  NETFLIX_CHARGE_FEEDS,
  NETFLIX_DEVICE_REGISTRATIONS,
  NETFLIX_SUBSCRIPTIONS,
  VENDOR_ACCOUNTS,
} from '../../src/controllers/resources.ts';
import type { RecordedRegistration } from '../../src/domain/registration/facts.ts';
import type { RecordedSubscription } from '../../src/domain/subscription/facts.ts';
import { type Fleet, type Manifest, manifest, NAMESPACE } from './fleet.ts';
import { LEAVING, NETFLIX, NEW } from './netflix.ts';

const OPERATOR = { accountRef: { name: NETFLIX.accountName } };
const GROUP = { name: 'Demo Operator' };
const CHARGED = { amount: 5.99, status: 'APPROVED' };

function subscription(customer: string, state: 'Active' | 'Suspended' | 'Cancelled'): Manifest {
  return manifest(NETFLIX_SUBSCRIPTIONS, customer, {
    ...OPERATOR,
    billingSystemCustomerIdentifier: customer,
    state,
    tokenSecretRef: { name: `${customer}-token` },
    registration: { validityDurationSeconds: 86_400 },
  });
}

/** A subscription that an earlier controller created or suspended; the subscriber had registered. */
function knownSubscription(customer: string, action: 'create' | 'suspend') {
  const value: RecordedSubscription = {
    holder: `NetflixSubscription/${NAMESPACE}/${customer}`,
    releasePolicy: 'Keep',
    action,
    number: `SUB-${customer}`,
    registered: true,
  };
  return { kind: 'subscription', key: `customer:${customer}`, value };
}

function knownDevice(esn: string) {
  const holder = `NetflixDeviceRegistration/${NAMESPACE}/boxes`;
  const value: RecordedRegistration = { group: GROUP, holder, releasePolicy: 'Unregister' };
  return { kind: 'registration', key: `esn:${esn}`, value };
}

function subscriber(customer: string, state: 'effective' | 'suspended'): readonly [string, object] {
  return ['/subscribers', { customer, state, subscriptionNumber: `SUB-${customer}` }];
}

/**
 * Subscribers and devices of an earlier life; then somebody edited Git while no controller was there.
 *
 * | what     | stood             | is declared      | so it is                                                  |
 * | -------- | ----------------- | ---------------- | --------------------------------------------------------- |
 * | ann      | –                 | Active           | created, and she registers with the token                 |
 * | bob      | effective         | Suspended        | suspended                                                 |
 * | cid      | suspended         | Active           | unsuspended                                               |
 * | dan      | effective         | Cancelled        | cancelled                                                 |
 * | BOX-1    | registered        | no longer        | unregistered                                              |
 * | BOX-2    | registered        | yes              | left alone                                                |
 * | BOX-3    | –                 | yes              | registered                                                |
 * | 3 charges | –                | by the feed      | recorded, then acknowledged                               |
 */
export const NETFLIX_FLEET: Fleet = {
  vendor: NETFLIX,
  manifests: [
    manifest(VENDOR_ACCOUNTS, NETFLIX.accountName, {
      vendor: 'CrmComNetflix',
      mode: 'Enforce',
      firstContact: 'Trust',
      crmComNetflix: {
        endpoint: NETFLIX.origin,
        organisation: 'demo',
        timeZone: 'Asia/Nicosia',
        addressFormat: 'CrmCom',
        credentialsSecretRef: { name: NETFLIX.secretName },
      },
      limits: { requestsPerSecond: 100 },
      guard: { settle: '10s', destructive: { maxItems: 20, maxPercent: 100, floor: 20 } },
    }),
    subscription(NEW.customer, 'Active'),
    subscription('bob', 'Suspended'),
    subscription('cid', 'Active'),
    subscription('dan', 'Cancelled'),
    manifest(NETFLIX_DEVICE_REGISTRATIONS, 'boxes', {
      ...OPERATOR,
      group: GROUP,
      releasePolicy: 'Unregister',
      devices: [{ esn: 'BOX-2' }, { esn: 'BOX-3' }],
    }),
    manifest(NETFLIX_CHARGE_FEEDS, 'charges', {
      ...OPERATOR,
      acknowledge: 'AfterRecording',
      pollInterval: '60s',
    }),
  ],
  vendorState: [
    subscriber('bob', 'effective'),
    subscriber('cid', 'suspended'),
    subscriber('dan', 'effective'),
    ['/esns', { esns: [LEAVING, 'BOX-2'] }],
    ['/charges', { charges: ['1', '2', '3'].map((number) => ({ number, customer: 'bob', ...CHARGED })) }],
  ],
  records: [
    knownSubscription('bob', 'create'),
    knownSubscription('cid', 'suspend'),
    knownSubscription('dan', 'create'),
    knownDevice(LEAVING),
    knownDevice('BOX-2'),
  ],
  items: [
    ...[NEW.customer, 'bob', 'cid', 'dan'].map((customer) => `customer:${customer}`),
    ...[LEAVING, 'BOX-3'].map((esn) => `esn:${esn}`),
  ],
  atMost: { created: 1 },
};

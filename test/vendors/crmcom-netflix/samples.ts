import type { ChargeNumber, DesiredCharge } from '../../../src/domain/charge/facts.ts';
import type { Verb } from '../../../src/domain/item.ts';
import type { DesiredRegistration, Esn } from '../../../src/domain/registration/facts.ts';
import type {
  ObservedSubscription,
  RecordedSubscription,
  Subscriber,
  SubscriptionDesire,
  SubscriptionWrite,
  TokenSecret,
} from '../../../src/domain/subscription/facts.ts';
import type { Registration } from '../../../src/domain/subscription/registration.ts';
import type { WriteRequest } from '../../../src/ports/writer.ts';

export const SECRET: TokenSecret = {
  holder: 'NetflixSubscription/tv/pci123',
  namespace: 'tv',
  name: 'pci123-token',
  uid: 'uid-1',
};

const AFTER: RecordedSubscription = {
  holder: 'NetflixSubscription/tv/pci123',
  releasePolicy: 'Keep',
  registered: false,
};

/** The registration of the vendor's own example of a creation. */
export const EXAMPLE: Registration = {
  promotionCode: '14',
  channel: 'OTHER',
  validityDurationSeconds: 100,
  firstName: 'Test_8',
  lastName: 'Netflix',
  address: {
    type: 'HOME',
    postalCode: '3020',
    streetName: 'Ilia Papakiriakou',
    streetNumber: '8',
    floor: 2,
    apartmentNumber: '202',
    area: 'Plati',
    townCity: 'Aglanjia',
    district: 'Nicosia',
    municipality: 'Aglanjia',
    country: { twoCharacterCode: 'CY' },
    poBox: '70022',
    poBoxPostalCode: 'AG70022',
    careOf: 'Maria Kyriacou',
  },
};

export function creation(registration: Registration): SubscriptionWrite {
  return { do: 'create', registration, secret: SECRET, after: AFTER };
}

export function change(
  verb: 'suspend' | 'unsuspend' | 'cancel',
  shown?: ObservedSubscription,
): SubscriptionWrite {
  return { do: verb, shown, after: AFTER };
}

const VERBS = {
  create: 'createSubscription',
  suspend: 'suspendSubscription',
  unsuspend: 'unsuspendSubscription',
  cancel: 'cancelSubscription',
} as const satisfies Record<SubscriptionWrite['do'], Verb>;

export function subscriptionRequest(
  customer: string,
  write: SubscriptionWrite,
): WriteRequest<Subscriber, SubscriptionDesire> {
  const desired: SubscriptionDesire = {
    state: 'Active',
    recreateAfterCancel: false,
    releasePolicy: 'Keep',
    registration: {},
    write,
  };
  const item = { key: `customer:${customer}`, subject: { customer }, desired };
  return { verb: VERBS[write.do], partition: {}, requestKey: 'rk-1', items: [item] };
}

export function deviceRequest(
  verb: 'registerEsn' | 'unregisterEsn',
  esns: readonly string[],
  group: DesiredRegistration['group'] = { name: 'Demo Operator' },
): WriteRequest<Esn, DesiredRegistration> {
  const desired = { group, releasePolicy: 'Unregister' } as const;
  const items = esns.map((esn) => ({ key: `esn:${esn}`, subject: { esn }, desired }));
  return { verb, partition: {}, requestKey: 'rk-1', items };
}

export function acknowledgement(
  charges: readonly { readonly number: string; readonly customer: string }[],
): WriteRequest<ChargeNumber, DesiredCharge> {
  const items = charges.map(({ number, customer }) => ({
    key: `charge:${number}`,
    subject: { number },
    desired: {
      acknowledge: 'AfterRecording',
      receipt: { uid: 'uid-1', customer, referenceNumber: `vp-${number}` },
    } as const,
  }));
  return { verb: 'acknowledgeCharge', partition: {}, requestKey: 'rk-1', items };
}

import type { Item } from '../../../src/domain/item.ts';
import type {
  DesiredSubscription,
  LifeCycle,
  NetflixState,
  ObservedSubscription,
  RecordedSubscription,
  SubscriptionTypes,
} from '../../../src/domain/subscription/facts.ts';

export type SubscriptionItem = Item<SubscriptionTypes>;

export const NOW_MS = 1_000_000;
export const SEEN_MS = 500;
export const HOLDER = 'NetflixSubscription/tv/pci123';
export const SECRET = { holder: HOLDER, namespace: 'tv', name: 'token', uid: 'uid-1' };

export function desired(over: Partial<DesiredSubscription> = {}): DesiredSubscription {
  return {
    state: 'Active',
    recreateAfterCancel: false,
    releasePolicy: 'Keep',
    tokenSecretName: 'token',
    registration: {},
    ...over,
  };
}

export function shown(
  lifeCycle: LifeCycle,
  netflix: NetflixState = lifeCycle === 'EFFECTIVE' ? 'EFFECTIVE' : 'NOT_EFFECTIVE',
  over: Partial<ObservedSubscription> = {},
): SubscriptionItem['observed'] {
  const living = lifeCycle === 'CANCELLED' ? 0 : 1;
  const fact = { number: 'S1', lifeCycle, netflix, promotions: [], prices: [], living, ...over };
  return { is: 'present', fact, atMs: SEEN_MS };
}

export const NONE = { is: 'absent', atMs: SEEN_MS } as const;

export function recorded(over: Partial<RecordedSubscription> = {}): RecordedSubscription {
  return { holder: HOLDER, releasePolicy: 'Keep', registered: true, number: 'S1', atMs: 0, ...over };
}

/** Created by us, its token where the second argument says. */
export function created(
  is: 'issued' | 'stored' | 'lost',
  over: Partial<RecordedSubscription> = {},
  expiresAtMs = NOW_MS + 1_000,
): RecordedSubscription {
  const token = is === 'stored' ? ({ is, secret: SECRET, expiresAtMs } as const) : { is, secret: SECRET };
  return recorded({ action: 'create', registered: false, token, ...over });
}

export function item(
  wants: Partial<DesiredSubscription> | undefined,
  observed: SubscriptionItem['observed'],
  record?: RecordedSubscription,
  over: Partial<SubscriptionItem> = {},
): SubscriptionItem {
  const by = {
    holder: HOLDER,
    createdAtMs: 0,
    desired: desired(wants),
    suspended: false,
    whole: true,
  };
  return {
    key: 'customer:pci123',
    declared: wants === undefined ? [] : [{ by, subject: { customer: 'pci123' } }],
    observed,
    nowMs: NOW_MS,
    ...(record === undefined ? {} : { recorded: record }),
    ...over,
  };
}

export function refused(
  verb: NonNullable<SubscriptionItem['failure']>['verb'],
  code: string,
  kind: 'invalid' | 'heldByOther' | 'passing' = 'heldByOther',
): Pick<SubscriptionItem, 'failure'> {
  return { failure: { verb, failure: { code, message: code, kind }, attempts: 1, due: false } };
}

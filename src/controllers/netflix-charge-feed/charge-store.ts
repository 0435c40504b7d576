import type { ChargeTypes, ObservedCharge, RecordedCharge } from '../../domain/charge/facts.ts';
import { chargeOfKey, contentOf } from '../../domain/charge/facts.ts';
import type { ItemFailure } from '../../domain/item.ts';
import type { KubeClient } from '../../kube/client.ts';
import { kubeTime } from '../../kube/conditions.ts';
import { FIELD_MANAGER } from '../../kube/manager.ts';
import { dayOf } from '../../kube/retention.ts';
import type { Clock } from '../../ports/clock.ts';
import { type Failure, ok, type Result } from '../../ports/failure.ts';
import type { ItemStore, Stored, StoreItem } from '../../ports/item-store.ts';
import { NETFLIX_CHARGES, RECORDED_DAY_LABEL, SCOPE_LABEL } from '../resources.ts';
import type { ChargeBook } from './charge-book.ts';
import { chargeConditions } from './charge-conditions.ts';
import { type ChargePlace, chargeName, referenceNumber, reviewOf, specOf } from './charge-object.ts';

/**
 * Charges of one call. What they leave in the records is written together, and each such write rewrites slices of a
 * thousand charges: ten acknowledgements' worth costs hardly more than one.
 */
const MAX_ITEMS = 500;
/** Calls to the API server at the same time. ASSUMED: what leaves it room for everything else. */
const AT_ONCE = 10;
const OPTIONS = { fieldManager: FIELD_MANAGER, force: true } as const;

/**
 * Charges as NetflixCharge objects. What the record says by now decides what is written:
 *
 * | recorded                 | written                                        | recorded afterwards |
 * | ------------------------ | ---------------------------------------------- | ------------------- |
 * | nothing, or otherwise    | the charge as it is listed, and why to review  | recorded, or review |
 * | nothing                  | nothing: it says that the vendor was told, so the list is late | done |
 * | acknowledged             | that the vendor was told                       | nothing any more    |
 * | refused                  | that a person must look                        | review              |
 */
export function chargeStore(
  client: KubeClient,
  place: ChargePlace,
  book: ChargeBook,
  clock: Clock,
): ItemStore<ChargeTypes> {
  const deps = { client, place, book, clock };
  return {
    with: 'own',
    maxItems: MAX_ITEMS,
    async store(items, signal) {
      const stored: Stored<ChargeTypes>[] = [];
      for (let from = 0; from < items.length; from += AT_ONCE) {
        const some = items.slice(from, from + AT_ONCE);
        stored.push(...(await Promise.all(some.map((item) => storeOne(deps, item, signal)))));
      }
      return ok(stored);
    },
  };
}

interface Deps {
  readonly client: KubeClient;
  readonly place: ChargePlace;
  readonly book: ChargeBook;
  readonly clock: Clock;
}

async function storeOne(
  deps: Deps,
  item: StoreItem<ChargeTypes>,
  signal: AbortSignal,
): Promise<Stored<ChargeTypes>> {
  const { key, recorded, observed } = item;
  const number = chargeOfKey(key)?.number ?? '';
  const record: Result<RecordedCharge | undefined> | undefined = await (recorded?.is === 'acknowledged'
    ? acknowledged(deps, number, recorded, signal)
    : recorded?.is === 'refused'
      ? refused(deps, number, recorded, signal)
      : observed.is === 'present'
        ? written(deps, number, item.holder, observed.fact, signal)
        : undefined);
  if (record === undefined) return { key, failure: NOT_LISTED };
  return record.ok ? { key, record: record.value } : { key, failure: toItem(record.failure) };
}

/** The object is there once the API server has answered: only then does a receipt exist. */
async function written(
  { client, place, book, clock }: Deps,
  number: string,
  holder: string,
  charge: ObservedCharge,
  signal: AbortSignal,
): Promise<Result<RecordedCharge>> {
  const { namespace, accountName, scope, scopeHash } = place;
  const ref = { namespace, name: chargeName(scope, number) };
  const labels = { [SCOPE_LABEL]: scopeHash, [RECORDED_DAY_LABEL]: dayOf(clock.now()) };
  const spec = specOf(accountName, number, charge);
  const made = await client.apply(NETFLIX_CHARGES, { metadata: { ...ref, labels }, spec }, OPTIONS, signal);
  if (!made.ok) return made;
  const reference = referenceNumber(scope, number);
  const { review } = charge;
  const receipt = {
    uid: made.value.metadata.uid ?? '',
    customer: charge.customer,
    referenceNumber: reference,
  };
  const content = contentOf(charge);
  const about = { holder, set: charge.set, status: charge.status, content, receipt } as const;
  if (made.value.status?.acknowledged === true) return ok({ ...about, is: 'done' });
  const status = {
    acknowledged: false,
    referenceNumber: reference,
    ...(review === undefined ? {} : { review: reviewOf(review) }),
    ...chargeConditions(review ?? 'Recorded', clock.now(), made.value),
  };
  const told = await client.applyStatus(NETFLIX_CHARGES, ref, status, OPTIONS, signal);
  if (!told.ok) return told;
  book.note(ref.name, review === undefined ? 'recorded' : 'review');
  return ok({
    ...about,
    is: review === undefined ? 'recorded' : 'review',
    ...(review === undefined ? {} : { review }),
  });
}

async function acknowledged(
  { client, place, book, clock }: Deps,
  number: string,
  recorded: RecordedCharge,
  signal: AbortSignal,
): Promise<Result<undefined>> {
  const ref = { namespace: place.namespace, name: chargeName(place.scope, number) };
  const status = {
    acknowledged: true,
    acknowledgedAt: kubeTime(clock.now()),
    referenceNumber: recorded.receipt.referenceNumber,
    ...chargeConditions('Acknowledged', clock.now()),
  };
  const told = await client.applyStatus(NETFLIX_CHARGES, ref, status, OPTIONS, signal);
  // Somebody deleted the object: the vendor was told all the same, and nothing is left to say it at.
  if (!told.ok && told.failure.kind !== 'notFound') return told;
  book.note(ref.name, told.ok ? 'acknowledged' : 'gone');
  return ok(undefined);
}

async function refused(
  { client, place, book, clock }: Deps,
  number: string,
  recorded: RecordedCharge,
  signal: AbortSignal,
): Promise<Result<RecordedCharge>> {
  const ref = { namespace: place.namespace, name: chargeName(place.scope, number) };
  const status = {
    acknowledged: false,
    referenceNumber: recorded.receipt.referenceNumber,
    review: reviewOf('VendorRefused'),
    ...chargeConditions('VendorRefused', clock.now()),
  };
  const told = await client.applyStatus(NETFLIX_CHARGES, ref, status, OPTIONS, signal);
  if (!told.ok && told.failure.kind !== 'notFound') return told;
  book.note(ref.name, told.ok ? 'review' : 'gone');
  return ok({ ...recorded, is: 'review', review: 'VendorRefused' });
}

/** One charge that cannot be written is tried again by itself, and holds up no other. */
function toItem({ code, message }: Failure): ItemFailure {
  return { code, message: `the charge cannot be recorded (${message})`, kind: 'passing' };
}

const NOT_LISTED: ItemFailure = {
  code: 'NOT_LISTED',
  message: 'the vendor does not list the charge any more; it is looked for again',
  kind: 'passing',
};

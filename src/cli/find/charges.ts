import { NETFLIX_CHARGES, type ServedNetflixCharge } from '../../controllers/resources.ts';
import { chargeKey } from '../../domain/charge/facts.ts';
import type { KubeClient } from '../../kube/client.ts';
import { type Place, selectionOf } from '../inspect/records.ts';
import { pagesOf } from '../pages.ts';
import type { Sought } from './identifier.ts';

/** A recorded charge, as far as it tells which one it is and what became of it. */
export interface FoundCharge {
  readonly namespace: string;
  /** Of its NetflixCharge. */
  readonly name: string;
  /** The vendor's. */
  readonly number: string;
  readonly customer: string;
  /** In the smallest unit of the currency; absent where the vendor's amount cannot be read rightly. */
  readonly amountMinor?: number;
  readonly currency: string;
  readonly chargeStatus: string;
  readonly acknowledged: boolean;
  /** Ours: the vendor was told it with the acknowledgement. */
  readonly referenceNumber?: string;
  /** Why a person must look at it; absent when nobody must. */
  readonly review?: string;
}

/** The charges that are meant, by the vendor's number or by our reference. There may be a great many: page by page. */
export async function chargesOf(
  client: KubeClient,
  { namespace }: Place,
  sought: Sought,
  signal: AbortSignal,
): Promise<readonly FoundCharge[]> {
  const selection = selectionOf(namespace === undefined ? {} : { namespace });
  const found: FoundCharge[] = [];
  for await (const page of pagesOf(client, NETFLIX_CHARGES, selection, signal)) {
    for (const charge of page) if (isMeant(charge, sought)) found.push(told(charge));
  }
  return found;
}

function isMeant({ spec, status }: ServedNetflixCharge, sought: Sought): boolean {
  const { referenceNumber } = status ?? {};
  if (sought.matches(chargeKey(spec))) return true;
  return referenceNumber !== undefined && sought.isWritten(referenceNumber);
}

function told({ metadata, spec, status }: ServedNetflixCharge): FoundCharge {
  const { number, billingSystemCustomerIdentifier: customer, amountMinor, currency, chargeStatus } = spec;
  const { referenceNumber, review } = status ?? {};
  return {
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    number,
    customer,
    currency,
    chargeStatus,
    acknowledged: status?.acknowledged === true,
    ...(amountMinor === undefined ? {} : { amountMinor }),
    ...(referenceNumber === undefined ? {} : { referenceNumber }),
    ...(review === undefined ? {} : { review: review.reason }),
  };
}

import { canonicalText, digestOf } from '../digest.ts';
import type { Holder, ItemKey } from '../item.ts';

export interface ChargeNumber {
  readonly number: string;
}

/** What a NetflixChargeFeed asks of every charge of its operator. */
export interface DesiredCharge {
  readonly acknowledge: 'Never' | 'AfterRecording';
  /** What an acknowledgement needs to know: the charge as it was recorded. On its way to the vendor only. */
  readonly receipt?: ChargeReceipt;
  /** It was sent before, and nobody knows what became of it. On its way to the vendor only. */
  readonly replyLost?: true;
  /** What becomes recorded by it. */
  readonly after?: RecordedCharge;
}

/** Proof that a charge stands at the API server: without it, an acknowledgement does not compile. */
export interface ChargeReceipt {
  /** The object that holds the charge. */
  readonly uid: string;
  readonly customer: string;
  /** Ours, unique for the operator, the same however often it is sent. */
  readonly referenceNumber: string;
}

export type ChargeStatus = 'PENDING' | 'APPROVED' | 'DECLINED' | 'BAD_REQUEST' | 'REJECTED' | 'UNKNOWN';

/** Why a charge is never acknowledged before a person has looked at it. */
export type ReviewReason =
  | 'AmountNegative'
  | 'AmountNotExact'
  | 'AmountTooLarge'
  | 'DateNotReadable'
  | 'StatusContradicted'
  | 'StatusUnknown'
  | 'UnknownCurrency'
  | 'VendorRefused';

/** One charge as the vendor lists it; times are instants in ms, amounts integers of the smallest unit. */
export interface ObservedCharge {
  readonly set: ChargeSet;
  readonly customer: string;
  readonly amountMinor?: number;
  readonly currency: string;
  readonly localAmountMinor?: number;
  readonly localCurrency?: string;
  readonly paidThroughMs?: number;
  readonly status: ChargeStatus;
  readonly receivedMs?: number;
  readonly decidedMs?: number;
  /** What the amounts and dates were read from. */
  readonly asReceived: Readonly<Record<string, string>>;
  readonly review?: ReviewReason;
}

export interface ChargeRow {
  readonly number: string;
  readonly charge: ObservedCharge;
}

/** The vendor's two lists: what is decided, and what waits to be. */
export type ChargeSet = 'PROCESSED' | 'NOT_PROCESSED';

/**
 * What our record holds of a charge.
 * `recorded`: the API server has it. `review`: it has it, and a person must look. `refused`: the vendor does not take
 * the acknowledgement, `acknowledged`: it does; neither is written down at the charge yet. `done`: it is, and the
 * vendor lists it all the same; what it lists no more need not be remembered.
 */
export interface RecordedCharge {
  readonly is: 'recorded' | 'review' | 'refused' | 'acknowledged' | 'done';
  readonly holder: Holder;
  readonly set: ChargeSet;
  /** As it stands at the API server. */
  readonly status: ChargeStatus;
  readonly review?: ReviewReason;
  /** Tells whether the vendor lists it as it was written down (`contentOf`); absent in records from before there was one. */
  readonly content?: string;
  readonly receipt: ChargeReceipt;
  /** When a look first missed it, wall time; absent while the vendor lists it. */
  readonly missedSinceMs?: number;
  /** The reply to its acknowledgement was lost, and no look has shown it otherwise than recorded since. */
  readonly replyLost?: true;
}

export interface ChargeVerdict {
  /** `listed`: the vendor has not decided it, so there is nothing to record yet. */
  readonly state: 'recorded' | 'acknowledged' | 'review' | 'pending' | 'failed' | 'listed' | 'conflicted';
  readonly code?: string;
  readonly message?: string;
}

/** The types that a charge is made of. */
export interface ChargeTypes {
  readonly subject: ChargeNumber;
  readonly desired: DesiredCharge;
  readonly row: ChargeRow;
  readonly observed: ObservedCharge;
  readonly recorded: RecordedCharge;
  readonly verdict: ChargeVerdict;
}

/** Tells one listing of a charge from another: amounts, dates, customer and all. */
export function contentOf(charge: ObservedCharge): string {
  const { set: _, ...rest } = charge;
  return digestOf(canonicalText(rest));
}

export function chargeKey({ number }: ChargeNumber): ItemKey {
  return `charge:${number}`;
}

export function chargeOfKey(key: ItemKey): ChargeNumber | undefined {
  return key.startsWith('charge:') ? { number: key.slice('charge:'.length) } : undefined;
}

import type { JsonObject } from '../json.ts';
import type { LocalCurrency } from './options.ts';
import type { WireDates } from './wire-dates.ts';

export const OUTCOMES = ['APPROVED', 'DECLINED', 'BAD_REQUEST', 'REJECTED'] as const;

/** What became of a charge. All but the first end the subscription (fact sheet 4.5). */
export type Outcome = (typeof OUTCOMES)[number];

export type ChargeStatus = 'PENDING' | Outcome;

/** One charge. Replaced, never changed. Nothing keeps status and times from contradicting each other: the seed does. */
export interface Charge {
  readonly number: string;
  readonly operatorId: string;
  readonly customer: string;
  /** As it was meant; the wire shows the nearest 32-bit float. */
  readonly amount: number;
  readonly currency: string;
  readonly status: ChargeStatus;
  readonly paidThroughMs: number;
  readonly receivedMs: number;
  /** When it was set as what; more than one in a contradictory row. */
  readonly setAs: Readonly<Record<Outcome, number | null>>;
  readonly acknowledged: Acknowledgement | null;
}

interface Acknowledgement {
  readonly atMs: number;
  readonly referenceNumber: string | null;
}

/** What no outcome has been set for. */
export const NOT_SET: Charge['setAs'] = { APPROVED: null, DECLINED: null, BAD_REQUEST: null, REJECTED: null };

/** The fields of a charge on the wire, in the order of the vendor's example. */
export const CHARGE_FIELDS = [
  'set_as_rejected_request_on',
  'number',
  'amount',
  'charge_status',
  'billing_system_customer_identifier',
  'set_as_bad_request_on',
  'set_as_approved_on',
  'paid_through_date',
  'currency',
  'received_on',
  'set_as_declined_on',
  'local_currency_amount',
  'local_currency',
] as const;

/** The charge as charges/list shows it. Amounts are 32-bit floats widened to doubles (fact sheet 7). */
export function shownCharge(charge: Charge, dates: WireDates, local: LocalCurrency | undefined): JsonObject {
  const { setAs } = charge;
  const inLocal =
    local === undefined
      ? {}
      : { local_currency_amount: Math.fround(charge.amount * local.rate), local_currency: local.currency };
  return {
    set_as_rejected_request_on: dates.showIfAny(setAs.REJECTED),
    number: charge.number,
    amount: Math.fround(charge.amount),
    charge_status: charge.status,
    billing_system_customer_identifier: charge.customer,
    set_as_bad_request_on: dates.showIfAny(setAs.BAD_REQUEST),
    set_as_approved_on: dates.showIfAny(setAs.APPROVED),
    paid_through_date: dates.show(charge.paidThroughMs),
    currency: charge.currency,
    received_on: dates.show(charge.receivedMs),
    set_as_declined_on: dates.showIfAny(setAs.DECLINED),
    ...inLocal,
  };
}

import type {
  ChargeReceipt,
  ChargeRow,
  ChargeSet,
  ChargeStatus,
  ObservedCharge,
  ReviewReason,
} from '../../domain/charge/facts.ts';
import type { ReadDate } from './dates.ts';
import { type ReadAmount, readAmount } from './money.ts';
import type { AcknowledgeRequest, WireCharge } from './wire.ts';

const STATUSES: ReadonlySet<string> = new Set(['PENDING', 'APPROVED', 'DECLINED', 'BAD_REQUEST', 'REJECTED']);

/** When each outcome was reached, by the vendor's own names (4.5). */
const DECIDED_ON = {
  APPROVED: 'set_as_approved_on',
  DECLINED: 'set_as_declined_on',
  BAD_REQUEST: 'set_as_bad_request_on',
  REJECTED: 'set_as_rejected_request_on',
} as const satisfies Partial<Record<ChargeStatus, keyof WireCharge>>;

/** One listed charge: money in minor units, times as instants, and whatever a person must look at first. */
export function toChargeRow(set: ChargeSet, wire: WireCharge, readDate: ReadDate): ChargeRow {
  const status = STATUSES.has(wire.charge_status) ? (wire.charge_status as ChargeStatus) : 'UNKNOWN';
  const amount = readAmount(wire.amount, wire.currency);
  const local = localAmount(wire);
  const dates = datesOf(wire, status, readDate);
  const review = [statusDoubt(wire, status), doubtOf(amount), doubtOf(local), dates.doubt].find(
    (doubt) => doubt !== undefined,
  );
  const charge: ObservedCharge = {
    set,
    customer: wire.billing_system_customer_identifier,
    currency: wire.currency,
    status,
    asReceived: asReceived(wire),
    ...(amount.ok ? { amountMinor: amount.minor } : {}),
    ...(wire.local_currency ? { localCurrency: wire.local_currency } : {}),
    ...(local?.ok === true ? { localAmountMinor: local.minor } : {}),
    ...dates.read,
    ...(review === undefined ? {} : { review }),
  };
  return { number: wire.number, charge };
}

/** What is acknowledged, with the reference by which a repeated request can be recognised (8.3). */
export function toAcknowledge(
  charges: readonly { readonly number: string; readonly receipt: ChargeReceipt }[],
): AcknowledgeRequest {
  return {
    acknowledged_charges_set: charges.map(({ number, receipt }) => ({
      number,
      billing_system_customer_identifier: receipt.customer,
      reference_number: receipt.referenceNumber,
    })),
  };
}

/**
 * The status decides; times of other outcomes contradict it (4.5: in the vendor's own example every row is PENDING
 * and carries such a time).
 */
function statusDoubt(wire: WireCharge, status: ChargeStatus): ReviewReason | undefined {
  if (status === 'UNKNOWN') return 'StatusUnknown';
  const contradicts = Object.entries(DECIDED_ON).some(
    ([outcome, field]) => outcome !== status && (wire[field] ?? '') !== '',
  );
  return contradicts ? 'StatusContradicted' : undefined;
}

function localAmount(wire: WireCharge): ReadAmount | undefined {
  const { local_currency_amount: amount, local_currency: currency } = wire;
  if (amount === undefined || amount === null) return undefined;
  return readAmount(amount, currency ?? '');
}

function doubtOf(amount: ReadAmount | undefined): ReviewReason | undefined {
  return amount?.ok === false ? amount.doubt : undefined;
}

interface ReadDates {
  readonly read: Pick<ObservedCharge, 'paidThroughMs' | 'receivedMs' | 'decidedMs'>;
  readonly doubt?: ReviewReason;
}

function datesOf(wire: WireCharge, status: ChargeStatus, readDate: ReadDate): ReadDates {
  const decidedField = status === 'PENDING' || status === 'UNKNOWN' ? undefined : DECIDED_ON[status];
  const raw = {
    paidThroughMs: wire.paid_through_date,
    receivedMs: wire.received_on,
    decidedMs: decidedField && wire[decidedField],
  };
  const read: Record<string, number> = {};
  let doubt: ReviewReason | undefined;
  for (const [name, text] of Object.entries(raw)) {
    if (text === undefined || text === null || text === '') continue;
    const atMs = readDate(text);
    if (atMs === undefined) doubt = 'DateNotReadable';
    else read[name] = atMs;
  }
  return doubt === undefined ? { read } : { read, doubt };
}

/** The words of the vendor that amounts and dates were read from, for whoever doubts the reading. */
function asReceived(wire: WireCharge): Readonly<Record<string, string>> {
  const told = {
    amount: wire.amount,
    local_currency_amount: wire.local_currency_amount,
    charge_status: wire.charge_status,
    paid_through_date: wire.paid_through_date,
    received_on: wire.received_on,
    ...Object.fromEntries(Object.values(DECIDED_ON).map((field) => [field, wire[field]])),
  };
  return Object.fromEntries(
    Object.entries(told).flatMap(([name, value]) =>
      value === undefined || value === null ? [] : [[name, String(value)]],
    ),
  );
}

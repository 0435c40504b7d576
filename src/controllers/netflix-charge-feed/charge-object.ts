import { createHash } from 'node:crypto';
import type { NetflixChargeSpec, NetflixChargeStatus } from '../../api/netflix-charge.generated.ts';
import type { ObservedCharge, ReviewReason } from '../../domain/charge/facts.ts';
import { kubeTime } from '../../kube/conditions.ts';

/** Where the charges of a vendor scope stand. */
export interface ChargePlace {
  readonly namespace: string;
  readonly accountName: string;
  readonly scope: string;
  readonly scopeHash: string;
}

/** Made from vendor scope and number, so that recording a charge twice is impossible. */
export function chargeName(scope: string, number: string): string {
  return `nchg-${digest(scope, number).slice(0, 24)}`;
}

/** Unique for the operator, and the same however often it is sent (fact sheet 8.3). */
export function referenceNumber(scope: string, number: string): string {
  return `vp-${digest('reference', scope, number).slice(0, 24)}`;
}

function digest(...texts: readonly string[]): string {
  return createHash('sha256').update(texts.join('\n')).digest('hex');
}

/** crds/netflixcharges.yaml, asReceived: longest value. */
const MAX_RECEIVED_CHARACTERS = 256;

/** The charge as it is written down. */
export function specOf(accountName: string, number: string, charge: ObservedCharge): NetflixChargeSpec {
  const { amountMinor, localAmountMinor, localCurrency, paidThroughMs, receivedMs, decidedMs } = charge;
  return {
    accountRef: { name: accountName },
    number,
    billingSystemCustomerIdentifier: charge.customer,
    currency: charge.currency.slice(0, 16),
    chargeStatus: charge.status,
    ...(amountMinor === undefined ? {} : { amountMinor }),
    ...(localAmountMinor === undefined ? {} : { localAmountMinor }),
    ...(localCurrency === undefined ? {} : { localCurrency: localCurrency.slice(0, 16) }),
    ...(paidThroughMs === undefined ? {} : { paidThroughDate: kubeTime(paidThroughMs) }),
    ...(receivedMs === undefined ? {} : { receivedOn: kubeTime(receivedMs) }),
    ...(decidedMs === undefined ? {} : { decidedOn: kubeTime(decidedMs) }),
    asReceived: Object.fromEntries(
      Object.entries(charge.asReceived).map(([name, text]) => [name, text.slice(0, MAX_RECEIVED_CHARACTERS)]),
    ),
  };
}

/** Why a person must look, in words. */
export function reviewOf(reason: ReviewReason): NonNullable<NetflixChargeStatus['review']> {
  return { reason, message: `${WORDS[reason]}; it is never acknowledged as long as the vendor lists it so` };
}

const WORDS: Readonly<Record<ReviewReason, string>> = {
  AmountNegative: 'the amount is negative',
  AmountNotExact: 'the amount has more decimals than its currency',
  AmountTooLarge: 'the amount is larger than a 32-bit float carries exactly, so cents may be lost',
  DateNotReadable: 'one of its dates is none',
  StatusContradicted: 'a time that belongs to another status contradicts its status',
  StatusUnknown: 'its status is a word that this version does not know',
  UnknownCurrency: 'its currency is not one of ISO 4217',
  VendorRefused: 'the vendor does not take the acknowledgement, see the VendorOperation',
};

// Generated from crds/ by `npm run generate`. Do not edit.

import type { Condition } from './condition.generated.ts';
import type { ObjectMeta } from './object-meta.ts';

/**
 * A NetflixCharge is one charge of the operator as it was read from CRM.COM, written by the controller before
 * the charge is acknowledged. Its name is made from the vendor and the number, so that recording it twice is
 * impossible.
 */
export interface NetflixCharge {
  /**
   * Group and version of the kind.
   */
  readonly apiVersion: 'vendorplane.dev/v1alpha1';
  /**
   * The kind.
   */
  readonly kind: 'NetflixCharge';
  /**
   * Name, namespace, labels and the like.
   */
  readonly metadata: ObjectMeta;
  readonly spec: NetflixChargeSpec;
  readonly status?: NetflixChargeStatus;
}
/**
 * The charge, as it was read.
 */
export interface NetflixChargeSpec {
  /**
   * The VendorAccount it was read through.
   */
  readonly accountRef: {
    /**
     * Name of the VendorAccount, in the namespace of this object.
     */
    readonly name: string;
  };
  /**
   * Its number at CRM.COM.
   */
  readonly number: string;
  /**
   * The subscriber, by the id of your own billing system.
   */
  readonly billingSystemCustomerIdentifier: string;
  /**
   * The amount as an integer of the currency's smallest unit, for example 599 for 5.99 EUR. Absent where the
   * number that was sent cannot be trusted; status.review says why.
   */
  readonly amountMinor?: number;
  /**
   * The currency, three letters (ISO 4217).
   */
  readonly currency: string;
  /**
   * The amount in the operator's own currency, likewise. Absent where the vendor sends none.
   */
  readonly localAmountMinor?: number;
  /**
   * The operator's own currency.
   */
  readonly localCurrency?: string;
  /**
   * Until when Netflix is paid for if the charge is approved.
   */
  readonly paidThroughDate?: string;
  /**
   * What the vendor says of it. Bill APPROVED ones only.
   */
  readonly chargeStatus: 'PENDING' | 'APPROVED' | 'DECLINED' | 'BAD_REQUEST' | 'REJECTED' | 'UNKNOWN';
  /**
   * When Netflix received it.
   */
  readonly receivedOn?: string;
  /**
   * When its status was reached.
   */
  readonly decidedOn?: string;
  /**
   * What amounts, dates and status were read from, by the vendor's names and in its words.
   */
  readonly asReceived?: {
    /**
     * The value as it was sent.
     */
    readonly [k: string]: string;
  };
}
/**
 * What became of the charge, written by the controller.
 */
export interface NetflixChargeStatus {
  /**
   * The metadata.generation this status speaks about. Lower than metadata.generation: the last edit has not
   * been looked at yet, and nothing below is about it.
   */
  readonly observedGeneration?: number;
  /**
   * Whether the vendor was told that we have it. It never lists it again then.
   */
  readonly acknowledged?: boolean;
  /**
   * When that was known.
   */
  readonly acknowledgedAt?: string;
  /**
   * The reference it is acknowledged under, the same however often that is sent.
   */
  readonly referenceNumber?: string;
  /**
   * Why a person must look at it; it is never acknowledged. Absent when nothing is wrong.
   */
  readonly review?: {
    /**
     * What is wrong, as one CamelCase word.
     */
    readonly reason?: string;
    /**
     * What is wrong and what to do, as a sentence.
     */
    readonly message?: string;
  };
  /**
   * What can be said about this object now, one entry per type. Ready is there from the first touch on; the
   * other types appear only while they are True.
   *
   * @maxItems 16
   */
  readonly conditions?: readonly Condition[];
}

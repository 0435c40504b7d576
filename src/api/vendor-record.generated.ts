// Generated from crds/ by `npm run generate`. Do not edit.

import type { Condition } from './condition.generated.ts';
import type { ObjectMeta } from './object-meta.ts';

/**
 * A VendorRecord is a compressed slice of what the vendor cannot tell us, written by the controller: which
 * items we hold and under which policy, states confirmed by an operation, proofs, the ledger of the guard,
 * and log-ins that failed. A missing record means not known, never not held. Do not edit or delete records;
 * back them up with vendorplane records export.
 */
export interface VendorRecord {
  /**
   * Group and version of the kind.
   */
  readonly apiVersion: 'vendorplane.dev/v1alpha1';
  /**
   * The kind.
   */
  readonly kind: 'VendorRecord';
  /**
   * Name, namespace, labels and the like.
   */
  readonly metadata: ObjectMeta;
  readonly spec: VendorRecordSpec;
  readonly status?: VendorRecordStatus;
}
/**
 * The slice.
 */
export interface VendorRecordSpec {
  /**
   * The VendorAccount that wrote this record. When a second account of the same vendor scope appears, this
   * says which one was first.
   */
  readonly accountRef: {
    /**
     * Name of the VendorAccount, in the namespace of this object.
     */
    readonly name: string;
  };
  /**
   * The vendor identity the slice belongs to: vendor, endpoint, and the identifying field of the account's
   * block; or the login, which several accounts may share. Immutable.
   */
  readonly vendorScope: string;
  /**
   * What is recorded. Holdings: items we hold, with the policy to release them by. ConfirmedStates: what an
   * operation confirmed and the vendor cannot be asked. Proofs: what must not happen twice. GuardLedger: what
   * was spent of the budgets, and of the day's requests. Refusals: what the vendor refused for good, so that
   * a restart does not ask it again. LogIns: attempts to log in that the vendor may count towards locking the
   * login. Immutable.
   */
  readonly content: 'Holdings' | 'ConfirmedStates' | 'Proofs' | 'GuardLedger' | 'Refusals' | 'LogIns';
  /**
   * Which part of the content it is. Immutable.
   */
  readonly slice: string;
  /**
   * Version of the format inside dataGzip. A version that is not known is left untouched, and the account
   * stalls.
   */
  readonly formatVersion: number;
  /**
   * How many entries the slice has.
   */
  readonly entries: number;
  /**
   * SHA-256 of the entries before compression, 64 hexadecimal digits.
   */
  readonly sha256: string;
  /**
   * The entries, as base64 of gzip, at most 256 KiB compressed.
   */
  readonly dataGzip: string;
  /**
   * Number of the leadership under which it was written; a leader of a lower number may not write it.
   */
  readonly fence: number;
  /**
   * When the slice was last written.
   */
  readonly updatedAt?: string;
}
/**
 * What the controller has to say about the record itself.
 */
export interface VendorRecordStatus {
  /**
   * The metadata.generation this status speaks about. Lower than metadata.generation: the last edit has not
   * been looked at yet, and nothing below is about it.
   */
  readonly observedGeneration?: number;
  /**
   * What can be said about this object now, one entry per type. Ready is there from the first touch on; the
   * other types appear only while they are True.
   *
   * @maxItems 16
   */
  readonly conditions?: readonly Condition[];
}

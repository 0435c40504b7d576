// Generated from crds/ by `npm run generate`. Do not edit.

import type { Condition } from './condition.generated.ts';
import type { ObjectMeta } from './object-meta.ts';

/**
 * A NetflixChargeFeed reads the operator's charges from CRM.COM, records each as a NetflixCharge, and only
 * then, if it says so, acknowledges it. An acknowledged charge can never be read from the vendor again.
 * Deleting the feed deletes no charge.
 */
export interface NetflixChargeFeed {
  /**
   * Group and version of the kind.
   */
  readonly apiVersion: 'vendorplane.dev/v1alpha1';
  /**
   * The kind.
   */
  readonly kind: 'NetflixChargeFeed';
  /**
   * Name, namespace, labels and the like.
   */
  readonly metadata: ObjectMeta;
  readonly spec: NetflixChargeFeedSpec;
  readonly status?: NetflixChargeFeedStatus;
}
/**
 * Which charges are read, and what is done with them.
 */
export interface NetflixChargeFeedSpec {
  /**
   * The VendorAccount of the operator. Immutable.
   */
  readonly accountRef: {
    /**
     * Name of the VendorAccount, in the namespace of this object.
     */
    readonly name: string;
  };
  /**
   * How long at least passes between two looks at the charges, as a duration like 5m. Default 5m, at least
   * 1s.
   */
  readonly pollInterval?: string;
  /**
   * Whether a charge is acknowledged once the API server has it, which takes it off the vendor's list for
   * good. Never: it is only recorded. AfterRecording: it is. Charges that contradict themselves are never
   * acknowledged. Default Never.
   */
  readonly acknowledge?: 'Never' | 'AfterRecording';
  /**
   * How long an acknowledged charge stays recorded, as a duration like 720h. Charges that were not
   * acknowledged, or that a person must look at, stay. Default 720h, at least 1h.
   */
  readonly retention?: string;
  /**
   * True stops new work for this object: nothing new is sent to the vendor, what was already sent is followed
   * to its end, and what is held at the vendor stays held. Default false.
   */
  readonly suspend?: boolean;
}
/**
 * How far the feed is, written by the controller.
 */
export interface NetflixChargeFeedStatus {
  /**
   * The metadata.generation this status speaks about. Lower than metadata.generation: the last edit has not
   * been looked at yet, and nothing below is about it.
   */
  readonly observedGeneration?: number;
  /**
   * The value of the annotation vendorplane.dev/reconcile-requested-at that was last acted on. Set the
   * annotation to a new value to ask for a look at the vendor now; when it appears here, it was done.
   */
  readonly lastHandledReconcileAt?: string;
  /**
   * Charges of this operator that stand recorded, acknowledged ones too.
   */
  readonly recorded?: number;
  /**
   * Recorded charges that were acknowledged.
   */
  readonly acknowledged?: number;
  /**
   * Recorded charges that a person must look at: kubectl get netflixcharges shows which and why.
   */
  readonly review?: number;
  /**
   * Charges with work still to do by itself.
   */
  readonly pending?: number;
  /**
   * When the list of charges was last read to its end.
   */
  readonly lastDrainAt?: string;
  /**
   * VendorOperations in flight that acknowledge charges. At most 50 are shown.
   *
   * @maxItems 50
   *
   * Items: One operation.
   */
  readonly operations?: readonly {
    /**
     * Name of the VendorOperation, in the namespace of this object.
     */
    readonly name: string;
  }[];
  /**
   * What can be said about this object now, one entry per type. Ready is there from the first touch on; the
   * other types appear only while they are True.
   *
   * @maxItems 16
   */
  readonly conditions?: readonly Condition[];
}
/**
 * NetflixChargeFeedSpec as the API server serves it, with every default filled in.
 */
export interface ServedNetflixChargeFeedSpec {
  /**
   * The VendorAccount of the operator. Immutable.
   */
  readonly accountRef: {
    /**
     * Name of the VendorAccount, in the namespace of this object.
     */
    readonly name: string;
  };
  /**
   * How long at least passes between two looks at the charges, as a duration like 5m. Default 5m, at least
   * 1s.
   */
  readonly pollInterval: string;
  /**
   * Whether a charge is acknowledged once the API server has it, which takes it off the vendor's list for
   * good. Never: it is only recorded. AfterRecording: it is. Charges that contradict themselves are never
   * acknowledged. Default Never.
   */
  readonly acknowledge: 'Never' | 'AfterRecording';
  /**
   * How long an acknowledged charge stays recorded, as a duration like 720h. Charges that were not
   * acknowledged, or that a person must look at, stay. Default 720h, at least 1h.
   */
  readonly retention: string;
  /**
   * True stops new work for this object: nothing new is sent to the vendor, what was already sent is followed
   * to its end, and what is held at the vendor stays held. Default false.
   */
  readonly suspend: boolean;
}

// Generated from crds/ by `npm run generate`. Do not edit.

import type { Condition } from './condition.generated.ts';
import type { ObjectMeta } from './object-meta.ts';

/**
 * A VendorOperation is one entry of the journal, written by the controller: a write to a vendor, recorded
 * before its first byte is sent. It covers one call or, at a vendor that takes one item a call, a bounded run
 * of calls. An operation in state Unknown that no read can settle waits for a person: see vendorplane
 * resolve. Finished operations are removed after the audit time. Deleting one neither stops the call nor
 * gives its budget back.
 */
export interface VendorOperation {
  /**
   * Group and version of the kind.
   */
  readonly apiVersion: 'vendorplane.dev/v1alpha1';
  /**
   * The kind.
   */
  readonly kind: 'VendorOperation';
  /**
   * Name, namespace, labels and the like.
   */
  readonly metadata: ObjectMeta;
  readonly spec: VendorOperationSpec;
  readonly status?: VendorOperationStatus;
}
/**
 * What the vendor is asked to do. Written once, before it is sent.
 */
export interface VendorOperationSpec {
  /**
   * The VendorAccount on whose behalf the call is made.
   */
  readonly accountRef: {
    /**
     * Name of the VendorAccount, in the namespace of this object.
     */
    readonly name: string;
  };
  /**
   * What is asked for, for example claim, unclaim, createCompany, suspend, cancel, register, acknowledge,
   * deactivate or delete. Each verb's rule for repeating it stands in the documentation of its vendor.
   */
  readonly verb: string;
  /**
   * Our unique key of this call. Sent along where the vendor takes one (Samsung's transactionId), so that a
   * lost reply can be looked up.
   */
  readonly requestKey: string;
  /**
   * What all items of the call share because the vendor takes one value a call, by name: customer,
   * identifierType and orderNumber for devices, group for ESNs. No personal data.
   */
  readonly partition?: {
    /**
     * The shared value.
     */
    readonly [k: string]: string;
  };
  /**
   * How many items the call carries.
   */
  readonly itemCount: number;
  /**
   * SHA-256 of the item keys before compression, 64 hexadecimal digits.
   */
  readonly itemsSha256: string;
  /**
   * The item keys in the order they are sent, one a line, as base64 of gzip. Read them with base64 -d and
   * gunzip.
   */
  readonly itemsGzip: string;
  /**
   * What becomes recorded of the items that succeed, and so for which resource and under which policy each
   * was sent: one JSON object a line, with the record and the positions of its items, as base64 of gzip.
   * Absent: a success leaves no record.
   */
  readonly recordsGzip?: string;
  /**
   * Digest of what was asked for the items, as their resources declared it. A later process knows by it
   * whether a refusal still answers what they declare.
   */
  readonly asked?: string;
  /**
   * The first 20 item keys, for reading.
   *
   * @maxItems 20
   *
   * Items: An item key, for example imei:490154203237518.
   */
  readonly sample?: readonly string[];
  /**
   * The digest of the approved VendorPlan this is a part of. Absent when no approval was needed.
   */
  readonly planDigest?: string;
  /**
   * Number of the leadership under which it was written; only the leader of the same number may send it.
   */
  readonly fence: number;
}
/**
 * What became of it. state is derived from the other fields, which are the facts.
 */
export interface VendorOperationStatus {
  /**
   * The metadata.generation this status speaks about. Lower than metadata.generation: the last edit has not
   * been looked at yet, and nothing below is about it.
   */
  readonly observedGeneration?: number;
  /**
   * How far it is, for reading. Intended: recorded, not sent. Submitted: sent. InProgress: the vendor works
   * on it. Complete: done. CompleteWithErrors: done, some items refused. Failed: refused as a whole. Unknown:
   * sent, and nobody knows what became of it. Abandoned: never sent. Resolved: a person said what became of
   * it.
   */
  state?:
    | 'Intended'
    | 'Submitted'
    | 'InProgress'
    | 'Complete'
    | 'CompleteWithErrors'
    | 'Failed'
    | 'Unknown'
    | 'Abandoned'
    | 'Resolved';
  /**
   * In a run of calls that take one item each: how many items were begun. Written before each call that may
   * not simply be repeated.
   */
  readonly cursor?: number;
  /**
   * The vendor's own ids of the operation, to ask for its progress.
   *
   * @maxItems 1000
   *
   * Items: One id, exactly as the vendor gave it.
   */
  readonly vendorOperationIds?: readonly string[];
  /**
   * When the call was handed to the connection. Absent: never sent.
   */
  readonly submittedAt?: string;
  /**
   * Since when its outcome is unknown. Absent when it is known.
   */
  readonly unknownSince?: string;
  /**
   * When it was given up unsent. Absent when it was not.
   */
  readonly abandonedAt?: string;
  /**
   * When its outcome was known for every item.
   */
  readonly finishedAt?: string;
  /**
   * Why the call was refused as a whole, or why it was given up. Absent otherwise.
   */
  readonly failure?: {
    /**
     * The vendor's code, or a CamelCase word of ours.
     */
    readonly code: string;
    /**
     * One sentence, without secrets.
     */
    readonly message?: string;
  };
  /**
   * How many items ended how.
   */
  readonly results?: {
    /**
     * Items the vendor did.
     */
    readonly succeeded?: number;
    /**
     * Items the vendor refused.
     */
    readonly failed?: number;
    /**
     * Items nobody knows about.
     */
    readonly unknown?: number;
  };
  /**
   * What the vendor answered about single items, equal answers in one group. At most 50 groups; results
   * counts all items.
   *
   * @maxItems 50
   *
   * Items: Items with the same answer.
   */
  readonly outcomes?: readonly {
    /**
     * The code of the answer.
     */
    readonly code: string;
    /**
     * The text of the answer, cut at 256 characters.
     */
    readonly message?: string;
    /**
     * How many items got it.
     */
    readonly count: number;
    /**
     * Which items, as positions in itemsGzip counted from 0, single or from-to, for example 0-17,44.
     */
    readonly items: string;
  }[];
  /**
   * What people found out about items whose outcome was unknown. Entries can only be added.
   *
   * @maxItems 1000
   *
   * Items: One finding.
   */
  readonly resolutions?: readonly {
    /**
     * The item key. Absent: all items without a finding of their own.
     */
    readonly item?: string;
    /**
     * What was found out.
     */
    readonly as: 'Happened' | 'NotHappened';
    /**
     * Who found out, as the API server knows the person.
     */
    readonly by: string;
    /**
     * When it was said.
     */
    readonly at: string;
  }[];
  /**
   * What can be said about this object now, one entry per type. Ready is there from the first touch on; the
   * other types appear only while they are True.
   *
   * @maxItems 16
   */
  readonly conditions?: readonly Condition[];
}

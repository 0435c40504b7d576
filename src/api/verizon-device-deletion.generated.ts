// Generated from crds/ by `npm run generate`. Do not edit.

import type { Condition } from './condition.generated.ts';
import type { ObjectMeta } from './object-meta.ts';

/**
 * A VerizonDeviceDeletion says that these lines are gone from a Verizon account, their histories archived
 * first. Deleting a line cannot be undone. A line that was proven gone is never deleted again, by any object.
 * Deleting this object never touches the vendor: lines that are not deleted yet stay as they are.
 */
export interface VerizonDeviceDeletion {
  /**
   * Group and version of the kind.
   */
  readonly apiVersion: 'vendorplane.dev/v1alpha1';
  /**
   * The kind.
   */
  readonly kind: 'VerizonDeviceDeletion';
  /**
   * Name, namespace, labels and the like.
   */
  readonly metadata: ObjectMeta;
  readonly spec: VerizonDeviceDeletionSpec;
  readonly status?: VerizonDeviceDeletionStatus;
}
/**
 * Which lines shall be gone, and how carefully.
 */
export interface VerizonDeviceDeletionSpec {
  /**
   * The VendorAccount the lines belong to, of vendor VerizonUws. Immutable.
   */
  readonly accountRef: {
    /**
     * Name of the VendorAccount, in the namespace of this object.
     */
    readonly name: string;
  };
  /**
   * Must be true. Whoever writes it has understood that a deleted line, its history and its number do not
   * come back. The account's guard.irreversible must allow it, too.
   */
  readonly irreversible: boolean;
  /**
   * What to do with a line that is in service. Never: say so and leave it. IfActive: deactivate it first,
   * which takes its number and plan and may cost a fee. A suspended line is left alone either way. Default
   * Never.
   */
  readonly deactivate?: 'Never' | 'IfActive';
  /**
   * True uses a waiver of the contract against the early termination fee of a deactivation. Default false.
   */
  readonly etfWaiver?: boolean;
  /**
   * What becomes of the lines' past, which goes with them.
   */
  readonly history?: {
    /**
     * Required: usage, connection and provisioning history and the line's record are archived and read back
     * first, or the line is not deleted. Skip: they may be lost. Default Required.
     */
    readonly archive?: 'Required' | 'Skip';
    /**
     * How long to wait, as a duration, after the line was first seen out of service, since usage comes in
     * late at the vendor; also with archive Skip. Default 72h.
     */
    readonly usageSettlesAfter?: string;
    /**
     * How far back the archive reaches, as a duration. The vendor keeps usage for 12 months. Default 8760h,
     * one year; at most 87600h.
     */
    readonly lookback?: string;
  };
  /**
   * The lines, at most 1,000; for more use devicesFrom. Both may be set, and are one list. One identifier
   * names a line. A wrong identifier or a duplicate does not refuse the list: it fails that line alone, see
   * status.failures.
   *
   * @maxItems 100000
   *
   * Items: One line.
   */
  readonly devices?: readonly {
    /**
     * What the identifier is. A line named by its eid cannot be looked at and is not deleted; name it by its
     * iccid or imei.
     */
    readonly kind: 'esn' | 'iccid' | 'imei' | 'meid' | 'eid';
    /**
     * The identifier, with its leading zeros; spaces and dashes are ignored. Quote it in YAML: it is a
     * string.
     */
    readonly identifier: string;
  }[];
  /**
   * Longer lists, as CSV in ConfigMaps of this namespace. At most 64. A changed ConfigMap takes effect by
   * itself.
   *
   * @maxItems 64
   *
   * Items: One list.
   */
  readonly devicesFrom?: readonly {
    /**
     * Which key of which ConfigMap holds the list.
     */
    readonly configMapKeyRef: {
      /**
       * Name of the ConfigMap, in the namespace of this object.
       */
      readonly name: string;
      /**
       * The key, for example devices.csv in data or devices.csv.gz in binaryData. The CSV begins with a
       * header line that names the columns: kind, identifier. A name that ends in .gz is unpacked.
       */
      readonly key: string;
    };
  }[];
  /**
   * True stops new work for this object: nothing new is sent to the vendor, what was already sent is followed
   * to its end, and what is held at the vendor stays held. Default false.
   */
  readonly suspend?: boolean;
}
/**
 * What became of the lines, written by the controller.
 */
export interface VerizonDeviceDeletionStatus {
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
   * How many lines stand where.
   */
  readonly devices?: {
    /**
     * Entries of the lists, those that name no line or one twice too (failed).
     */
    readonly desired?: number;
    /**
     * Declared lines that are gone from the account, whoever deleted them.
     */
    readonly deleted?: number;
    /**
     * Of those, lines that were not in the account at the first look; check that they are written right.
     */
    readonly alreadyGone?: number;
    /**
     * Declared lines whose history is safe.
     */
    readonly archived?: number;
    /**
     * Lines whose deactivation is under way.
     */
    readonly deactivating?: number;
    /**
     * Lines with work still to do by itself, or with time to pass.
     */
    readonly waiting?: number;
    /**
     * Lines that need a person; the first 50 stand in failures.
     */
    readonly failed?: number;
  };
  /**
   * The lists of devicesFrom as they were read for this status, so that Ready is never about an older list.
   *
   * @maxItems 64
   *
   * Items: One list that was read, or could not be.
   */
  readonly sources?: readonly {
    /**
     * Name of the ConfigMap.
     */
    readonly name: string;
    /**
     * The key in it.
     */
    readonly key: string;
    /**
     * The metadata.uid of the ConfigMap that was read. Absent when it is missing.
     */
    readonly uid?: string;
    /**
     * The metadata.resourceVersion of the ConfigMap that was read.
     */
    readonly resourceVersion?: string;
    /**
     * SHA-256 of the bytes under the key, 64 hexadecimal digits, as sha256sum prints it.
     */
    readonly sha256?: string;
    /**
     * Rows without the header line, good and rejected ones.
     */
    readonly rows?: number;
    /**
     * Rows that could not be read as a line.
     */
    readonly rejectedRows?: number;
    /**
     * What is wrong with the list. Absent when it is in order.
     */
    readonly problem?: 'SourceMissing' | 'SourceUnreadable' | 'RowsRejected' | 'EmptyList';
    /**
     * The first 20 rejected rows.
     *
     * @maxItems 20
     *
     * Items: One rejected row.
     */
    readonly rejections?: readonly {
      /**
       * Line in the file; the header line is 1.
       */
      readonly line: number;
      /**
       * What is wrong with it, as one CamelCase word.
       */
      readonly reason: string;
      /**
       * What is wrong with it, as a sentence.
       */
      readonly message?: string;
    }[];
  }[];
  /**
   * Where the histories are, at most 50; devices.archived counts them all, and vendorplane archive verify
   * lists them all.
   *
   * @maxItems 50
   *
   * Items: The history of one line.
   */
  readonly archives?: readonly {
    /**
     * The line by kind and identifier, for example iccid:85000022411113460014.
     */
    readonly device: string;
    /**
     * The compressed file, relative to the archive's folder.
     */
    readonly path: string;
    /**
     * SHA-256 of the file, 64 hexadecimal digits, as sha256sum prints it.
     */
    readonly sha256: string;
    /**
     * Rows of all three histories.
     */
    readonly records?: number;
    /**
     * When it had been read back.
     */
    readonly completedAt?: string;
  }[];
  /**
   * Lines that need a person, and those that something holds up, at most 50; devices.failed counts the
   * former.
   *
   * @maxItems 50
   *
   * Items: One line.
   */
  readonly failures?: readonly {
    /**
     * The line by kind and identifier, for example iccid:85000022411113460014.
     */
    readonly device: string;
    /**
     * What is wrong, as one word; docs/reasons.md lists them.
     */
    readonly code: string;
    /**
     * What is wrong and what to do, as a sentence.
     */
    readonly message?: string;
  }[];
  /**
   * VendorOperations in flight that carry lines of this object. At most 50 are shown.
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
 * VerizonDeviceDeletionSpec as the API server serves it, with every default filled in.
 */
export interface ServedVerizonDeviceDeletionSpec {
  /**
   * The VendorAccount the lines belong to, of vendor VerizonUws. Immutable.
   */
  readonly accountRef: {
    /**
     * Name of the VendorAccount, in the namespace of this object.
     */
    readonly name: string;
  };
  /**
   * Must be true. Whoever writes it has understood that a deleted line, its history and its number do not
   * come back. The account's guard.irreversible must allow it, too.
   */
  readonly irreversible: boolean;
  /**
   * What to do with a line that is in service. Never: say so and leave it. IfActive: deactivate it first,
   * which takes its number and plan and may cost a fee. A suspended line is left alone either way. Default
   * Never.
   */
  readonly deactivate: 'Never' | 'IfActive';
  /**
   * True uses a waiver of the contract against the early termination fee of a deactivation. Default false.
   */
  readonly etfWaiver: boolean;
  /**
   * What becomes of the lines' past, which goes with them.
   */
  readonly history: {
    /**
     * Required: usage, connection and provisioning history and the line's record are archived and read back
     * first, or the line is not deleted. Skip: they may be lost. Default Required.
     */
    readonly archive: 'Required' | 'Skip';
    /**
     * How long to wait, as a duration, after the line was first seen out of service, since usage comes in
     * late at the vendor; also with archive Skip. Default 72h.
     */
    readonly usageSettlesAfter: string;
    /**
     * How far back the archive reaches, as a duration. The vendor keeps usage for 12 months. Default 8760h,
     * one year; at most 87600h.
     */
    readonly lookback: string;
  };
  /**
   * The lines, at most 1,000; for more use devicesFrom. Both may be set, and are one list. One identifier
   * names a line. A wrong identifier or a duplicate does not refuse the list: it fails that line alone, see
   * status.failures.
   *
   * @maxItems 100000
   *
   * Items: One line.
   */
  readonly devices?: readonly {
    /**
     * What the identifier is. A line named by its eid cannot be looked at and is not deleted; name it by its
     * iccid or imei.
     */
    readonly kind: 'esn' | 'iccid' | 'imei' | 'meid' | 'eid';
    /**
     * The identifier, with its leading zeros; spaces and dashes are ignored. Quote it in YAML: it is a
     * string.
     */
    readonly identifier: string;
  }[];
  /**
   * Longer lists, as CSV in ConfigMaps of this namespace. At most 64. A changed ConfigMap takes effect by
   * itself.
   *
   * @maxItems 64
   *
   * Items: One list.
   */
  readonly devicesFrom?: readonly {
    /**
     * Which key of which ConfigMap holds the list.
     */
    readonly configMapKeyRef: {
      /**
       * Name of the ConfigMap, in the namespace of this object.
       */
      readonly name: string;
      /**
       * The key, for example devices.csv in data or devices.csv.gz in binaryData. The CSV begins with a
       * header line that names the columns: kind, identifier. A name that ends in .gz is unpacked.
       */
      readonly key: string;
    };
  }[];
  /**
   * True stops new work for this object: nothing new is sent to the vendor, what was already sent is followed
   * to its end, and what is held at the vendor stays held. Default false.
   */
  readonly suspend: boolean;
}

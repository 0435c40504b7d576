// Generated from crds/ by `npm run generate`. Do not edit.

import type { Condition } from './condition.generated.ts';
import type { ObjectMeta } from './object-meta.ts';

/**
 * A DeviceClaim says that these devices belong to this customer. Devices that enter the list are claimed at
 * the vendor; what happens to devices that leave it, releasePolicy says. Only devices that were recorded as
 * this customer's are ever released. While any source of the list is missing, unreadable, has a rejected row
 * or is empty, nothing is released (condition ReleaseHeld); to release everything, delete the DeviceClaim.
 */
export interface DeviceClaim {
  /**
   * Group and version of the kind.
   */
  readonly apiVersion: 'vendorplane.dev/v1alpha1';
  /**
   * The kind.
   */
  readonly kind: 'DeviceClaim';
  /**
   * Name, namespace, labels and the like.
   */
  readonly metadata: ObjectMeta;
  readonly spec: DeviceClaimSpec;
  readonly status?: DeviceClaimStatus;
}
/**
 * Which devices belong to whom.
 */
export interface DeviceClaimSpec {
  /**
   * The Customer these devices belong to. Immutable.
   */
  readonly customerRef: {
    /**
     * Name of the Customer, in the namespace of this object.
     */
    readonly name: string;
  };
  /**
   * Your order, sent to the vendor with each device and shown in its portal. A change is written to devices
   * already held where the vendor allows it (Google). Default: none.
   */
  readonly orderNumber?: string;
  /**
   * What happens at the vendor to a device that leaves this claim, or when the claim is deleted. Keep: it
   * stays the customer's, and is no longer managed. Unclaim: it is given back, within the account's guard.
   * Default Keep.
   */
  readonly releasePolicy?: 'Unclaim' | 'Keep';
  /**
   * What to do when the customer let go of a declared device behind our back. Report: say so and leave it.
   * Reclaim: claim it again. Default Report.
   */
  readonly onVendorRelease?: 'Report' | 'Reclaim';
  /**
   * More values for the vendor's claim, by name: configurationId (Google), profileAliases (Samsung, separated
   * by commas). Sent with a claim only; the vendor cannot read them back. At most 20. Default: none.
   */
  readonly vendorParams?: {
    /**
     * The value, at most 1,024 characters.
     */
    readonly [k: string]: string;
  };
  /**
   * The devices, at most 1,000; for more use devicesFrom. Both may be set, and are one list. Entries that
   * share an identifier are the same device. A wrong check digit or a duplicate does not refuse the list: it
   * fails that device alone, see status.failures.
   *
   * @maxItems 100000
   *
   * Items: One device. Samsung: one of imei, serialNumber, meid. Other makes: imei and manufacturer, or
   * serialNumber, manufacturer and model for a device without radio.
   */
  readonly devices?: readonly {
    /**
     * The IMEI, 15 digits; spaces, dashes and slashes are ignored. Quote it in YAML: it is a string. Of a
     * device with two, the lower one.
     */
    readonly imei?: string;
    /**
     * The second IMEI of a device with two.
     */
    readonly imei2?: string;
    /**
     * The serial number as the device itself reports it; upper and lower case count.
     */
    readonly serialNumber?: string;
    /**
     * The MEID, 14 hexadecimal or 18 decimal digits.
     */
    readonly meid?: string;
    /**
     * The maker, exactly as the vendor lists it, for example Google.
     */
    readonly manufacturer?: string;
    /**
     * The model, exactly as the vendor lists it, for example Pixel 8.
     */
    readonly model?: string;
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
       * header line that names the columns: imei, imei2, serialNumber, meid, manufacturer, model. A name that
       * ends in .gz is unpacked.
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
 * What became of the devices, written by the controller.
 */
export interface DeviceClaimStatus {
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
   * How many devices stand where.
   */
  readonly devices?: {
    /**
     * Entries of the lists, those that name no device or one twice too (failed).
     */
    readonly desired?: number;
    /**
     * Declared devices that were seen at the customer.
     */
    readonly claimed?: number;
    /**
     * Devices with work still to do by itself.
     */
    readonly pending?: number;
    /**
     * Devices that need a person; the first 50 stand in failures.
     */
    readonly failed?: number;
    /**
     * Devices that another claim or another customer holds.
     */
    readonly conflicted?: number;
    /**
     * Devices that left the claim and are being given back.
     */
    readonly releasing?: number;
    /**
     * Devices the customer has yet to approve (Samsung).
     */
    readonly awaitingCustomer?: number;
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
     * Rows that could not be read as a device. While there are any, nothing is released.
     */
    readonly rejectedRows?: number;
    /**
     * What is wrong with the list. While anything is, nothing is released. Absent when it is in order.
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
   * Devices that need a person, at most 50; devices.failed counts them all, and vendorplane devices lists
   * them all.
   *
   * @maxItems 50
   *
   * Items: One device.
   */
  readonly failures?: readonly {
    /**
     * The device by kind and identifier, for example imei:490154203237518.
     */
    readonly device: string;
    /**
     * What is wrong, in the words of the Common Android Reseller Library where it has one, for example
     * INVALID_MANUFACTURER.
     */
    readonly code: string;
    /**
     * What is wrong and what to do, as a sentence.
     */
    readonly message?: string;
  }[];
  /**
   * VendorOperations in flight that carry devices of this claim. At most 50 are shown.
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
 * DeviceClaimSpec as the API server serves it, with every default filled in.
 */
export interface ServedDeviceClaimSpec {
  /**
   * The Customer these devices belong to. Immutable.
   */
  readonly customerRef: {
    /**
     * Name of the Customer, in the namespace of this object.
     */
    readonly name: string;
  };
  /**
   * Your order, sent to the vendor with each device and shown in its portal. A change is written to devices
   * already held where the vendor allows it (Google). Default: none.
   */
  readonly orderNumber?: string;
  /**
   * What happens at the vendor to a device that leaves this claim, or when the claim is deleted. Keep: it
   * stays the customer's, and is no longer managed. Unclaim: it is given back, within the account's guard.
   * Default Keep.
   */
  readonly releasePolicy: 'Unclaim' | 'Keep';
  /**
   * What to do when the customer let go of a declared device behind our back. Report: say so and leave it.
   * Reclaim: claim it again. Default Report.
   */
  readonly onVendorRelease: 'Report' | 'Reclaim';
  /**
   * More values for the vendor's claim, by name: configurationId (Google), profileAliases (Samsung, separated
   * by commas). Sent with a claim only; the vendor cannot read them back. At most 20. Default: none.
   */
  readonly vendorParams: {
    /**
     * The value, at most 1,024 characters.
     */
    readonly [k: string]: string;
  };
  /**
   * The devices, at most 1,000; for more use devicesFrom. Both may be set, and are one list. Entries that
   * share an identifier are the same device. A wrong check digit or a duplicate does not refuse the list: it
   * fails that device alone, see status.failures.
   *
   * @maxItems 100000
   *
   * Items: One device. Samsung: one of imei, serialNumber, meid. Other makes: imei and manufacturer, or
   * serialNumber, manufacturer and model for a device without radio.
   */
  readonly devices?: readonly {
    /**
     * The IMEI, 15 digits; spaces, dashes and slashes are ignored. Quote it in YAML: it is a string. Of a
     * device with two, the lower one.
     */
    readonly imei?: string;
    /**
     * The second IMEI of a device with two.
     */
    readonly imei2?: string;
    /**
     * The serial number as the device itself reports it; upper and lower case count.
     */
    readonly serialNumber?: string;
    /**
     * The MEID, 14 hexadecimal or 18 decimal digits.
     */
    readonly meid?: string;
    /**
     * The maker, exactly as the vendor lists it, for example Google.
     */
    readonly manufacturer?: string;
    /**
     * The model, exactly as the vendor lists it, for example Pixel 8.
     */
    readonly model?: string;
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
       * header line that names the columns: imei, imei2, serialNumber, meid, manufacturer, model. A name that
       * ends in .gz is unpacked.
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

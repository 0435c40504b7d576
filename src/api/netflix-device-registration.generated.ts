// Generated from crds/ by `npm run generate`. Do not edit.

import type { Condition } from './condition.generated.ts';
import type { ObjectMeta } from './object-meta.ts';

/**
 * A NetflixDeviceRegistration says that these devices are registered to this operator at Netflix. The vendor
 * can neither list nor show a registered device, so our record is all there is: a device that the vendor
 * names as failed is Unconfirmed, alone. While any source of the list is missing, unreadable, has a rejected
 * row or is empty, nothing is unregistered (condition ReleaseHeld); to unregister everything, delete the
 * object.
 */
export interface NetflixDeviceRegistration {
  /**
   * Group and version of the kind.
   */
  readonly apiVersion: 'vendorplane.dev/v1alpha1';
  /**
   * The kind.
   */
  readonly kind: 'NetflixDeviceRegistration';
  /**
   * Name, namespace, labels and the like.
   */
  readonly metadata: ObjectMeta;
  readonly spec: NetflixDeviceRegistrationSpec;
  readonly status?: NetflixDeviceRegistrationStatus;
}
/**
 * Which devices are registered to whom.
 */
export interface NetflixDeviceRegistrationSpec {
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
   * The group that stands for the operator at CRM.COM, by exactly one of its fields.
   */
  readonly group: {
    /**
     * Its id.
     */
    readonly id?: string;
    /**
     * Its name, for example Telkom Operator.
     */
    readonly name?: string;
    /**
     * Its alternative code.
     */
    readonly alternativeCode?: string;
  };
  /**
   * What happens at the vendor to a device that leaves this object, or when it is deleted. Keep: it stays
   * registered, and is no longer managed. Unregister: it loses Netflix, within the guard of the account.
   * Default Keep.
   */
  readonly releasePolicy?: 'Keep' | 'Unregister';
  /**
   * The devices, at most 1,000; for more use devicesFrom. Both may be set, and are one list. A number that
   * cannot be one, or is listed twice, fails alone, see status.failures.
   *
   * @maxItems 100000
   *
   * Items: One device.
   */
  readonly devices?: readonly {
    /**
     * Its electronic serial number; upper and lower case count.
     */
    readonly esn: string;
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
       * header line that names the columns: esn. A name that ends in .gz is unpacked.
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
export interface NetflixDeviceRegistrationStatus {
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
     * Devices recorded as registered.
     */
    readonly registered?: number;
    /**
     * Devices with work still to do by itself.
     */
    readonly pending?: number;
    /**
     * Devices that the vendor names as failed without a reason.
     */
    readonly unconfirmed?: number;
    /**
     * Devices whose records were lost, as far as can be told; they are not registered again before a person
     * asks for it, see the reason RecordLost.
     */
    readonly lost?: number;
    /**
     * Devices that need a person; the first 50 stand in failures.
     */
    readonly failed?: number;
    /**
     * Devices that another object or another group holds.
     */
    readonly conflicted?: number;
    /**
     * Devices that left it and are being unregistered.
     */
    readonly releasing?: number;
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
     * Rows that could not be read as a device. While there are any, nothing is unregistered.
     */
    readonly rejectedRows?: number;
    /**
     * What is wrong with the list. While anything is, nothing is unregistered. Absent when it is in order.
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
   * Devices that need a person, at most 50; the counts in devices count them all, and vendorplane devices
   * lists them all.
   *
   * @maxItems 50
   *
   * Items: One device.
   */
  readonly failures?: readonly {
    /**
     * The device by kind and identifier, for example esn:NFANDROID1-PRV.
     */
    readonly device: string;
    /**
     * What is wrong, for example UNCONFIRMED.
     */
    readonly code: string;
    /**
     * What is wrong and what to do, as a sentence.
     */
    readonly message?: string;
  }[];
  /**
   * VendorOperations in flight that carry devices of this object. At most 50 are shown.
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
 * NetflixDeviceRegistrationSpec as the API server serves it, with every default filled in.
 */
export interface ServedNetflixDeviceRegistrationSpec {
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
   * The group that stands for the operator at CRM.COM, by exactly one of its fields.
   */
  readonly group: {
    /**
     * Its id.
     */
    readonly id?: string;
    /**
     * Its name, for example Telkom Operator.
     */
    readonly name?: string;
    /**
     * Its alternative code.
     */
    readonly alternativeCode?: string;
  };
  /**
   * What happens at the vendor to a device that leaves this object, or when it is deleted. Keep: it stays
   * registered, and is no longer managed. Unregister: it loses Netflix, within the guard of the account.
   * Default Keep.
   */
  readonly releasePolicy: 'Keep' | 'Unregister';
  /**
   * The devices, at most 1,000; for more use devicesFrom. Both may be set, and are one list. A number that
   * cannot be one, or is listed twice, fails alone, see status.failures.
   *
   * @maxItems 100000
   *
   * Items: One device.
   */
  readonly devices?: readonly {
    /**
     * Its electronic serial number; upper and lower case count.
     */
    readonly esn: string;
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
       * header line that names the columns: esn. A name that ends in .gz is unpacked.
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

// Generated from crds/ by `npm run generate`. Do not edit.

import type { Condition } from './condition.generated.ts';
import type { ObjectMeta } from './object-meta.ts';

/**
 * A Customer is a company at a device vendor, to which DeviceClaims assign devices. It is found by companyId
 * or by companyName; adoption says whether it may be taken over or created. Deleting a Customer never deletes
 * the company: no vendor offers that.
 */
export interface Customer {
  /**
   * Group and version of the kind.
   */
  readonly apiVersion: 'vendorplane.dev/v1alpha1';
  /**
   * The kind.
   */
  readonly kind: 'Customer';
  /**
   * Name, namespace, labels and the like.
   */
  readonly metadata: ObjectMeta;
  readonly spec: CustomerSpec;
  readonly status?: CustomerStatus;
}
/**
 * Which company it is.
 */
export interface CustomerSpec {
  /**
   * The VendorAccount at which this company is a customer. Immutable.
   */
  readonly accountRef: {
    /**
     * Name of the VendorAccount, in the namespace of this object.
     */
    readonly name: string;
  };
  /**
   * The company's name, exactly as the vendor shows it. Frozen once status.companyId is set. Two companies of
   * this name stall the Customer with the reason AmbiguousCompany: then set companyId.
   */
  readonly companyName: string;
  /**
   * The vendor's id of the company: adopt exactly this one. Quote it in YAML: it is a string. Default: the
   * company is looked up by companyName, and adoption decides. Once bound, it can only be equal to
   * status.companyId.
   */
  readonly companyId?: string;
  /**
   * What to do without companyId. Never: nothing; wait for companyId. Adopt: take over the one company of
   * that name. AdoptOrCreate: take it over or, if there is none, create it; that sends mail, cannot be
   * undone, needs ownerEmails, and spends the account's guard.creations. Default Adopt.
   */
  readonly adoption?: 'Never' | 'Adopt' | 'AdoptOrCreate';
  /**
   * Who owns the company in the vendor's portal; needed and used only to create it. Google: the owners,
   * Google accounts of the company. Samsung: the first one becomes super admin, a Samsung account. The vendor
   * cannot read it back or change it.
   *
   * @maxItems 50
   *
   * Items: A mail address.
   */
  readonly ownerEmails?: readonly string[];
  /**
   * Who else administers the company in the vendor's portal; used only to create it. Google only.
   *
   * @maxItems 50
   *
   * Items: A mail address.
   */
  readonly adminEmails?: readonly string[];
  /**
   * The language of the vendor's mails to the company, for example de or pt-BR; used only to create it.
   * Google only. Default: the vendor's.
   */
  readonly languageCode?: string;
  /**
   * The person Samsung asks for when a company is created. Samsung creation only.
   */
  readonly contact?: {
    /**
     * First name, at most 60 characters.
     */
    readonly firstName: string;
    /**
     * Last name, at most 60 characters.
     */
    readonly lastName: string;
    /**
     * The country, as two capital letters of ISO 3166-1, for example DE.
     */
    readonly country: string;
  };
  /**
   * What to say about devices the company holds that no DeviceClaim names. Report: count them in status.
   * Ignore: do not. They are never touched. Default Report.
   */
  readonly unmanagedDevices?: 'Report' | 'Ignore';
  /**
   * True stops new work for this company, that of its DeviceClaims too: nothing new is sent to the vendor,
   * what was already sent is followed to its end, and what is held at the vendor stays held. Default false.
   */
  readonly suspend?: boolean;
}
/**
 * What was seen of the company, written by the controller.
 */
export interface CustomerStatus {
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
   * The vendor's id of the company this Customer is bound to. Absent until it was found, adopted or created.
   */
  readonly companyId?: string;
  /**
   * Whether the company accepted the vendor's terms: Accepted, NotAccepted, or Stale when they have changed
   * since. Absent where the vendor does not tell (Samsung).
   */
  readonly termsStatus?: string;
  /**
   * The company's devices.
   */
  readonly devices?: {
    /**
     * Devices that DeviceClaims declare for the company.
     */
    readonly declared?: number;
    /**
     * Declared devices the company holds.
     */
    readonly claimed?: number;
    /**
     * Devices the company holds that no DeviceClaim names. Absent when unmanagedDevices is Ignore.
     */
    readonly unmanaged?: number;
  };
  /**
   * VendorOperations in flight for the company itself, such as its creation.
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
 * CustomerSpec as the API server serves it, with every default filled in.
 */
export interface ServedCustomerSpec {
  /**
   * The VendorAccount at which this company is a customer. Immutable.
   */
  readonly accountRef: {
    /**
     * Name of the VendorAccount, in the namespace of this object.
     */
    readonly name: string;
  };
  /**
   * The company's name, exactly as the vendor shows it. Frozen once status.companyId is set. Two companies of
   * this name stall the Customer with the reason AmbiguousCompany: then set companyId.
   */
  readonly companyName: string;
  /**
   * The vendor's id of the company: adopt exactly this one. Quote it in YAML: it is a string. Default: the
   * company is looked up by companyName, and adoption decides. Once bound, it can only be equal to
   * status.companyId.
   */
  readonly companyId?: string;
  /**
   * What to do without companyId. Never: nothing; wait for companyId. Adopt: take over the one company of
   * that name. AdoptOrCreate: take it over or, if there is none, create it; that sends mail, cannot be
   * undone, needs ownerEmails, and spends the account's guard.creations. Default Adopt.
   */
  readonly adoption: 'Never' | 'Adopt' | 'AdoptOrCreate';
  /**
   * Who owns the company in the vendor's portal; needed and used only to create it. Google: the owners,
   * Google accounts of the company. Samsung: the first one becomes super admin, a Samsung account. The vendor
   * cannot read it back or change it.
   *
   * @maxItems 50
   *
   * Items: A mail address.
   */
  readonly ownerEmails?: readonly string[];
  /**
   * Who else administers the company in the vendor's portal; used only to create it. Google only.
   *
   * @maxItems 50
   *
   * Items: A mail address.
   */
  readonly adminEmails?: readonly string[];
  /**
   * The language of the vendor's mails to the company, for example de or pt-BR; used only to create it.
   * Google only. Default: the vendor's.
   */
  readonly languageCode?: string;
  /**
   * The person Samsung asks for when a company is created. Samsung creation only.
   */
  readonly contact?: {
    /**
     * First name, at most 60 characters.
     */
    readonly firstName: string;
    /**
     * Last name, at most 60 characters.
     */
    readonly lastName: string;
    /**
     * The country, as two capital letters of ISO 3166-1, for example DE.
     */
    readonly country: string;
  };
  /**
   * What to say about devices the company holds that no DeviceClaim names. Report: count them in status.
   * Ignore: do not. They are never touched. Default Report.
   */
  readonly unmanagedDevices: 'Report' | 'Ignore';
  /**
   * True stops new work for this company, that of its DeviceClaims too: nothing new is sent to the vendor,
   * what was already sent is followed to its end, and what is held at the vendor stays held. Default false.
   */
  readonly suspend: boolean;
}

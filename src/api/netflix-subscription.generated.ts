// Generated from crds/ by `npm run generate`. Do not edit.

import type { Condition } from './condition.generated.ts';
import type { ObjectMeta } from './object-meta.ts';

/**
 * A NetflixSubscription says how one subscriber's Netflix subscription shall stand at the operator's CRM.COM
 * installation. It is looked up before it is created, created at most once, and its one-time token goes into
 * a Secret. The vendor cannot show a suspension, so what we did is recorded.
 */
export interface NetflixSubscription {
  /**
   * Group and version of the kind.
   */
  readonly apiVersion: 'vendorplane.dev/v1alpha1';
  /**
   * The kind.
   */
  readonly kind: 'NetflixSubscription';
  /**
   * Name, namespace, labels and the like.
   */
  readonly metadata: ObjectMeta;
  readonly spec: NetflixSubscriptionSpec;
  readonly status?: NetflixSubscriptionStatus;
}
/**
 * Whose subscription it is, and how it shall stand.
 */
export interface NetflixSubscriptionSpec {
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
   * The subscriber, by the id of your own billing system. Quote it in YAML: it is a string. Immutable.
   */
  readonly billingSystemCustomerIdentifier: string;
  /**
   * How it shall stand; there is no default. Active: it is created if there is none, and unsuspended if we
   * suspended it. Suspended: a subscriber who watches watches no more. Cancelled: it ends for good, within
   * the guard of the account.
   */
  readonly state: 'Active' | 'Suspended' | 'Cancelled';
  /**
   * Whether a subscription that was cancelled may be followed by a new one while state is Active. One that
   * the vendor lost has to be declared Cancelled first. Default false.
   */
  readonly recreateAfterCancel?: boolean;
  /**
   * What happens at the vendor when this object is deleted. Keep: nothing. Cancel: the subscription is
   * cancelled, within the guard of the account. Default Keep.
   */
  readonly releasePolicy?: 'Keep' | 'Cancel';
  /**
   * Where the one-time registration token goes, under the key token. The Secret is made, empty, before the
   * call that yields the token; nothing is created without it.
   */
  readonly tokenSecretRef?: {
    /**
     * Name of the Secret, in the namespace of this object.
     */
    readonly name: string;
  };
  /**
   * What the subscription is created with, and never again: the vendor can neither show nor change it.
   * Personal data does not belong into Git; registrationSecretRef takes it from a Secret instead.
   */
  readonly registration?: {
    /**
     * One of the operator's promotions; the account's status.promotions lists them.
     */
    readonly promotionCode?: string;
    /**
     * Through which channel the subscriber came.
     */
    readonly channel?: 'WEB' | 'STORE' | 'MOBILE' | 'BROADBAND' | 'OTHER';
    /**
     * How long the subscriber's one-time token lives, 1 to 86400 seconds. Default: what the vendor gives.
     */
    readonly validityDurationSeconds?: number;
    /**
     * First name of the subscriber.
     */
    readonly firstName?: string;
    /**
     * Last name of the subscriber.
     */
    readonly lastName?: string;
    /**
     * The postal address, in the one of the two forms that the account names in addressFormat. Fields of the
     * other form are refused.
     */
    readonly address?: {
      /**
       * What kind of address it is.
       */
      readonly type: 'HOME' | 'BUSINESS' | 'POBOX' | 'CUSTOM1' | 'CUSTOM2' | 'CUSTOM3' | 'CUSTOM4' | 'CUSTOM5';
      /**
       * Whether it is the primary address. Sent only where the release of the account knows it (R16.1.0 on).
       * Default true.
       */
      readonly isPrimary?: boolean;
      /**
       * The postal code. Both forms.
       */
      readonly postalCode?: string;
      /**
       * The town or city. Both forms.
       */
      readonly townCity?: string;
      /**
       * The country, by exactly one of its fields.
       */
      readonly country?: {
        /**
         * Its id in CRM.COM.
         */
        readonly id?: string;
        /**
         * Its name in CRM.COM.
         */
        readonly name?: string;
        /**
         * Its alternative code in CRM.COM.
         */
        readonly alternativeCode?: string;
        /**
         * Its two letters, for example CY.
         */
        readonly twoCharacterCode?: string;
        /**
         * Its three letters, for example CYP.
         */
        readonly threeCharacterCode?: string;
      };
      /**
       * The street. CRM.COM form, where it must be set unless type is POBOX.
       */
      readonly streetName?: string;
      /**
       * The number in the street. CRM.COM form.
       */
      readonly streetNumber?: string;
      /**
       * The floor. CRM.COM form.
       */
      readonly floor?: number;
      /**
       * The apartment. CRM.COM form.
       */
      readonly apartmentNumber?: string;
      /**
       * The area. CRM.COM form.
       */
      readonly area?: string;
      /**
       * The district. CRM.COM form.
       */
      readonly district?: string;
      /**
       * The municipality. CRM.COM form.
       */
      readonly municipality?: string;
      /**
       * The post-office box. CRM.COM form.
       */
      readonly poBox?: string;
      /**
       * Postal code of the box. CRM.COM form.
       */
      readonly poBoxPostalCode?: string;
      /**
       * In care of whom. CRM.COM form.
       */
      readonly careOf?: string;
      /**
       * The first line. International form, where it must be set.
       */
      readonly addressLine1?: string;
      /**
       * The second line. International form.
       */
      readonly addressLine2?: string;
      /**
       * State, province or county. International form.
       */
      readonly stateProvinceCounty?: string;
      /**
       * Fields that the installation defined, by the names of CRM.COM: udf_string_1 to udf_string_16,
       * udf_float_1 to udf_float_4 and udf_date_1 to udf_date_4, each as text.
       */
      readonly userDefinedFields?: {
        /**
         * The value, at most 1,024 characters.
         */
        readonly [k: string]: string;
      };
    };
    /**
     * The e-mail address.
     */
    readonly email?: {
      /**
       * What kind of e-mail address it is.
       */
      readonly type: 'PERSONAL' | 'BUSINESS' | 'CUSTOM1' | 'CUSTOM2' | 'CUSTOM3' | 'CUSTOM4' | 'CUSTOM5';
      /**
       * Whether it is the primary one. Sent only where the release of the account knows it (R16.1.0 on).
       * Default true.
       */
      readonly isPrimary?: boolean;
      /**
       * The address itself.
       */
      readonly emailAddress: string;
      /**
       * Notes on it.
       */
      readonly notes?: string;
      /**
       * Fields that the installation defined, by the names of CRM.COM: udf_string_1 to udf_string_8,
       * udf_float_1 to udf_float_4 and udf_date_1 to udf_date_4, each as text.
       */
      readonly userDefinedFields?: {
        /**
         * The value, at most 1,024 characters.
         */
        readonly [k: string]: string;
      };
    };
    /**
     * The phone number.
     */
    readonly phone?: {
      /**
       * What kind of phone it is.
       */
      readonly type: 'LANDLINE' | 'MOBILE' | 'FAX' | 'CUSTOM1' | 'CUSTOM2' | 'CUSTOM3' | 'CUSTOM4' | 'CUSTOM5';
      /**
       * Whether it is the primary one. Sent only where the release of the account knows it (R16.1.0 on).
       * Default true.
       */
      readonly isPrimary?: boolean;
      /**
       * The number itself.
       */
      readonly number: string;
      /**
       * The area code.
       */
      readonly areaCode?: string;
      /**
       * The country, by exactly one of its fields.
       */
      readonly country?: {
        /**
         * Its id in CRM.COM.
         */
        readonly id?: string;
        /**
         * Its name in CRM.COM.
         */
        readonly name?: string;
        /**
         * Its alternative code in CRM.COM.
         */
        readonly alternativeCode?: string;
        /**
         * Its two letters, for example CY.
         */
        readonly twoCharacterCode?: string;
        /**
         * Its three letters, for example CYP.
         */
        readonly threeCharacterCode?: string;
      };
      /**
       * Notes on it.
       */
      readonly notes?: string;
      /**
       * Fields that the installation defined, by the names of CRM.COM: udf_string_1 to udf_string_8,
       * udf_float_1 to udf_float_4 and udf_date_1 to udf_date_4, each as text.
       */
      readonly userDefinedFields?: {
        /**
         * The value, at most 1,024 characters.
         */
        readonly [k: string]: string;
      };
    };
  };
  /**
   * A Secret whose key registration.json holds what registration would, as a JSON object. It keeps personal
   * data out of Git.
   */
  readonly registrationSecretRef?: {
    /**
     * Name of the Secret, in the namespace of this object.
     */
    readonly name: string;
  };
  /**
   * True stops new work for this object: nothing new is sent to the vendor, what was already sent is followed
   * to its end, and what is held at the vendor stays held. Default false.
   */
  readonly suspend?: boolean;
}
/**
 * How the subscription stands, written by the controller.
 */
export interface NetflixSubscriptionStatus {
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
   * Its number in CRM.COM.
   */
  readonly subscriptionNumber?: string;
  /**
   * The state in CRM.COM as the vendor words it: EFFECTIVE, NOT_EFFECTIVE or CANCELLED; UNKNOWN is a word
   * that this version does not know.
   */
  readonly lifeCycleState?: string;
  /**
   * The state at Netflix as the vendor words it: EFFECTIVE or NOT_EFFECTIVE; UNKNOWN is a word that this
   * version does not know.
   */
  readonly netflixState?: string;
  /**
   * What was last confirmed to have been done. The vendor cannot tell a suspension from a subscriber who
   * never registered; this can.
   */
  readonly lastConfirmedAction?: {
    /**
     * The write, for example suspendSubscription; adopt when it was there before us.
     */
    readonly verb?: string;
    /**
     * When it was confirmed.
     */
    readonly at?: string;
    /**
     * The VendorOperation that did it, in the namespace of this object. Absent when it was seen and not done.
     */
    readonly operation?: string;
  };
  /**
   * When the one-time token ends. Absent when there is none, or the vendor did not say.
   */
  readonly tokenExpiresAt?: string;
  /**
   * Codes of the promotions redeemed in the last ten months.
   *
   * @maxItems 50
   *
   * Items: The code of a promotion.
   */
  readonly promotions?: readonly string[];
  /**
   * Prices as Netflix words them for the subscriber; for reading only.
   *
   * @maxItems 50
   *
   * Items: A localised price.
   */
  readonly prices?: readonly string[];
  /**
   * VendorOperations in flight that are about this subscription. At most 50 are shown.
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
 * NetflixSubscriptionSpec as the API server serves it, with every default filled in.
 */
export interface ServedNetflixSubscriptionSpec {
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
   * The subscriber, by the id of your own billing system. Quote it in YAML: it is a string. Immutable.
   */
  readonly billingSystemCustomerIdentifier: string;
  /**
   * How it shall stand; there is no default. Active: it is created if there is none, and unsuspended if we
   * suspended it. Suspended: a subscriber who watches watches no more. Cancelled: it ends for good, within
   * the guard of the account.
   */
  readonly state: 'Active' | 'Suspended' | 'Cancelled';
  /**
   * Whether a subscription that was cancelled may be followed by a new one while state is Active. One that
   * the vendor lost has to be declared Cancelled first. Default false.
   */
  readonly recreateAfterCancel: boolean;
  /**
   * What happens at the vendor when this object is deleted. Keep: nothing. Cancel: the subscription is
   * cancelled, within the guard of the account. Default Keep.
   */
  readonly releasePolicy: 'Keep' | 'Cancel';
  /**
   * Where the one-time registration token goes, under the key token. The Secret is made, empty, before the
   * call that yields the token; nothing is created without it.
   */
  readonly tokenSecretRef?: {
    /**
     * Name of the Secret, in the namespace of this object.
     */
    readonly name: string;
  };
  /**
   * What the subscription is created with, and never again: the vendor can neither show nor change it.
   * Personal data does not belong into Git; registrationSecretRef takes it from a Secret instead.
   */
  readonly registration?: {
    /**
     * One of the operator's promotions; the account's status.promotions lists them.
     */
    readonly promotionCode?: string;
    /**
     * Through which channel the subscriber came.
     */
    readonly channel?: 'WEB' | 'STORE' | 'MOBILE' | 'BROADBAND' | 'OTHER';
    /**
     * How long the subscriber's one-time token lives, 1 to 86400 seconds. Default: what the vendor gives.
     */
    readonly validityDurationSeconds?: number;
    /**
     * First name of the subscriber.
     */
    readonly firstName?: string;
    /**
     * Last name of the subscriber.
     */
    readonly lastName?: string;
    /**
     * The postal address, in the one of the two forms that the account names in addressFormat. Fields of the
     * other form are refused.
     */
    readonly address?: {
      /**
       * What kind of address it is.
       */
      readonly type: 'HOME' | 'BUSINESS' | 'POBOX' | 'CUSTOM1' | 'CUSTOM2' | 'CUSTOM3' | 'CUSTOM4' | 'CUSTOM5';
      /**
       * Whether it is the primary address. Sent only where the release of the account knows it (R16.1.0 on).
       * Default true.
       */
      readonly isPrimary?: boolean;
      /**
       * The postal code. Both forms.
       */
      readonly postalCode?: string;
      /**
       * The town or city. Both forms.
       */
      readonly townCity?: string;
      /**
       * The country, by exactly one of its fields.
       */
      readonly country?: {
        /**
         * Its id in CRM.COM.
         */
        readonly id?: string;
        /**
         * Its name in CRM.COM.
         */
        readonly name?: string;
        /**
         * Its alternative code in CRM.COM.
         */
        readonly alternativeCode?: string;
        /**
         * Its two letters, for example CY.
         */
        readonly twoCharacterCode?: string;
        /**
         * Its three letters, for example CYP.
         */
        readonly threeCharacterCode?: string;
      };
      /**
       * The street. CRM.COM form, where it must be set unless type is POBOX.
       */
      readonly streetName?: string;
      /**
       * The number in the street. CRM.COM form.
       */
      readonly streetNumber?: string;
      /**
       * The floor. CRM.COM form.
       */
      readonly floor?: number;
      /**
       * The apartment. CRM.COM form.
       */
      readonly apartmentNumber?: string;
      /**
       * The area. CRM.COM form.
       */
      readonly area?: string;
      /**
       * The district. CRM.COM form.
       */
      readonly district?: string;
      /**
       * The municipality. CRM.COM form.
       */
      readonly municipality?: string;
      /**
       * The post-office box. CRM.COM form.
       */
      readonly poBox?: string;
      /**
       * Postal code of the box. CRM.COM form.
       */
      readonly poBoxPostalCode?: string;
      /**
       * In care of whom. CRM.COM form.
       */
      readonly careOf?: string;
      /**
       * The first line. International form, where it must be set.
       */
      readonly addressLine1?: string;
      /**
       * The second line. International form.
       */
      readonly addressLine2?: string;
      /**
       * State, province or county. International form.
       */
      readonly stateProvinceCounty?: string;
      /**
       * Fields that the installation defined, by the names of CRM.COM: udf_string_1 to udf_string_16,
       * udf_float_1 to udf_float_4 and udf_date_1 to udf_date_4, each as text.
       */
      readonly userDefinedFields?: {
        /**
         * The value, at most 1,024 characters.
         */
        readonly [k: string]: string;
      };
    };
    /**
     * The e-mail address.
     */
    readonly email?: {
      /**
       * What kind of e-mail address it is.
       */
      readonly type: 'PERSONAL' | 'BUSINESS' | 'CUSTOM1' | 'CUSTOM2' | 'CUSTOM3' | 'CUSTOM4' | 'CUSTOM5';
      /**
       * Whether it is the primary one. Sent only where the release of the account knows it (R16.1.0 on).
       * Default true.
       */
      readonly isPrimary?: boolean;
      /**
       * The address itself.
       */
      readonly emailAddress: string;
      /**
       * Notes on it.
       */
      readonly notes?: string;
      /**
       * Fields that the installation defined, by the names of CRM.COM: udf_string_1 to udf_string_8,
       * udf_float_1 to udf_float_4 and udf_date_1 to udf_date_4, each as text.
       */
      readonly userDefinedFields?: {
        /**
         * The value, at most 1,024 characters.
         */
        readonly [k: string]: string;
      };
    };
    /**
     * The phone number.
     */
    readonly phone?: {
      /**
       * What kind of phone it is.
       */
      readonly type: 'LANDLINE' | 'MOBILE' | 'FAX' | 'CUSTOM1' | 'CUSTOM2' | 'CUSTOM3' | 'CUSTOM4' | 'CUSTOM5';
      /**
       * Whether it is the primary one. Sent only where the release of the account knows it (R16.1.0 on).
       * Default true.
       */
      readonly isPrimary?: boolean;
      /**
       * The number itself.
       */
      readonly number: string;
      /**
       * The area code.
       */
      readonly areaCode?: string;
      /**
       * The country, by exactly one of its fields.
       */
      readonly country?: {
        /**
         * Its id in CRM.COM.
         */
        readonly id?: string;
        /**
         * Its name in CRM.COM.
         */
        readonly name?: string;
        /**
         * Its alternative code in CRM.COM.
         */
        readonly alternativeCode?: string;
        /**
         * Its two letters, for example CY.
         */
        readonly twoCharacterCode?: string;
        /**
         * Its three letters, for example CYP.
         */
        readonly threeCharacterCode?: string;
      };
      /**
       * Notes on it.
       */
      readonly notes?: string;
      /**
       * Fields that the installation defined, by the names of CRM.COM: udf_string_1 to udf_string_8,
       * udf_float_1 to udf_float_4 and udf_date_1 to udf_date_4, each as text.
       */
      readonly userDefinedFields?: {
        /**
         * The value, at most 1,024 characters.
         */
        readonly [k: string]: string;
      };
    };
  };
  /**
   * A Secret whose key registration.json holds what registration would, as a JSON object. It keeps personal
   * data out of Git.
   */
  readonly registrationSecretRef?: {
    /**
     * Name of the Secret, in the namespace of this object.
     */
    readonly name: string;
  };
  /**
   * True stops new work for this object: nothing new is sent to the vendor, what was already sent is followed
   * to its end, and what is held at the vendor stays held. Default false.
   */
  readonly suspend: boolean;
}

// Generated from crds/ by `npm run generate`. Do not edit.

import type { Condition } from './condition.generated.ts';
import type { ObjectMeta } from './object-meta.ts';

/**
 * A VendorAccount is one login at one vendor: where the vendor answers, with which Secret, what may be
 * written there (mode), how fast (limits) and how much at most (guard). All resources of one vendor identity
 * share its quota, its guard and its records; a second VendorAccount of the same identity stalls with the
 * reason DuplicateAccount. Whoever may edit mode, guard or approvals of a VendorAccount may approve
 * everything that is done with it.
 */
export interface VendorAccount {
  /**
   * Group and version of the kind.
   */
  readonly apiVersion: 'vendorplane.dev/v1alpha1';
  /**
   * The kind.
   */
  readonly kind: 'VendorAccount';
  /**
   * Name, namespace, labels and the like.
   */
  readonly metadata: ObjectMeta;
  readonly spec: VendorAccountSpec;
  readonly status?: VendorAccountStatus;
}
/**
 * What the account is and what may be done with it.
 */
export interface VendorAccountSpec {
  /**
   * Whose API this account is for. The block of the same name must be set, and no other. Immutable.
   */
  readonly vendor: 'GoogleZeroTouch' | 'SamsungKnox' | 'CrmComNetflix' | 'VerizonUws';
  /**
   * What may be written at the vendor; there is no default. Observe: nothing, differences are only reported.
   * Plan: every write waits until its VendorPlan is approved. Enforce: writes go ahead as far as the guard
   * allows.
   */
  readonly mode: 'Observe' | 'Plan' | 'Enforce';
  /**
   * True stops new work for this object: nothing new is sent to the vendor, what was already sent is followed
   * to its end, and what is held at the vendor stays held. Default false.
   */
  readonly suspend?: boolean;
  /**
   * The reseller account at Google zero-touch. Set exactly when vendor is GoogleZeroTouch.
   */
  readonly googleZeroTouch?: {
    /**
     * The reseller's partner id, decimal digits. Quote it in YAML: it is a string. Immutable.
     */
    readonly partnerId: string;
    /**
     * Where the API answers, without the version. Default https://androiddeviceprovisioning.googleapis.com.
     * Part of the vendor identity, however it is spelled: with another one the account begins without
     * records.
     */
    readonly endpoint?: string;
    /**
     * The Secret whose key key.json holds the service account key, as the cloud console issued it. The
     * account must be linked in the zero-touch portal. A changed Secret is used without a restart.
     */
    readonly credentialsSecretRef: {
      /**
       * Name of the Secret, in the namespace of this object.
       */
      readonly name: string;
    };
  };
  /**
   * The reseller account at the Samsung Knox Deployment Program. Set exactly when vendor is SamsungKnox.
   */
  readonly samsungKnox?: {
    /**
     * The reseller's id at Knox. Quote it in YAML: it is a string. Immutable.
     */
    readonly resellerId: string;
    /**
     * Where the API answers, without the path. Default https://api.samsungknox.com. Part of the vendor
     * identity, however it is spelled: with another one the account begins without records.
     */
    readonly endpoint?: string;
    /**
     * How to log in. OAuth: client credentials. SignedIdentifier: the key pair and client identifier from the
     * Knox portal. Default OAuth.
     */
    readonly authentication?: 'OAuth' | 'SignedIdentifier';
    /**
     * True lets a Customer create a company at Samsung. The vendor has not published this call, so confirm it
     * with Samsung first. Default false: companies are only adopted.
     */
    readonly allowCustomerCreation?: boolean;
    /**
     * The Secret with the credentials. For OAuth the keys clientId and clientSecret; for SignedIdentifier the
     * keys keys.json and clientIdentifier. A changed Secret is used without a restart.
     */
    readonly credentialsSecretRef: {
      /**
       * Name of the Secret, in the namespace of this object.
       */
      readonly name: string;
    };
  };
  /**
   * The operator's CRM.COM installation. Set exactly when vendor is CrmComNetflix.
   */
  readonly crmComNetflix?: {
    /**
     * Where the installation answers, without the path crmapi/rest/v2. There is no default: every operator
     * has a host of its own. Part of the vendor identity, however it is spelled: with another one the account
     * begins without records.
     */
    readonly endpoint: string;
    /**
     * The organisation to log in to. Immutable.
     */
    readonly organisation: string;
    /**
     * The id of the unit to log in to. Default: the unit the vendor gives the user. Immutable, also whether
     * it is set.
     */
    readonly unit?: string;
    /**
     * The IANA time zone of the installation, for example Asia/Nicosia. The vendor sends local times without
     * a zone. Default UTC.
     */
    readonly timeZone?: string;
    /**
     * Which of the two address forms the installation is set up for. Needed before an address can be sent; it
     * is never guessed, so there is no default.
     */
    readonly addressFormat?: 'CrmCom' | 'International';
    /**
     * The installed release, for example R16.1.0; the vendor cannot be asked. Default: only what every
     * release with the Netflix interface knows is used.
     */
    readonly release?: string;
    /**
     * What this installation's errors mean, asked before our own table: the vendor publishes no codes. Exact
     * codes are tried first, then patterns, in this order. An error that no row knows is never taken for a
     * refusal of a write. AlreadyAcknowledged is about single charges: what their failed acknowledgement says
     * (error_code, error_description) where the vendor has it already.
     *
     * @maxItems 50
     *
     * Items: One error and its meaning.
     */
    readonly failures?: readonly {
      /**
       * The status code of the reply, exactly.
       */
      readonly code?: string;
      /**
       * A regular expression that finds something in the message, whatever the case of its letters.
       */
      readonly messagePattern?: string;
      /**
       * Auth: the token has ended, log in again. AuthFatal: the credentials are wrong. Validation: the
       * request is. NotFound: the customer has no subscription. Conflict: they have one already. State: its
       * state does not allow it. Throttled: wait.
       */
      means:
        | 'Auth'
        | 'AuthFatal'
        | 'Validation'
        | 'NotFound'
        | 'Conflict'
        | 'State'
        | 'Throttled'
        | 'AlreadyAcknowledged';
    }[];
    /**
     * The Secret with the credentials: the keys username and password, or the key webApiKey. A changed Secret
     * is used without a restart.
     */
    readonly credentialsSecretRef: {
      /**
       * Name of the Secret, in the namespace of this object.
       */
      readonly name: string;
    };
  };
  /**
   * The account at Verizon's Unified Web Service. Set exactly when vendor is VerizonUws.
   */
  readonly verizonUws?: {
    /**
     * Where the services answer, without the service's name. There is no default, because the vendor's
     * current documents do not print one. Part of the vendor identity, however it is spelled: with another
     * one the account begins without records.
     */
    readonly endpoint: string;
    /**
     * The billing account, with its leading zeros. Quote it in YAML: it is a string. Immutable.
     */
    readonly accountName: string;
    /**
     * The Secret with the keys username and password. After two refused log-ins no third is tried until the
     * Secret changes, because the vendor locks the account after five. A changed Secret is used without a
     * restart.
     */
    readonly credentialsSecretRef: {
      /**
       * Name of the Secret, in the namespace of this object.
       */
      readonly name: string;
    };
  };
  /**
   * A Secret whose key ca.crt holds PEM certificates of a private CA that signed the endpoint. They are
   * trusted in addition to the public ones. TLS checks can never be switched off. Default: the public CAs
   * only.
   */
  readonly caBundleSecretRef?: {
    /**
     * Name of the Secret, in the namespace of this object.
     */
    readonly name: string;
  };
  /**
   * What happens when there are no records yet and the vendor already holds declared items. Approve: the
   * account behaves as in mode Plan until its first plan is approved. Trust: mode counts at once. Default
   * Approve. This version has no plans yet: an account that waits (reason FirstContact) goes on when this is
   * set to Trust.
   */
  readonly firstContact?: 'Approve' | 'Trust';
  /**
   * How long at least passes between two complete looks at the vendor, as a duration like 30m or 1h. It is a
   * floor: looks are spread by chance, and stretched further so that they use at most half of the quota; what
   * is in force stands in status.quota.effectiveResyncInterval. Default 1h, at least 1s.
   */
  readonly resyncInterval?: string;
  /**
   * How fast and how big calls may be. What is not set takes the default of the vendor, which stands in the
   * reference documentation.
   */
  readonly limits?: {
    /**
     * Calls a second at most, over all resources of the account. Default by vendor; Google 8, four fifths of
     * its quota of 1,000 calls in 100 s.
     */
    readonly requestsPerSecond?: number;
    /**
     * Calls in 24 h at most. Default by vendor; Google 100000.
     */
    readonly requestsPerDay?: number;
    /**
     * Calls at the same time at most. Default by vendor; Google 4.
     */
    readonly concurrentRequests?: number;
    /**
     * Items in one writing call at most. Default by vendor; Google 5000. A smaller limit of the vendor always
     * counts. At most 10000, so that the journal of a call fits into one object.
     */
    readonly itemsPerRequest?: number;
  };
  /**
   * How much harm is possible before a person must decide. What exceeds a budget waits, as a VendorPlan, for
   * an approval or a raised budget. Counted over all resources of the vendor identity and across restarts.
   */
  readonly guard?: {
    /**
     * Over what time the budgets below are counted, as a duration like 1h or 24h. Default 1h; from 1s to
     * 168h.
     */
    readonly window?: string;
    /**
     * How long a destructive action waits after the last edit that touches it, as a duration like 60s, so
     * that a slip can be taken back. Default 60s.
     */
    readonly settle?: string;
    /**
     * The budget for unclaim, move, cancel, suspend and unregister. Allowed in a window are min(maxItems,
     * max(floor, maxPercent of the items recorded when the window began)).
     */
    readonly destructive?: {
      /**
       * Items at most. Default 100. 0 stops all destructive actions.
       */
      readonly maxItems?: number;
      /**
       * Share of the recorded items at most, in percent, rounded up. Default 10.
       */
      readonly maxPercent?: number;
      /**
       * Items that are allowed even if maxPercent gives fewer, so that small accounts can work. Never more
       * than maxItems. Default 10.
       */
      readonly floor?: number;
    };
    /**
     * The budget for companies created; a creation sends mail and cannot be undone.
     */
    readonly creations?: {
      /**
       * Companies created in a window at most. Default 0: none without an approval.
       */
      readonly maxItems?: number;
    };
    /**
     * The budget for Verizon deactivations and deletes, which cannot be undone.
     */
    readonly irreversible?: {
      /**
       * Lines in a window at most. Default 0: none without an approval. The opt-in of the resource is needed
       * in any case.
       */
      readonly maxItems?: number;
    };
    /**
     * A read of the vendor that lost more than this share of its items, in percent, is not believed before a
     * second one agrees. Default 20. At most 99, so that a read that lost everything is never believed alone.
     */
    readonly shrinkPercent?: number;
  };
  /**
   * Digests of plans that may run: approval by Git commit. An approval is used up by one execution. At most
   * 20; take old ones out. Not together with approvals.
   *
   * @maxItems 20
   *
   * Items: The digest of a VendorPlan, sha256 and 64 hexadecimal digits.
   */
  readonly approvedPlans?: readonly string[];
  /**
   * Like approvedPlans, with a time after which the approval no longer counts. At most 20. Not together with
   * approvedPlans.
   *
   * @maxItems 20
   *
   * Items: One approval.
   */
  readonly approvals?: readonly {
    /**
     * The digest of a VendorPlan, sha256 and 64 hexadecimal digits.
     */
    readonly digest: string;
    /**
     * When the approval ends, for example 2026-12-24T18:00:00Z.
     */
    readonly validUntil: string;
  }[];
}
/**
 * What was seen of the account, written by the controller.
 */
export interface VendorAccountStatus {
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
   * How much of the vendor's quota is left. Written at most every 30 s.
   */
  readonly quota?: {
    /**
     * Calls that may be made at once.
     */
    readonly windowRemaining?: number;
    /**
     * Calls left of limits.requestsPerDay.
     */
    readonly dayRemaining?: number;
    /**
     * Until when the vendor asked to be left alone. Absent when it did not.
     */
    readonly retryAfter?: string;
    /**
     * The time between two complete looks that is really in force, as a duration: resyncInterval, stretched
     * where the quota asks for it.
     */
    readonly effectiveResyncInterval?: string;
  };
  /**
   * How much of the guard's budgets is used. spent, allowed and requested are the destructive budget.
   */
  readonly guard?: {
    /**
     * The window in force, as a duration.
     */
    readonly window?: string;
    /**
     * When the current window began, by the clock of the API server.
     */
    readonly windowStartedAt?: string;
    /**
     * Items that were recorded for a resource when the window began; maxPercent is a share of it. What a
     * claim with releasePolicy Keep let go of is recorded for none.
     */
    readonly base?: number;
    /**
     * Destructive actions journaled in the window. An action is given back only if it was abandoned unsent.
     */
    readonly spent?: number;
    /**
     * Destructive actions the window allows.
     */
    readonly allowed?: number;
    /**
     * Destructive actions that are wanted now. More than allowed minus spent: the rest waits for a person.
     */
    readonly requested?: number;
    /**
     * The same for companies created.
     */
    readonly creations?: {
      /**
       * Companies whose creation was journaled in the window.
       */
      readonly spent?: number;
      /**
       * Companies the window allows to be created.
       */
      readonly allowed?: number;
      /**
       * Companies that are wanted now.
       */
      readonly requested?: number;
    };
    /**
     * The same for deactivations and deletes that cannot be undone.
     */
    readonly irreversible?: {
      /**
       * Irreversible actions journaled in the window.
       */
      readonly spent?: number;
      /**
       * Irreversible actions the window allows.
       */
      readonly allowed?: number;
      /**
       * Irreversible actions that are wanted now.
       */
      readonly requested?: number;
    };
  };
  /**
   * What the last complete look at the vendor saw.
   */
  readonly observed?: {
    /**
     * Companies at the vendor.
     */
    readonly customers?: number;
    /**
     * Devices at the vendor, declared or not.
     */
    readonly devices?: number;
    /**
     * Devices at the vendor that no resource declares. They are never touched.
     */
    readonly unmanagedDevices?: number;
    /**
     * When the last look ended that saw everything.
     */
    readonly lastCompleteReadAt?: string;
  };
  /**
   * What is still to be done, estimated from the quota.
   */
  readonly pending?: {
    /**
     * Items that still need an action.
     */
    readonly actions?: number;
    /**
     * Operations the vendor has not finished.
     */
    readonly operations?: number;
    /**
     * Calls it will take.
     */
    readonly estimatedVendorCalls?: number;
    /**
     * When the work would be done at this quota. Absent when it cannot be told.
     */
    readonly estimatedFinishAt?: string;
  };
  /**
   * The VendorPlan that waits for approval. Absent when none waits.
   */
  readonly planRef?: {
    /**
     * Name of the VendorPlan, in the namespace of this object.
     */
    readonly name: string;
  };
  /**
   * The Netflix promotions the operator may use, as the vendor lists them. At most 200 are shown.
   *
   * @maxItems 200
   *
   * Items: One promotion.
   */
  readonly promotions?: readonly {
    /**
     * The code to set as promotionCode.
     */
    readonly code: string;
    /**
     * What the vendor calls it.
     */
    readonly name?: string;
    /**
     * The vendor's description, cut at 1024 characters.
     */
    readonly description?: string;
    /**
     * First day it can be used, as the vendor writes it.
     */
    readonly effectiveFrom?: string;
    /**
     * Last day it can be used, as the vendor writes it. Absent: it does not expire.
     */
    readonly expiresOn?: string;
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
 * VendorAccountSpec as the API server serves it, with every default filled in.
 */
export interface ServedVendorAccountSpec {
  /**
   * Whose API this account is for. The block of the same name must be set, and no other. Immutable.
   */
  readonly vendor: 'GoogleZeroTouch' | 'SamsungKnox' | 'CrmComNetflix' | 'VerizonUws';
  /**
   * What may be written at the vendor; there is no default. Observe: nothing, differences are only reported.
   * Plan: every write waits until its VendorPlan is approved. Enforce: writes go ahead as far as the guard
   * allows.
   */
  readonly mode: 'Observe' | 'Plan' | 'Enforce';
  /**
   * True stops new work for this object: nothing new is sent to the vendor, what was already sent is followed
   * to its end, and what is held at the vendor stays held. Default false.
   */
  readonly suspend: boolean;
  /**
   * The reseller account at Google zero-touch. Set exactly when vendor is GoogleZeroTouch.
   */
  readonly googleZeroTouch?: {
    /**
     * The reseller's partner id, decimal digits. Quote it in YAML: it is a string. Immutable.
     */
    readonly partnerId: string;
    /**
     * Where the API answers, without the version. Default https://androiddeviceprovisioning.googleapis.com.
     * Part of the vendor identity, however it is spelled: with another one the account begins without
     * records.
     */
    readonly endpoint: string;
    /**
     * The Secret whose key key.json holds the service account key, as the cloud console issued it. The
     * account must be linked in the zero-touch portal. A changed Secret is used without a restart.
     */
    readonly credentialsSecretRef: {
      /**
       * Name of the Secret, in the namespace of this object.
       */
      readonly name: string;
    };
  };
  /**
   * The reseller account at the Samsung Knox Deployment Program. Set exactly when vendor is SamsungKnox.
   */
  readonly samsungKnox?: {
    /**
     * The reseller's id at Knox. Quote it in YAML: it is a string. Immutable.
     */
    readonly resellerId: string;
    /**
     * Where the API answers, without the path. Default https://api.samsungknox.com. Part of the vendor
     * identity, however it is spelled: with another one the account begins without records.
     */
    readonly endpoint: string;
    /**
     * How to log in. OAuth: client credentials. SignedIdentifier: the key pair and client identifier from the
     * Knox portal. Default OAuth.
     */
    readonly authentication: 'OAuth' | 'SignedIdentifier';
    /**
     * True lets a Customer create a company at Samsung. The vendor has not published this call, so confirm it
     * with Samsung first. Default false: companies are only adopted.
     */
    readonly allowCustomerCreation: boolean;
    /**
     * The Secret with the credentials. For OAuth the keys clientId and clientSecret; for SignedIdentifier the
     * keys keys.json and clientIdentifier. A changed Secret is used without a restart.
     */
    readonly credentialsSecretRef: {
      /**
       * Name of the Secret, in the namespace of this object.
       */
      readonly name: string;
    };
  };
  /**
   * The operator's CRM.COM installation. Set exactly when vendor is CrmComNetflix.
   */
  readonly crmComNetflix?: {
    /**
     * Where the installation answers, without the path crmapi/rest/v2. There is no default: every operator
     * has a host of its own. Part of the vendor identity, however it is spelled: with another one the account
     * begins without records.
     */
    readonly endpoint: string;
    /**
     * The organisation to log in to. Immutable.
     */
    readonly organisation: string;
    /**
     * The id of the unit to log in to. Default: the unit the vendor gives the user. Immutable, also whether
     * it is set.
     */
    readonly unit?: string;
    /**
     * The IANA time zone of the installation, for example Asia/Nicosia. The vendor sends local times without
     * a zone. Default UTC.
     */
    readonly timeZone: string;
    /**
     * Which of the two address forms the installation is set up for. Needed before an address can be sent; it
     * is never guessed, so there is no default.
     */
    readonly addressFormat?: 'CrmCom' | 'International';
    /**
     * The installed release, for example R16.1.0; the vendor cannot be asked. Default: only what every
     * release with the Netflix interface knows is used.
     */
    readonly release?: string;
    /**
     * What this installation's errors mean, asked before our own table: the vendor publishes no codes. Exact
     * codes are tried first, then patterns, in this order. An error that no row knows is never taken for a
     * refusal of a write. AlreadyAcknowledged is about single charges: what their failed acknowledgement says
     * (error_code, error_description) where the vendor has it already.
     *
     * @maxItems 50
     *
     * Items: One error and its meaning.
     */
    readonly failures?: readonly {
      /**
       * The status code of the reply, exactly.
       */
      readonly code?: string;
      /**
       * A regular expression that finds something in the message, whatever the case of its letters.
       */
      readonly messagePattern?: string;
      /**
       * Auth: the token has ended, log in again. AuthFatal: the credentials are wrong. Validation: the
       * request is. NotFound: the customer has no subscription. Conflict: they have one already. State: its
       * state does not allow it. Throttled: wait.
       */
      means:
        | 'Auth'
        | 'AuthFatal'
        | 'Validation'
        | 'NotFound'
        | 'Conflict'
        | 'State'
        | 'Throttled'
        | 'AlreadyAcknowledged';
    }[];
    /**
     * The Secret with the credentials: the keys username and password, or the key webApiKey. A changed Secret
     * is used without a restart.
     */
    readonly credentialsSecretRef: {
      /**
       * Name of the Secret, in the namespace of this object.
       */
      readonly name: string;
    };
  };
  /**
   * The account at Verizon's Unified Web Service. Set exactly when vendor is VerizonUws.
   */
  readonly verizonUws?: {
    /**
     * Where the services answer, without the service's name. There is no default, because the vendor's
     * current documents do not print one. Part of the vendor identity, however it is spelled: with another
     * one the account begins without records.
     */
    readonly endpoint: string;
    /**
     * The billing account, with its leading zeros. Quote it in YAML: it is a string. Immutable.
     */
    readonly accountName: string;
    /**
     * The Secret with the keys username and password. After two refused log-ins no third is tried until the
     * Secret changes, because the vendor locks the account after five. A changed Secret is used without a
     * restart.
     */
    readonly credentialsSecretRef: {
      /**
       * Name of the Secret, in the namespace of this object.
       */
      readonly name: string;
    };
  };
  /**
   * A Secret whose key ca.crt holds PEM certificates of a private CA that signed the endpoint. They are
   * trusted in addition to the public ones. TLS checks can never be switched off. Default: the public CAs
   * only.
   */
  readonly caBundleSecretRef?: {
    /**
     * Name of the Secret, in the namespace of this object.
     */
    readonly name: string;
  };
  /**
   * What happens when there are no records yet and the vendor already holds declared items. Approve: the
   * account behaves as in mode Plan until its first plan is approved. Trust: mode counts at once. Default
   * Approve. This version has no plans yet: an account that waits (reason FirstContact) goes on when this is
   * set to Trust.
   */
  readonly firstContact: 'Approve' | 'Trust';
  /**
   * How long at least passes between two complete looks at the vendor, as a duration like 30m or 1h. It is a
   * floor: looks are spread by chance, and stretched further so that they use at most half of the quota; what
   * is in force stands in status.quota.effectiveResyncInterval. Default 1h, at least 1s.
   */
  readonly resyncInterval: string;
  /**
   * How fast and how big calls may be. What is not set takes the default of the vendor, which stands in the
   * reference documentation.
   */
  readonly limits: {
    /**
     * Calls a second at most, over all resources of the account. Default by vendor; Google 8, four fifths of
     * its quota of 1,000 calls in 100 s.
     */
    readonly requestsPerSecond?: number;
    /**
     * Calls in 24 h at most. Default by vendor; Google 100000.
     */
    readonly requestsPerDay?: number;
    /**
     * Calls at the same time at most. Default by vendor; Google 4.
     */
    readonly concurrentRequests?: number;
    /**
     * Items in one writing call at most. Default by vendor; Google 5000. A smaller limit of the vendor always
     * counts. At most 10000, so that the journal of a call fits into one object.
     */
    readonly itemsPerRequest?: number;
  };
  /**
   * How much harm is possible before a person must decide. What exceeds a budget waits, as a VendorPlan, for
   * an approval or a raised budget. Counted over all resources of the vendor identity and across restarts.
   */
  readonly guard: {
    /**
     * Over what time the budgets below are counted, as a duration like 1h or 24h. Default 1h; from 1s to
     * 168h.
     */
    readonly window: string;
    /**
     * How long a destructive action waits after the last edit that touches it, as a duration like 60s, so
     * that a slip can be taken back. Default 60s.
     */
    readonly settle: string;
    /**
     * The budget for unclaim, move, cancel, suspend and unregister. Allowed in a window are min(maxItems,
     * max(floor, maxPercent of the items recorded when the window began)).
     */
    readonly destructive: {
      /**
       * Items at most. Default 100. 0 stops all destructive actions.
       */
      readonly maxItems: number;
      /**
       * Share of the recorded items at most, in percent, rounded up. Default 10.
       */
      readonly maxPercent: number;
      /**
       * Items that are allowed even if maxPercent gives fewer, so that small accounts can work. Never more
       * than maxItems. Default 10.
       */
      readonly floor: number;
    };
    /**
     * The budget for companies created; a creation sends mail and cannot be undone.
     */
    readonly creations: {
      /**
       * Companies created in a window at most. Default 0: none without an approval.
       */
      readonly maxItems: number;
    };
    /**
     * The budget for Verizon deactivations and deletes, which cannot be undone.
     */
    readonly irreversible: {
      /**
       * Lines in a window at most. Default 0: none without an approval. The opt-in of the resource is needed
       * in any case.
       */
      readonly maxItems: number;
    };
    /**
     * A read of the vendor that lost more than this share of its items, in percent, is not believed before a
     * second one agrees. Default 20. At most 99, so that a read that lost everything is never believed alone.
     */
    readonly shrinkPercent: number;
  };
  /**
   * Digests of plans that may run: approval by Git commit. An approval is used up by one execution. At most
   * 20; take old ones out. Not together with approvals.
   *
   * @maxItems 20
   *
   * Items: The digest of a VendorPlan, sha256 and 64 hexadecimal digits.
   */
  readonly approvedPlans?: readonly string[];
  /**
   * Like approvedPlans, with a time after which the approval no longer counts. At most 20. Not together with
   * approvedPlans.
   *
   * @maxItems 20
   *
   * Items: One approval.
   */
  readonly approvals?: readonly {
    /**
     * The digest of a VendorPlan, sha256 and 64 hexadecimal digits.
     */
    readonly digest: string;
    /**
     * When the approval ends, for example 2026-12-24T18:00:00Z.
     */
    readonly validUntil: string;
  }[];
}

/**
 * CRM.COM Web API, Netflix resource, exactly as sent. Only the fields we write or read; section numbers are those
 * of the fact sheet. Dates are local times of the installation without an offset (7).
 */

/** Every reply (3). `code` is `OK`, or the request failed. */
export interface WireStatus {
  readonly code: string;
  readonly description?: string | null;
  readonly message?: string | null;
}

/** 2.1 */
export interface TokenRequest {
  readonly username: string;
  readonly password: string;
  readonly organisation: string;
  readonly unit?: string;
}

/** 2.1, 2.2 */
export interface TokenData {
  readonly token: string;
}

/** 4.1; also within 4.2. */
export interface WirePromotion {
  readonly code: string;
  readonly name?: string | null;
  readonly description?: string | null;
  readonly effective_from?: string | null;
  readonly expires_on?: string | null;
}

/** 4.2. The document's table spells the state `netflix_sate`, its example `netflix_state`. */
export interface WireSubscription {
  readonly subscription_number: string;
  readonly netflix_state?: string | null;
  readonly netflix_sate?: string | null;
  readonly life_cycle_state?: string | null;
  readonly promotions_set?: readonly WirePromotion[] | null;
  readonly prices_set?: readonly { readonly FormattedPrice?: string | null }[] | null;
}

/** A contact object of create (6): texts, numbers and flags under the vendor's names, and one country. */
export type WireContact = Readonly<
  Record<string, string | number | boolean | Readonly<Record<string, string>>>
>;

/** 4.3 */
export interface CreateRequest {
  readonly billing_system_customer_identifier: string;
  readonly promotion_code?: string;
  readonly channel?: string;
  readonly validity_duration?: number;
  readonly customer_first_name?: string;
  readonly customer_last_name?: string;
  readonly customer_address?: WireContact;
  readonly customer_email?: WireContact;
  readonly customer_phone?: WireContact;
}

/** 4.3. `netflix_token` is a credential and comes only here, once. */
export interface CreatedSubscription {
  readonly subscription_number: string;
  readonly netflix_token: string;
  readonly netflix_token_expiration_date?: string | null;
}

/** 4.4 */
export interface CustomerRequest {
  readonly billing_system_customer_identifier: string;
}

/** 4.5. NOT_PROCESSED lists PENDING ones only, PROCESSED all others. */
export interface ListChargesRequest {
  readonly charge_status: 'NOT_PROCESSED' | 'PROCESSED';
  readonly offset: number;
}

/** 4.5 */
export interface WireCharge {
  readonly number: string;
  readonly billing_system_customer_identifier: string;
  readonly amount: number;
  readonly currency: string;
  readonly local_currency_amount?: number | null;
  readonly local_currency?: string | null;
  readonly paid_through_date?: string | null;
  readonly charge_status: string;
  readonly received_on?: string | null;
  readonly set_as_approved_on?: string | null;
  readonly set_as_declined_on?: string | null;
  readonly set_as_bad_request_on?: string | null;
  /** The odd name is the vendor's. */
  readonly set_as_rejected_request_on?: string | null;
}

/** 4.5 */
export interface ChargesData {
  readonly charges_set?: readonly WireCharge[] | null;
}

/** 4.6 */
export interface AcknowledgeRequest {
  readonly acknowledged_charges_set: readonly {
    readonly number: string;
    readonly billing_system_customer_identifier: string;
    readonly reference_number?: string;
  }[];
}

/** 4.6. An absent or empty set: nothing failed (3). */
export interface AcknowledgedData {
  readonly failed_charges_set?:
    | readonly {
        readonly number: string;
        readonly reference_number?: string | null;
        readonly error_code?: string | null;
        readonly error_description?: string | null;
      }[]
    | null;
}

/** 4.8. Exactly one key. */
export type WireGroup =
  | { readonly id: string }
  | { readonly name: string }
  | { readonly alternative_code: string };

/** 4.8 */
export interface DevicesRequest {
  readonly group_identifier: WireGroup;
  readonly devices: readonly { readonly esn: string }[];
}

/** 4.8. Devices that failed, without any reason. */
export interface DevicesData {
  readonly failed_devices_set?: readonly { readonly esn: string }[] | null;
}

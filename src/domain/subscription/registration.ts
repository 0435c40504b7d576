/**
 * What a subscription is created with. The vendor can neither show nor change it afterwards. Most of it is personal
 * data: it travels to the vendor and nowhere else, into no message, journal or log either.
 */
export interface Registration {
  /** One of the operator's promotions. */
  readonly promotionCode?: string;
  readonly channel?: 'WEB' | 'STORE' | 'MOBILE' | 'BROADBAND' | 'OTHER';
  /** How long the subscriber's one-time token lives: 1 to 86400 seconds. */
  readonly validityDurationSeconds?: number;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly address?: Address;
  readonly email?: Email;
  readonly phone?: Phone;
}

/** Exactly one of them is set. */
export interface Country {
  readonly id?: string;
  readonly name?: string;
  readonly alternativeCode?: string;
  readonly twoCharacterCode?: string;
  readonly threeCharacterCode?: string;
}

/** Fields the installation defined itself, under the vendor's names: `udf_string_1`, `udf_float_1`, `udf_date_1`. */
type UserDefinedFields = Readonly<Record<string, string>>;

/** An address in either form; which fields belong to which is the vendor's business. */
export interface Address {
  readonly type: string;
  readonly isPrimary?: boolean;
  readonly postalCode?: string;
  readonly townCity?: string;
  readonly country?: Country;
  readonly userDefinedFields?: UserDefinedFields;
  // The CRM.COM form.
  readonly streetName?: string;
  readonly streetNumber?: string;
  readonly floor?: number;
  readonly apartmentNumber?: string;
  readonly area?: string;
  readonly district?: string;
  readonly municipality?: string;
  readonly poBox?: string;
  readonly poBoxPostalCode?: string;
  readonly careOf?: string;
  // The international form.
  readonly addressLine1?: string;
  readonly addressLine2?: string;
  readonly stateProvinceCounty?: string;
}

export interface Email {
  readonly type: string;
  readonly isPrimary?: boolean;
  readonly emailAddress: string;
  readonly notes?: string;
  readonly userDefinedFields?: UserDefinedFields;
}

export interface Phone {
  readonly type: string;
  readonly isPrimary?: boolean;
  readonly number: string;
  readonly areaCode?: string;
  readonly country?: Country;
  readonly notes?: string;
  readonly userDefinedFields?: UserDefinedFields;
}

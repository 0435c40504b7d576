/**
 * The Knox Deployment Program API, second generation, as JSON, exactly as sent. Only the fields we write or read
 * (docs.samsungknox.com, Knox Deployment Program, API reference). Ids are strings. Codes are sometimes strings and
 * sometimes numbers. What the documents leave open stands in `assumed.ts`.
 */

/** One kind of identifier for each request. */
export type WireType = 'IMEI' | 'MEID' | 'SN';

export interface UploadRequest {
  readonly resellerId: string;
  readonly customerId: string;
  /** Ours, unique: what the transaction is asked for by. */
  readonly transactionId: string;
  readonly type: WireType;
  readonly devices: readonly string[];
  readonly orderNo?: string;
  /** The sub-reseller of a two-tier reseller. */
  readonly vendorId?: string;
  readonly targetService?: string;
  readonly profileAliases?: readonly WireProfileAlias[];
}

/** A profile of the customer's, by the name under which it offers it. */
export interface WireProfileAlias {
  readonly alias: string;
  readonly service: string;
}

export type DeleteRequest = Pick<
  UploadRequest,
  'resellerId' | 'customerId' | 'transactionId' | 'type' | 'devices'
>;

type WireCode = string | number;

/** The answer to an upload or a delete. Whether it was taken stands in `state`, whatever the HTTP status. */
export interface Acknowledgement {
  readonly transactionId?: string;
  readonly state: string;
  readonly code?: WireCode;
  readonly message?: string;
}

/** One device that failed, its identifier under the name of its kind. */
export type WireFailedDevice = Readonly<Record<string, unknown>> & {
  readonly code?: WireCode;
  readonly message?: string;
};

export interface WireTransaction {
  readonly transactionId: string;
  readonly state: string;
  readonly operationType?: string;
  /** Only those that failed; absent when none did. */
  readonly devices?: readonly WireFailedDevice[];
}

export interface StatusReply {
  readonly devices: {
    readonly totalCount?: number;
    readonly transactions?: readonly WireTransaction[];
  };
}

export interface WireDevice {
  /** The primary IMEI; the published sample spells it so. */
  readonly mei?: string;
  readonly imei?: string;
  /** 18 decimal digits in the samples. */
  readonly meid?: string;
  readonly serialNumber?: string;
  readonly model?: string;
  readonly state?: string;
  readonly customerId: string;
}

export interface DeviceListReply {
  readonly totalCount: number;
  readonly devices?: readonly WireDevice[];
}

/** What Samsung refuses with. */
export interface WireError {
  readonly code: WireCode;
  readonly message?: string;
}

/** What a login by client credentials yields. */
export interface OAuthReply {
  readonly access_token: string;
  /** Seconds. */
  readonly expires_in: number;
}

/** What a login by signed identifier yields. */
export interface AccessTokenReply {
  readonly accessToken: string;
}

/** What a token endpoint refuses with (RFC 6749, section 5.2). */
export interface OAuthRefusal {
  readonly error: string;
}

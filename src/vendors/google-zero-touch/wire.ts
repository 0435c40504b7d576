/**
 * Zero-touch reseller API v1 as JSON, exactly as sent. Only the fields we write or read. By proto3's JSON rules
 * 64-bit integers are strings, 32-bit ones numbers, and unset fields and empty lists are left out
 * (developers.google.com/zero-touch/reference/reseller/rest/v1).
 */

/** The only section of a provisioning record that is ours; the other one is SIM lock. */
export const ZERO_TOUCH = 'SECTION_TYPE_ZERO_TOUCH';

export interface WireIdentifier {
  readonly imei?: string;
  readonly imei2?: string;
  readonly meid?: string;
  readonly serialNumber?: string;
  readonly manufacturer?: string;
  readonly model?: string;
}

export interface WireMetadata {
  /** Android devices know `phonenumber` and `ordernumber`; an empty value removes its key (guides/metadata). */
  readonly entries?: Readonly<Record<string, string>>;
}

/** One claim, alone (ClaimDeviceRequest) or in a batch (PartnerClaim). */
export interface WireClaim {
  readonly deviceIdentifier: WireIdentifier;
  readonly sectionType: typeof ZERO_TOUCH;
  readonly customerId: string;
  readonly deviceMetadata?: WireMetadata;
  readonly configurationId?: string;
}

/** One unclaim, alone (UnclaimDeviceRequest) or in a batch (PartnerUnclaim). */
export interface WireUnclaim {
  readonly deviceIdentifier: WireIdentifier;
  readonly sectionType: typeof ZERO_TOUCH;
}

export interface WireMetadataUpdate {
  readonly deviceIdentifier: WireIdentifier;
  readonly deviceMetadata: WireMetadata;
}

export interface ClaimDevicesRequest {
  readonly claims: readonly WireClaim[];
}

export interface UnclaimDevicesRequest {
  readonly unclaims: readonly WireUnclaim[];
}

export interface UpdateMetadataRequest {
  readonly updates: readonly WireMetadataUpdate[];
}

export interface FindByIdentifierRequest {
  readonly deviceIdentifier: WireIdentifier;
  /** 1 to 100. */
  readonly limit: string;
  readonly pageToken?: string;
}

export interface FindByOwnerRequest {
  readonly customerId: readonly string[];
  readonly sectionType: typeof ZERO_TOUCH;
  /** 1 to 100. */
  readonly limit: string;
  readonly pageToken?: string;
}

/** What a company is created from. Owners get a mail; neither they nor the name can be changed later. */
export interface WireNewCompany {
  readonly companyName: string;
  readonly ownerEmails: readonly string[];
  readonly adminEmails?: readonly string[];
  readonly languageCode?: string;
}

export interface CreateCustomerRequest {
  readonly customer: WireNewCompany;
}

export interface WireCompany {
  readonly companyId: string;
  readonly companyName?: string;
  readonly termsStatus?: string;
}

export interface ListCustomersReply {
  readonly customers?: readonly WireCompany[];
  readonly nextPageToken?: string;
  readonly totalSize?: number;
}

export interface ClaimDeviceReply {
  readonly deviceId: string;
}

export interface WireDeviceClaim {
  readonly ownerCompanyId?: string;
  readonly sectionType?: string;
}

export interface WireDevice {
  readonly deviceId?: string;
  readonly deviceIdentifier?: WireIdentifier;
  readonly deviceMetadata?: WireMetadata;
  readonly claims?: readonly WireDeviceClaim[];
}

export interface FindDevicesReply {
  readonly devices?: readonly WireDevice[];
  readonly nextPageToken?: string;
  readonly totalSize?: number;
}

/** A copy of the request's item, as the server read it. */
interface WireEcho {
  readonly deviceIdentifier?: WireIdentifier;
}

export interface WireDeviceResult {
  readonly status?: string;
  /** Why it failed: one of the library's error codes, when it is set. */
  readonly errorIdentifier?: string;
  /** For developers; never branched on. */
  readonly errorMessage?: string;
}

/** One item of an operation: exactly one of the three echoes, and its result. */
export interface WirePerDevice {
  readonly claim?: WireEcho;
  readonly unclaim?: WireEcho;
  readonly updateMetadata?: WireEcho;
  readonly result?: WireDeviceResult;
}

export interface WireOperation {
  /** `operations/…`, with more slashes inside. */
  readonly name: string;
  /** Only this says that it is over; `progress: 100` does not (guides/how-it-works#operations). */
  readonly done?: boolean;
  readonly response?: { readonly perDeviceStatus?: readonly WirePerDevice[] };
}

/** Google's standard error (cloud.google.com/apis/design/errors), with the `errors` list of older services. */
export interface WireError {
  readonly error: {
    readonly code?: number;
    readonly message?: string;
    readonly status?: string;
    readonly details?: readonly Readonly<Record<string, unknown>>[];
    readonly errors?: readonly { readonly reason?: string }[];
  };
}

export interface TokenReply {
  readonly access_token: string;
  readonly expires_in: number;
}

/** What a token endpoint refuses with (RFC 6749, section 5.2). */
export interface TokenRefusal {
  readonly error: string;
}

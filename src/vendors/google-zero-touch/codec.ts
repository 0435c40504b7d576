import { Ajv, type AnySchema, type ValidateFunction } from 'ajv';
import * as schemas from './schemas.ts';
import type {
  ClaimDeviceReply,
  FindDevicesReply,
  ListCustomersReply,
  TokenRefusal,
  TokenReply,
  WireCompany,
  WireDevice,
  WireError,
  WireOperation,
} from './wire.ts';

/** Reads a body, or answers undefined when it is not what the documents promise. Never throws. */
export type Decoder<T> = (body: string) => T | undefined;

const ajv = new Ajv({ strict: true });

/** The text of a request body. */
export function encode(request: object): string {
  return JSON.stringify(request);
}

export const decodeListCustomers: Decoder<ListCustomersReply> = decoder(schemas.listCustomersReply);
export const decodeCompany: Decoder<WireCompany> = decoder(schemas.company);
export const decodeFindDevices: Decoder<FindDevicesReply> = decoder(schemas.findDevicesReply);
export const decodeDevice: Decoder<WireDevice> = decoder(schemas.knownDevice);
export const decodeClaimDevice: Decoder<ClaimDeviceReply> = decoder(schemas.claimDeviceReply);
export const decodeEmpty: Decoder<object> = decoder(schemas.empty);
export const decodeOperation: Decoder<WireOperation> = decoder(schemas.operation);
export const decodeError: Decoder<WireError> = decoder(schemas.errorReply);
export const decodeToken: Decoder<TokenReply> = decoder(schemas.tokenReply);
export const decodeTokenRefusal: Decoder<TokenRefusal> = decoder(schemas.tokenRefusal);

/**
 * An empty list is left out of a reply, so `{}` is an honest empty page. An object of nothing but unknown
 * fields is not: it is somebody else's reply, such as a portal's or a proxy's, and must not look like an empty
 * world.
 */
function decoder<T>(schema: { readonly properties: object } & AnySchema): Decoder<T> {
  const matches: ValidateFunction<T> = ajv.compile<T>(schema);
  const known = new Set(Object.keys(schema.properties));
  return (body) => {
    const value = parse(body);
    if (!matches(value)) return undefined;
    const fields = Object.keys(value as object);
    return fields.length === 0 || fields.some((field) => known.has(field)) ? value : undefined;
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

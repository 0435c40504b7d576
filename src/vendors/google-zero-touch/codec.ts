import { type Decoder, decoder } from '../decoder.ts';
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

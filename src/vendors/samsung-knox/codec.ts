import { type Decoder, decoder, listOf, shape } from '../decoder.ts';
import { type CustomerListReply, customer, customerListReply, type WireCustomer } from './assumed.ts';
import type {
  AccessTokenReply,
  Acknowledgement,
  DeviceListReply,
  OAuthRefusal,
  OAuthReply,
  StatusReply,
  WireError,
} from './wire.ts';

const text = { type: 'string' } as const;
const count = { type: 'integer', minimum: 0 } as const;
/** A string in the documents and in one sample, a number in the others. */
const code = { type: ['string', 'integer'] } as const;
const token = { type: 'string', pattern: '^[\\x21-\\x7e]+$' } as const;

const transaction = shape(
  {
    transactionId: text,
    state: text,
    operationType: text,
    devices: listOf(shape({ code, message: text })),
  },
  ['transactionId', 'state'],
);

const device = shape(
  {
    mei: text,
    imei: text,
    meid: text,
    serialNumber: text,
    model: text,
    state: text,
    customerId: { type: 'string', minLength: 1 },
  },
  ['customerId'],
);

/** The text of a request body. */
export function encode(request: object): string {
  return JSON.stringify(request);
}

export const decodeAcknowledgement: Decoder<Acknowledgement> = decoder(
  shape({ transactionId: text, state: text, code, message: text }, ['state']),
);
export const decodeStatus: Decoder<StatusReply> = decoder(
  shape({ devices: shape({ totalCount: count, transactions: listOf(transaction) }) }, ['devices']),
);
export const decodeDevices: Decoder<DeviceListReply> = decoder(
  shape({ totalCount: count, devices: listOf(device) }, ['totalCount']),
);
export const decodeCustomers: Decoder<CustomerListReply> = decoder(customerListReply);
export const decodeCustomer: Decoder<WireCustomer> = decoder(customer);
export const decodeError: Decoder<WireError> = decoder(shape({ code, message: text }, ['code']));
export const decodeOAuth: Decoder<OAuthReply> = decoder(
  shape({ access_token: token, expires_in: { type: 'integer', minimum: 1 } }, ['access_token', 'expires_in']),
);
export const decodeOAuthRefusal: Decoder<OAuthRefusal> = decoder(shape({ error: text }, ['error']));
export const decodeAccessToken: Decoder<AccessTokenReply> = decoder(
  shape({ accessToken: token }, ['accessToken']),
);

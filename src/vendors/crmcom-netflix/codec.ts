import type { AnySchema } from 'ajv';
import { matcher } from '../decoder.ts';
import * as schemas from './schemas.ts';
import type {
  AcknowledgedData,
  ChargesData,
  CreatedSubscription,
  DevicesData,
  TokenData,
  WirePromotion,
  WireStatus,
  WireSubscription,
} from './wire.ts';

/** The envelope of a reply: its status, and data that nobody has looked at yet. */
export interface Envelope {
  readonly status: WireStatus;
  readonly data?: unknown;
}

/** Reads the data of a reply, or answers undefined when it is not what the documents promise. Never throws. */
export type Decoder<T> = (data: unknown) => T | undefined;

/** The text of a request body. */
export function encode(request: object): string {
  return JSON.stringify(request);
}

/** The envelope of a body; undefined for anything else, such as a proxy's page. */
export function decodeEnvelope(body: string): Envelope | undefined {
  return readEnvelope(parse(body));
}

export const decodeToken: Decoder<TokenData> = decoder(schemas.token);
export const decodePromotions: Decoder<readonly WirePromotion[]> = decoder(schemas.promotions);
export const decodeCreated: Decoder<CreatedSubscription> = decoder(schemas.created);
export const decodeNothing: Decoder<object | null> = decoder(schemas.nothing);
export const decodeCharges: Decoder<ChargesData> = decoder(schemas.charges);
export const decodeAcknowledged: Decoder<AcknowledgedData | null> = decoder(schemas.acknowledged);
export const decodeDevices: Decoder<DevicesData | null> = decoder(schemas.devices);

const readEnvelope: Decoder<Envelope> = decoder(schemas.envelope);
const readSubscription: Decoder<WireSubscription> = decoder(schemas.subscription);
const readSubscriptions: Decoder<readonly WireSubscription[]> = decoder(schemas.subscriptions);

/** The documents show one object and speak of several: one, a list of any length, or null for none (3). */
export function decodeSubscriptions(data: unknown): readonly WireSubscription[] | undefined {
  if (data === null) return [];
  if (Array.isArray(data)) return readSubscriptions(data);
  const one = readSubscription(data);
  return one === undefined ? undefined : [one];
}

function decoder<T>(schema: AnySchema): Decoder<T> {
  const matches = matcher(schema);
  return (data) => (matches(data) ? (data as T) : undefined);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

import { createPublicKey, verify } from 'node:crypto';
import { isObject, type JsonObject, parseJson } from '../json.ts';
import { JWT_LEEWAY_S, MAX_JWT_LIFETIME_S } from './limits.ts';

/** A JWT taken apart, believed by nobody yet. */
export interface UncheckedJwt {
  readonly header: JsonObject;
  readonly claims: JsonObject;
  readonly signed: string;
  readonly signature: Buffer;
}

/** Takes a JWT apart; undefined when it is none. */
export function decodeJwt(text: unknown): UncheckedJwt | undefined {
  const parts = typeof text === 'string' ? text.split('.') : [];
  const header = decodedPart(parts[0]);
  const claims = decodedPart(parts[1]);
  if (parts.length !== 3 || header === undefined || claims === undefined) return undefined;
  const signature = Buffer.from(parts[2] ?? '', 'base64url');
  return { header, claims, signed: `${parts[0]}.${parts[1]}`, signature };
}

/**
 * Whether the client that owns the key signed this, for Knox, and lately: RS512, `aud` KnoxWSM, a `jti`, and an `exp`
 * within 30 minutes (3.3).
 *
 * @param publicKey as registered: base64 of the DER form. The claim `publicKey` must repeat it.
 */
export function isGoodJwt(jwt: UncheckedJwt, publicKey: string, nowMs: number): boolean {
  const { header, claims, signed, signature } = jwt;
  if (header['alg'] !== 'RS512' || claims['aud'] !== 'KnoxWSM') return false;
  if (claims['publicKey'] !== publicKey || !isText(claims['jti'])) return false;
  if (!isTimely(claims['exp'], nowMs / 1000)) return false;
  const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  return verify('RSA-SHA512', Buffer.from(signed), key, signature);
}

function isTimely(exp: unknown, nowS: number): boolean {
  return typeof exp === 'number' && exp > nowS && exp <= nowS + MAX_JWT_LIFETIME_S + JWT_LEEWAY_S;
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function decodedPart(part: string | undefined): JsonObject | undefined {
  const value = part === undefined ? undefined : parseJson(Buffer.from(part, 'base64url').toString('utf8'));
  return isObject(value) ? value : undefined;
}

import { randomUUID, sign } from 'node:crypto';
import type { HttpClient } from '../../http/http-client.ts';
import type { Clock } from '../../ports/clock.ts';
import { failed, ok } from '../../ports/failure.ts';
import { decodeAccessToken, decodeError, encode } from './codec.ts';
import { codeName } from './codes.ts';
import type { KeyPair } from './credentials.ts';
import { ACCESS_TOKEN_MINUTES, SIGNED_TOKEN_LIFETIME_S } from './limits.ts';
import { type Login, loginFailure } from './login.ts';

/**
 * A client identifier signed with the key pair of the Knox API portal, what the library's factory takes (Knox
 * access token): the signed identifier is traded for an access token, and each request carries that token, signed
 * again.
 */
export function signedIdentifierLogin(
  endpoint: string,
  http: HttpClient,
  keys: KeyPair,
  clock: Clock,
): Login {
  return {
    async logIn(signal) {
      const { clientIdentifier, publicKey } = keys;
      const body = encode({
        clientIdentifierJwt: signedToken(keys, { clientIdentifier }, clock.now()),
        base64EncodedStringPublicKey: publicKey,
        validityForAccessTokenInMinutes: ACCESS_TOKEN_MINUTES,
      });
      const sent = await http.send(
        {
          method: 'POST',
          url: new URL('/ams/v1/users/accesstoken', endpoint).href,
          headers: { 'content-type': 'application/json', accept: 'application/json' },
          body,
          access: 'read',
        },
        signal,
      );
      if (!sent.ok) return sent;
      const reply = sent.value;
      const token = reply.status === 200 ? decodeAccessToken(reply.body) : undefined;
      if (token !== undefined) {
        return ok({ value: token.accessToken, lifetimeMs: ACCESS_TOKEN_MINUTES * 60_000 });
      }
      const error = decodeError(reply.body);
      const refusal = error === undefined ? undefined : (codeName(error.code) ?? 'unknown');
      return failed(loginFailure(reply, refusal, ADVICE, clock.now()));
    },
    headers: (accessToken) => ({ 'x-knox-apitoken': signedToken(keys, { accessToken }, clock.now()) }),
  };
}

const ADVICE =
  'check that keys.json and clientIdentifier belong together in the Knox API portal and that this machine’s clock is right';

/** A JWT, RS512, for Knox alone, with an id of its own (Knox access token). */
function signedToken(
  { publicKey, privateKey }: KeyPair,
  claims: Readonly<Record<string, string>>,
  nowMs: number,
): string {
  const header = { alg: 'RS512', typ: 'JWT' };
  const payload = {
    aud: 'KnoxWSM',
    jti: randomUUID(),
    exp: Math.floor(nowMs / 1_000) + SIGNED_TOKEN_LIFETIME_S,
    publicKey,
    ...claims,
  };
  const signed = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(payload))}`;
  return `${signed}.${base64url(sign('RSA-SHA512', Buffer.from(signed), privateKey))}`;
}

function base64url(content: string | Buffer): string {
  return Buffer.from(content).toString('base64url');
}

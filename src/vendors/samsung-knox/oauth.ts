import type { HttpClient } from '../../http/http-client.ts';
import type { Clock } from '../../ports/clock.ts';
import { failed, ok } from '../../ports/failure.ts';
import { decodeOAuth, decodeOAuthRefusal } from './codec.ts';
import type { ClientCredentials } from './credentials.ts';
import { SCOPE } from './limits.ts';
import { type Login, loginFailure } from './login.ts';

/** OAuth 2.0 client credentials, what Samsung recommends since August 2025 (Knox cloud authentication). */
export function oauthLogin(
  endpoint: string,
  http: HttpClient,
  { clientId, clientSecret }: ClientCredentials,
  clock: Clock,
): Login {
  return {
    async logIn(signal) {
      const form = new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
        scope: SCOPE,
      });
      const sent = await http.send(
        {
          method: 'POST',
          url: new URL('/ams/v1/oauth2/token', endpoint).href,
          headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
          body: form.toString(),
          access: 'read',
        },
        signal,
      );
      if (!sent.ok) return sent;
      const { status, body } = sent.value;
      const token = status === 200 ? decodeOAuth(body) : undefined;
      if (token !== undefined) return ok({ value: token.access_token, lifetimeMs: token.expires_in * 1_000 });
      const refusal = decodeOAuthRefusal(body)?.error;
      return failed(loginFailure(sent.value, refusal, ADVICE, clock.now()));
    },
    headers: (accessToken) => ({ authorization: `Bearer ${accessToken}` }),
  };
}

const ADVICE =
  'check clientId and clientSecret in the Knox API portal, and that the client has the scope kdp';

import { OPAQUE_LIFETIME_MS } from './limits.ts';

/**
 * How long a token lives from its login on, in milliseconds. Since R12 it is a JWT whose `exp` is a text of epoch
 * seconds; before, it is opaque (fact sheet 2.4). The time is the server's: `serverMs` is what its `Date` header
 * said with the token, so that a wrong clock on either side does not matter.
 */
export function tokenLifetimeMs(token: string, serverMs: number | undefined, ourMs: number): number {
  const claims = claimsOf(token);
  const endsAtMs = secondsAsMs(claims?.['exp']);
  if (endsAtMs === undefined) return OPAQUE_LIFETIME_MS;
  const fromMs = serverMs ?? secondsAsMs(claims?.['iat']) ?? ourMs;
  return Math.max(0, endsAtMs - fromMs);
}

/** Epoch seconds, whatever the JSON type they come in. */
function secondsAsMs(value: unknown): number | undefined {
  const seconds = typeof value === 'string' || typeof value === 'number' ? Number(value) : Number.NaN;
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1_000 : undefined;
}

function claimsOf(token: string): Readonly<Record<string, unknown>> | undefined {
  const [, payload, signature] = token.split('.');
  if (payload === undefined || signature === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null
      ? (claims as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

import type { Clock } from '../ports/clock.ts';
import { type Failure, failed, ok, type Result } from '../ports/failure.ts';
import { singleFlight } from './single-flight.ts';

/** What a login yields. */
export interface AccessToken {
  readonly value: string;
  readonly lifetimeMs: number;
}

/** A token is renewed this long before it ends, or at nine tenths of a short life. ASSUMED. */
const RENEW_EARLY_MS = 300_000;

/** How long after a failed early renewal the next one is tried, while the old token still serves. ASSUMED. */
const RENEW_AGAIN_MS = 30_000;

/** How long refused credentials are left alone before one more login is tried. ASSUMED. */
const REFUSED_CREDENTIALS_HOLD_MS = 300_000;

/** The access token of one adapter. Many may ask at once; at most one login runs. */
export interface TokenSource {
  /**
   * A token that should be good for a while. Fails as the login failed; with the same `unauthorized` again,
   * without asking, for some minutes after the credentials were refused.
   */
  get(signal: AbortSignal): Promise<Result<string>>;
  /** The vendor did not accept this token: the next `get` logs in anew. */
  drop(token: string): void;
  /** The vendor did not accept a token fresh from a login: stop trying for some minutes. */
  hold(failure: Failure): void;
}

/**
 * ```
 *            get: log in              renewal due: log in, use the old one if that fails
 *   none ──────────────────► fresh ───────────────────────────────────────────────────► fresh
 *    ▲ │ refused               │ drop, or its time is over
 *    │ ▼                       │
 *   held (some minutes)        └──────────► none
 * ```
 */
export function tokenSource(
  logIn: (signal: AbortSignal) => Promise<Result<AccessToken>>,
  clock: Clock,
): TokenSource {
  let token: { readonly value: string; readonly renewAtMs: number; readonly endsAtMs: number } | undefined;
  let held: { readonly failure: Failure; readonly untilMs: number } | undefined;

  const renew = singleFlight(async (signal): Promise<Result<string>> => {
    const askedAtMs = clock.monotonic();
    const answer = await logIn(signal);
    if (answer.ok) {
      const { value, lifetimeMs } = answer.value;
      const earlyMs = Math.min(RENEW_EARLY_MS, lifetimeMs / 10);
      token = { value, renewAtMs: askedAtMs + lifetimeMs - earlyMs, endsAtMs: askedAtMs + lifetimeMs };
      return ok(value);
    }
    if (answer.failure.kind === 'unauthorized') hold(answer.failure);
    if (token === undefined || !usable(token.endsAtMs)) return answer;
    token = { ...token, renewAtMs: Math.min(token.endsAtMs, clock.monotonic() + RENEW_AGAIN_MS) };
    return ok(token.value);
  });

  function usable(untilMs: number): boolean {
    return clock.monotonic() < untilMs;
  }
  function hold(failure: Failure): void {
    held = { failure, untilMs: clock.monotonic() + REFUSED_CREDENTIALS_HOLD_MS };
  }

  return {
    async get(signal) {
      if (token !== undefined && usable(token.renewAtMs)) return ok(token.value);
      if (held !== undefined && usable(held.untilMs)) {
        return token !== undefined && usable(token.endsAtMs) ? ok(token.value) : failed(held.failure);
      }
      return await renew(signal);
    },
    drop(value) {
      if (token?.value === value) token = undefined;
    },
    hold(failure) {
      token = undefined;
      hold(failure);
    },
  };
}

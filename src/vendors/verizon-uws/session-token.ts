import type { Clock } from '../../ports/clock.ts';
import { ok, type Result } from '../../ports/failure.ts';
import { singleFlight } from '../single-flight.ts';
import { SESSION_STALE_MS } from './limits.ts';

/** The session of one adapter. Many may ask at once; at most one log-in runs. */
export interface SessionTokens {
  /** A token that should be good. Fails as the log-in failed. */
  get(signal: AbortSignal): Promise<Result<string>>;
  /** A call was answered under this token, which gives its session new life. */
  used(token: string): void;
  /** Verizon does not accept this token: the next `get` logs in anew. */
  drop(token: string): void;
}

/**
 * ```
 *           get: log in                 15 minutes unused, or dropped
 *   none ───────────────────► open ─────────────────────────────────► none
 *                                (a use starts the 15 minutes anew)
 * ```
 */
export function sessionTokens(
  logIn: (signal: AbortSignal) => Promise<Result<string>>,
  clock: Clock,
): SessionTokens {
  let open: { readonly value: string; readonly staleAtMs: number } | undefined;

  const renew = singleFlight(async (signal): Promise<Result<string>> => {
    const askedAtMs = clock.monotonic();
    const answer = await logIn(signal);
    if (answer.ok) open = { value: answer.value, staleAtMs: askedAtMs + SESSION_STALE_MS };
    return answer;
  });

  return {
    async get(signal) {
      if (open !== undefined && clock.monotonic() < open.staleAtMs) return ok(open.value);
      return await renew(signal);
    },
    used(token) {
      if (open?.value === token) open = { value: token, staleAtMs: clock.monotonic() + SESSION_STALE_MS };
    },
    drop(token) {
      if (open?.value === token) open = undefined;
    },
  };
}

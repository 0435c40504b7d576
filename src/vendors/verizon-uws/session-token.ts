import type { Clock } from '../../ports/clock.ts';
import { failed, ok, type Result } from '../../ports/failure.ts';
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
  let running: Promise<Result<string>> | undefined;

  async function renew(): Promise<Result<string>> {
    const askedAtMs = clock.monotonic();
    // Its own signal: whoever asked first may leave while others still wait. The client has a deadline.
    const answer = await logIn(new AbortController().signal);
    if (answer.ok) open = { value: answer.value, staleAtMs: askedAtMs + SESSION_STALE_MS };
    return answer;
  }

  return {
    async get(signal) {
      if (open !== undefined && clock.monotonic() < open.staleAtMs) return ok(open.value);
      running ??= renew().finally(() => {
        running = undefined;
      });
      return await orAborted(running, signal);
    },
    used(token) {
      if (open?.value === token) open = { value: token, staleAtMs: clock.monotonic() + SESSION_STALE_MS };
    },
    drop(token) {
      if (open?.value === token) open = undefined;
    },
  };
}

/** The answer, or a failure as soon as the asker is called off; the log-in itself goes on for the others. */
async function orAborted(answer: Promise<Result<string>>, signal: AbortSignal): Promise<Result<string>> {
  const { promise, resolve } = Promise.withResolvers<Result<string>>();
  const onAbort = (): void => {
    resolve(failed({ kind: 'transient', code: 'ABORTED', message: 'the request was called off' }));
  };
  signal.addEventListener('abort', onAbort);
  if (signal.aborted) onAbort();
  try {
    return await Promise.race([answer, promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

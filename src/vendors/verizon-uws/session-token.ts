import type { Clock } from '../../ports/clock.ts';
import { type Failure, failed, ok, type Result } from '../../ports/failure.ts';
import { MAX_REFUSED_LOGINS, SESSION_STALE_MS } from './limits.ts';

/** The session of one adapter. Many may ask at once; at most one log-in runs. */
export interface SessionTokens {
  /** A token that should be good. Fails as the log-in failed; once latched, without asking Verizon. */
  get(signal: AbortSignal): Promise<Result<string>>;
  /** A call was answered under this token, which gives its session new life. */
  used(token: string): void;
  /** Verizon does not accept this token: the next `get` logs in anew. */
  drop(token: string): void;
}

/** What is remembered of one login for as long as the process lives, however often its account is opened. */
export interface LoginMemory {
  /** In a row. */
  refusals: number;
  /** No log-in is tried with these credentials any more, because of this. */
  latched?: Failure;
}

/**
 * ```
 *           get: log in                 15 minutes unused, or dropped
 *   none ───────────────────► open ─────────────────────────────────► none
 *    │ ▲  refused once           (a use starts the 15 minutes anew)
 *    │ └──────────┐
 *    │ refused twice in a row
 *    ▼
 *   latched: only new credentials help, or a new process
 * ```
 *
 * Verizon locks a login after five refusals and only its support unlocks it, so the third try is a person's (3).
 */
export function sessionTokens(
  logIn: (signal: AbortSignal) => Promise<Result<string>>,
  clock: Clock,
  login: LoginMemory = { refusals: 0 },
): SessionTokens {
  let open: { readonly value: string; readonly staleAtMs: number } | undefined;
  let running: Promise<Result<string>> | undefined;

  async function renew(): Promise<Result<string>> {
    const askedAtMs = clock.monotonic();
    // Its own signal: whoever asked first may leave while others still wait. The client has a deadline.
    const answer = await logIn(new AbortController().signal);
    if (answer.ok) {
      login.refusals = 0;
      open = { value: answer.value, staleAtMs: askedAtMs + SESSION_STALE_MS };
    } else if (answer.failure.kind === 'unauthorized') {
      login.refusals += 1;
      if (login.refusals >= MAX_REFUSED_LOGINS) login.latched = latch(answer.failure);
    }
    return login.latched === undefined ? answer : failed(login.latched);
  }

  return {
    async get(signal) {
      if (open !== undefined && clock.monotonic() < open.staleAtMs) return ok(open.value);
      if (login.latched !== undefined) return failed(login.latched);
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

function latch(failure: Failure): Failure {
  return {
    kind: 'unauthorized',
    code: 'LOGIN_LATCHED',
    message: `Verizon refused the log-in twice and locks the user after five, so no more are tried: correct the credentials Secret (${failure.message})`,
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

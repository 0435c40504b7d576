import { type Failure, failed, ok, type Result } from '../../ports/failure.ts';
import type { LoginAttempts, LoginBook } from '../../ports/login-book.ts';
import { MAX_LOGINS_IN_A_ROW, MAX_REFUSED_LOGINS } from './limits.ts';

/** What is tried, and where it is counted. */
export interface LatchParts {
  /** Name of the login, by which attempts are counted. */
  readonly login: string;
  /** Tells these credentials from others. */
  credentials(): Promise<string>;
  readonly book: LoginBook;
  readonly turns: LoginTurns;
  /** One log-in, once. `unauthorized`: it was refused; `throttled`: nobody looked at the credentials. */
  logIn(signal: AbortSignal): Promise<Result<string>>;
  /** Asks for something without a session: any answer of the service shows that it is there. */
  knock(signal: AbortSignal): Promise<Result<unknown>>;
}

/** What is shared by everything in this process that logs in with one login. */
export interface LoginTurns {
  /** The log-in before: at most one runs. */
  last: Promise<unknown>;
  /** One more is counted than was sent. */
  spare: boolean;
}

/**
 * Verizon locks a login after five refused log-ins in a row, and only its support unlocks it (3). So each attempt is
 * counted durably before it is sent, in a place that outlives the process, and the count goes once one succeeds:
 *
 * ```
 *   before           then
 *   count it         session: forget the count    refused: note that, the second one latches
 *                    no answer, or killed: it stays counted, for nobody knows; the fourth one latches
 * ```
 *
 * New credentials begin with no refusal, but with what was sent in a row before them: Verizon counts by login. After an
 * attempt of which nobody heard, the service must answer something else first, so that an outage costs one count only.
 */
export function latchedLogIn(parts: LatchParts): (signal: AbortSignal) => Promise<Result<string>> {
  const { turns } = parts;
  let mark: Promise<string> | undefined;
  const credentials = (): Promise<string> => (mark ??= parts.credentials());
  return (signal) => {
    const attempt = turns.last.then(() => attemptLogIn({ ...parts, credentials }, signal));
    turns.last = attempt.catch(() => undefined);
    return attempt;
  };
}

async function attemptLogIn(parts: LatchParts, signal: AbortSignal): Promise<Result<string>> {
  const { login, book, turns } = parts;
  const credentials = await parts.credentials();
  const known = await book.read(login, signal);
  if (!known.ok) return failed(unrecorded(known.failure));
  const before = countFor(credentials, known.value);
  // Somebody may have let the login be tried again meanwhile.
  const isCounted = turns.spare && before.sent > 0;
  const latched = latch(isCounted ? { ...before, sent: before.sent - 1 } : before, book.releaseOf(login));
  if (latched !== undefined) return failed(latched);
  const counted = isCounted ? ok(before) : await count(parts, before, signal);
  if (!counted.ok) return counted;
  turns.spare = false;
  const answer = await parts.logIn(signal);
  if (answer.ok) {
    // If that fails, one too many is counted until the next session.
    await book.write(login, undefined, signal);
    return answer;
  }
  turns.spare = answer.failure.kind === 'throttled';
  if (answer.failure.kind !== 'unauthorized') return answer;
  const { refused } = counted.value;
  const after = { ...counted.value, refused: refused + 1, because: answer.failure.message };
  await book.write(login, after, signal);
  return failed(latch(after, book.releaseOf(login)) ?? answer.failure);
}

/** Makes one more attempt durable; none while the service does not answer and an attempt before it is in doubt. */
async function count(
  parts: LatchParts,
  before: LoginAttempts,
  signal: AbortSignal,
): Promise<Result<LoginAttempts>> {
  const answer = before.sent > before.refused ? await parts.knock(signal) : ok(undefined);
  if (!answer.ok) return answer;
  const counted = { ...before, sent: before.sent + 1 };
  const written = await parts.book.write(parts.login, counted, signal);
  return written.ok ? ok(counted) : failed(unrecorded(written.failure));
}

/** The count as it stands for these credentials. */
function countFor(credentials: string, known: LoginAttempts | undefined): LoginAttempts {
  if (known?.credentials === credentials) return known;
  return { credentials, refused: 0, sent: known?.sent ?? 0 };
}

/** Why no more is tried, if so. `release` says how a person lets it be tried again. */
function latch({ refused, sent, because }: LoginAttempts, release: string): Failure | undefined {
  const byHand = `log in by hand, which sets Verizon's count back, and ${release}`;
  if (sent >= MAX_LOGINS_IN_A_ROW) {
    return latched(
      `log-ins in a row were refused or never heard of again and Verizon locks the user after five, so no more are tried: correct the credentials Secret where it is wrong, ${byHand}`,
    );
  }
  if (refused >= MAX_REFUSED_LOGINS) {
    return latched(
      `Verizon refused the log-in twice and locks the user after five, so no more are tried: correct the credentials Secret; if it is correct, ${byHand} (${because})`,
    );
  }
  return undefined;
}

/** Our own side failed, and nothing was sent: that says nothing of the credentials. */
function unrecorded({ code, message }: Failure): Failure {
  return { kind: 'transient', code, message: `no log-in is tried before it can be recorded: ${message}` };
}

function latched(message: string): Failure {
  return { kind: 'unauthorized', code: 'LOGIN_LATCHED', message };
}

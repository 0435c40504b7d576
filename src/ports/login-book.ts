import type { Result } from './failure.ts';

/** Log-ins with one login in a row of which none yielded a session. */
export interface LoginAttempts {
  /** Which credentials were tried last, in a form that tells nothing of them. */
  readonly credentials: string;
  /** How often the vendor is known to have refused these credentials. */
  readonly refused: number;
  /** How often a log-in was sent, or was about to be, with whatever credentials: the vendor counts at most so many. */
  readonly sent: number;
  /** What the vendor said to the last one, without anything secret. */
  readonly because?: string;
}

/**
 * Where attempts to log in are counted across restarts, for vendors that lock a login after some of them. A login is
 * named by a digest of `[0-9a-f]`; it may serve several accounts, and has one count for all of them.
 */
export interface LoginBook {
  /** Undefined: nothing counts against this login. */
  read(login: string, signal: AbortSignal): Promise<Result<LoginAttempts | undefined>>;
  /** Durable before it answers. `undefined`: nothing counts any more. */
  write(login: string, attempts: LoginAttempts | undefined, signal: AbortSignal): Promise<Result<unknown>>;
  /** What a person does to let the login be tried again, for a message: `delete VendorRecord vrec-…`. */
  releaseOf(login: string): string;
}

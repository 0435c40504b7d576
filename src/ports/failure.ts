/**
 * How something outside failed, decided once at the edge and never guessed again.
 *
 * | Kind           | Example                                          | What the controller does                        |
 * | -------------- | ------------------------------------------------ | ----------------------------------------------- |
 * | transient      | connection refused; 5xx or a reset on a read      | backoff with jitter                             |
 * | throttled      | 429, quota text                                   | wait what the vendor says; slow the whole scope |
 * | unauthorized   | bad or expired credential                         | hold all work of that scope and say so          |
 * | notFound       | gone                                              | an observation, not an error                    |
 * | conflict       | owned by someone else; stale resourceVersion      | look again later; never seize                   |
 * | rejected       | invalid for the vendor                            | wait until the spec changes                     |
 * | unknownOutcome | timeout, reset or 5xx after an unsafe write left  | read back; repeat only after proof              |
 */
export type FailureKind =
  | 'transient'
  | 'throttled'
  | 'unauthorized'
  | 'notFound'
  | 'conflict'
  | 'rejected'
  | 'unknownOutcome';

export interface Failure {
  readonly kind: FailureKind;
  /** Stable CamelCase or vendor code for machines, for example `HTTP_503` or `INVALID_ARGUMENT`. */
  readonly code: string;
  /** One stable sentence for people: no times, counters, request ids or secrets. */
  readonly message: string;
  /** How long the other side asked us to wait, in milliseconds. Only with `throttled` and `transient`. */
  readonly retryAfterMs?: number;
}

/** What every call across a port answers: a value, or a classified failure. Ports do not throw. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: Failure };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function failed<T = never>(failure: Failure): Result<T> {
  return { ok: false, failure };
}

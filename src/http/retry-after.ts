/** Longest wait believed. ASSUMED: a longer one is a broken clock or header; ask again after an hour. */
const MAX_RETRY_AFTER_MS = 3_600_000;

/**
 * A `Retry-After` header in milliseconds from now: seconds or an HTTP date (RFC 9110, section 10.2.3). Undefined
 * when it is absent or not understood; never negative, never more than an hour.
 */
export function parseRetryAfter(
  header: string | readonly string[] | undefined,
  nowMs: number,
): number | undefined {
  const text = (typeof header === 'string' ? header : header?.[0])?.trim();
  if (text === undefined || text === '') return undefined;
  const waitMs = /^\d+$/.test(text) ? Number(text) * 1_000 : httpDate(text) - nowMs;
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), MAX_RETRY_AFTER_MS);
}

/** Only the forms HTTP knows: `Date.parse` alone would take `-5` for a year. */
function httpDate(text: string): number {
  return /^[A-Z][a-z]{2,8},? /.test(text) ? Date.parse(text) : Number.NaN;
}

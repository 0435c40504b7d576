/** A bucket that fills steadily and from which requests drink. Times are monotonic milliseconds. */
export interface TokenBucket {
  /** Whole tokens there are now. */
  remaining(nowMs: number): number;
  /**
   * When there are so many tokens, one unless told, if nothing is taken until then; in the past when there are now.
   * Of more than the bucket holds it answers when they would have flown in.
   */
  availableAt(nowMs: number, wanted?: number): number;
  /** Takes one; only when there is one. */
  take(nowMs: number): void;
}

/** What arithmetic on fractions may lose of a whole token. */
const ROUNDING = 1e-6;

/** `perSecond` tokens a second, at most one second's worth (and at least one token) saved up. */
export function tokenBucket(perSecond: number, startMs: number): TokenBucket {
  const capacity = Math.max(1, perSecond);
  let tokens = capacity;
  let filledAtMs = startMs;

  function fill(nowMs: number): void {
    if (nowMs <= filledAtMs) return;
    tokens = Math.min(capacity, tokens + ((nowMs - filledAtMs) / 1_000) * perSecond);
    filledAtMs = nowMs;
  }
  function availableAt(nowMs: number, wanted = 1): number {
    fill(nowMs);
    const missing = wanted - tokens;
    // Rounded up: a caller that waits until then must find whole tokens.
    return missing <= ROUNDING ? filledAtMs : filledAtMs + Math.ceil((missing / perSecond) * 1_000);
  }

  return {
    remaining(nowMs) {
      fill(nowMs);
      return Math.floor(tokens + ROUNDING);
    },
    availableAt,
    take(nowMs) {
      fill(nowMs);
      tokens = Math.max(0, tokens - 1);
    },
  };
}

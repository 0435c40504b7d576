/** How many requests one caller may make in a window of time. */
export interface QuotaLimit {
  readonly requests: number;
  readonly perMs: number;
}

/** Counts requests per caller in fixed windows, each beginning with the caller's first request in it. */
export interface Quota {
  /** Milliseconds until the caller's window ends if the request is over the limit; undefined if it may pass. */
  take(caller: string, nowMs: number): number | undefined;
}

export function createQuota(limit: QuotaLimit): Quota {
  const windows = new Map<string, { readonly startMs: number; used: number }>();
  return {
    take(caller, nowMs) {
      const open = windows.get(caller);
      if (open === undefined || nowMs >= open.startMs + limit.perMs) {
        windows.set(caller, { startMs: nowMs, used: 1 });
        return limit.requests > 0 ? undefined : limit.perMs;
      }
      if (open.used >= limit.requests) return open.startMs + limit.perMs - nowMs;
      open.used += 1;
      return undefined;
    },
  };
}

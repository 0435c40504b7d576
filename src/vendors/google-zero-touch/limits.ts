import type { VendorLimits } from '../../ports/vendor.ts';

/** Where Google serves the API (reference/reseller/rest). */
export const DEFAULT_ENDPOINT = 'https://androiddeviceprovisioning.googleapis.com';

/** What a login asks leave for (reference/reseller/rest, authorization scopes). */
export const SCOPE = 'https://www.googleapis.com/auth/androidworkprovisioning';

/** Most devices or customers on one page (reference: `limit` 1 to 100; library: pageSize at most 100). */
export const PAGE_ITEMS = 100;

/** Most devices one request of the library may carry (library: DEVICE_UPLOAD_COUNT_EXCEEDED). */
export const MAX_ITEMS_PER_REQUEST = 100_000;

export const DEFAULT_LIMITS: VendorLimits = {
  /** The default quota is 1,000 requests in 100 s for one service account (support/usage); a fifth is left for others. */
  requestsPerSecond: 8,
  /** ASSUMED: Google publishes none. */
  requestsPerDay: 100_000,
  /** ASSUMED. */
  concurrentRequests: 4,
  /** ASSUMED: the size of a raw batch is not published; small enough to repeat, large enough to be few. */
  itemsPerRequest: 5_000,
};

/**
 * How long after a lost reply a read may still miss the effect. ASSUMED: a batch is worked off in the
 * background, and how long that takes is not published.
 */
export const VISIBILITY_MS = 120_000;

/**
 * How long the list of customers may miss a new one. ASSUMED: creation is answered when it is done, no batch works
 * on in the background, and a small lag of reads is all that the fact sheet allows for (6.1).
 */
export const COMPANY_VISIBILITY_MS = 30_000;

/** How long the whole scope waits after a 429 that names no time. ASSUMED: a tenth of the quota's 100 s window. */
export const DEFAULT_PAUSE_MS = 10_000;

/** Lifetime we ask for a login assertion: the most Google allows (guides/auth; RFC 7523). */
export const ASSERTION_LIFETIME_S = 3_600;

import type { VendorLimits } from '../../ports/vendor.ts';

/** Path every method begins with, behind the installation's own address (fact sheet 1). */
export const BASE_PATH = 'crmapi/rest/v2/';

/** Most charges of one page of charges/list (fact sheet 4.5, from the vendor's document). */
export const PAGE_CHARGES = 50;

/** Most charges of one acknowledge (fact sheet 4.6, from the vendor's document). */
export const MAX_CHARGES_PER_CALL = 50;

/** Most devices of one register or unregister (fact sheet 4.8, from the vendor's document). */
export const MAX_DEVICES_PER_CALL = 1_000;

/** A Netflix token lives 1 second to 24 hours (fact sheet 4.3, from the vendor's document). */
export const MAX_VALIDITY_S = 86_400;

export const DEFAULT_LIMITS: VendorLimits = {
  /** ASSUMED: the vendor names no limit; one installation on the operator's own host is not hurried. */
  requestsPerSecond: 5,
  /** ASSUMED: no limit is named; this is a little over one a second the whole day. */
  requestsPerDay: 100_000,
  /** ASSUMED. */
  concurrentRequests: 4,
  /** The largest batch of any method; each method has its own cap beside it. */
  itemsPerRequest: MAX_DEVICES_PER_CALL,
};

/** Life of a token that does not say when it ends: an hour of idle time before R12 (fact sheet 2.4). */
export const OPAQUE_LIFETIME_MS = 3_600_000;

/** How long the release of a token may take when the account is closed; after that it simply expires. ASSUMED. */
export const RELEASE_DEADLINE_MS = 2_000;

/** How long the whole scope waits after a 429 that names no time. ASSUMED: no limit is documented at all. */
export const DEFAULT_PAUSE_MS = 10_000;

/**
 * How long after a lost creation looks go on before a person is asked. ASSUMED: longer than anything between us and
 * the vendor holds a request back; whether the subscriber exists is never said to lag, but nobody has promised it
 * either. Later looks come with every resync interval.
 */
export const CREATE_VISIBILITY_MS = 600_000;

/** How long a changed state may lag in `show` (fact sheet 8.1: do not expect to read your writes). ASSUMED. */
export const STATE_VISIBILITY_MS = 120_000;

/** How long an acknowledged charge may still be listed. ASSUMED, as for states. */
export const CHARGE_VISIBILITY_MS = 120_000;

import type { VendorLimits } from '../../ports/vendor.ts';

/** Every number of the vendor. Section numbers are those of the UWS fact sheet. */

/** Most devices in one DeleteDevices (5; page DeleteDevices). */
export const MAX_DELETED_DEVICES = 100;

export const DEFAULT_LIMITS: VendorLimits = {
  /** ASSUMED: the rate is agreed by contract and published nowhere (10). */
  requestsPerSecond: 5,
  /** ASSUMED. */
  requestsPerDay: 100_000,
  /** ASSUMED. */
  concurrentRequests: 4,
  itemsPerRequest: MAX_DELETED_DEVICES,
};

/** A session that was not used for so long is not used any more: 5 minutes before it ends (3; ASSUMED there). */
export const SESSION_STALE_MS = 15 * 60_000;

/** Refused log-ins in a row after which only new credentials help; the vendor locks at 5 (3, derived there). */
export const MAX_REFUSED_LOGINS = 2;

/** How long the whole scope waits after a 429 that names no time. ASSUMED: none is published (10). */
export const DEFAULT_PAUSE_MS = 30_000;

import type { VendorLimits } from '../../ports/vendor.ts';

/** Every number of the vendor. Section numbers are those of the UWS fact sheet. */

/** Where public client code finds the services (1). The vendor's current documents print no host. */
export const KNOWN_ENDPOINT = 'https://uws.apps.nphase.com/api/v2';

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

/** Log-ins in a row without a session, with whatever credentials, after which only a person helps: one below 5 (3). */
export const MAX_LOGINS_IN_A_ROW = 4;

/** How long the whole scope waits after a 429 that names no time. ASSUMED: none is published (10). */
export const DEFAULT_PAUSE_MS = 30_000;

/** How long after a lost reply a read may still show a deleted line. ASSUMED: the call is synchronous (5). */
export const DELETE_VISIBILITY_MS = 120_000;

/** How long after a lost reply a line may still look as if nobody had asked for its deactivation. ASSUMED (7). */
export const DEACTIVATE_VISIBILITY_MS = 600_000;

const DAY_MS = 24 * 3_600_000;

/**
 * How much of a history is asked for at once (9): of connections "a few days", of usage no "long range"; nothing is
 * said of provisioning events, of which there are few. ASSUMED: what a few and long are.
 */
export const HISTORY_WINDOW_MS = {
  usage: 30 * DAY_MS,
  connection: 5 * DAY_MS,
  provisioning: 180 * DAY_MS,
} as const;

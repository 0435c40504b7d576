import type { VendorLimits } from '../../ports/vendor.ts';

/** Where Samsung serves the API for all regions (KDP, base URLs: Gen2 global). */
export const DEFAULT_ENDPOINT = 'https://api.samsungknox.com';

/** What an OAuth login asks leave for: everything of the programme (Knox cloud authentication, scopes). */
export const SCOPE = 'kdp';

/** Most devices one upload of the library may carry (library: DEVICE_UPLOAD_COUNT_EXCEEDED). */
export const MAX_ITEMS_PER_REQUEST = 100_000;

export const DEFAULT_LIMITS: VendorLimits = {
  /** ASSUMED: no number is published. */
  requestsPerSecond: 5,
  /** ASSUMED: no number is published. */
  requestsPerDay: 100_000,
  /** ASSUMED. */
  concurrentRequests: 4,
  /** The portal takes 10,000 of one customer in one upload (KDP, bulk upload); the API's own cap is not published. */
  itemsPerRequest: 10_000,
};

/**
 * How long after a write a device list may still miss its effect: "seconds to minutes" (KDP, upload). Five
 * minutes are ASSUMED to be all that is meant.
 */
export const VISIBILITY_MS = 300_000;

/** How long the list of customers may miss a new one. ASSUMED: creation is answered when it is done. */
export const COMPANY_VISIBILITY_MS = 30_000;

/** How long the whole scope waits after a 429 that names no time. ASSUMED. */
export const DEFAULT_PAUSE_MS = 10_000;

/** Lifetime we ask for an access token by signed identifier: the most Samsung allows (Knox access token). */
export const ACCESS_TOKEN_MINUTES = 30;

/** Lifetime of a token we sign ourselves: the most Samsung allows (Knox access token). */
export const SIGNED_TOKEN_LIFETIME_S = 1_800;

/** Longest first or last name of a new customer's super admin (library: createCustomer, vendorParams). */
export const MAX_NAME_CHARACTERS = 60;

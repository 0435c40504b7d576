/** The vendor's numbers. Section numbers are those of the CRM.COM Netflix fact sheet. */

/** Path every method begins with (1). */
export const BASE_PATH = '/crmapi/rest/v2/';

/** Largest page of charges/list (4.5, seed). */
export const MAX_CHARGES_PER_PAGE = 50;

/** Most charges of one acknowledge (4.6, seed). */
export const MAX_CHARGES_PER_ACKNOWLEDGE = 50;

/** Most devices of one register or unregister (4.8, seed). */
export const MAX_DEVICES_PER_CALL = 1_000;

/** Longest life of a Netflix token: 24 hours (4.3, seed). */
export const MAX_VALIDITY_S = 86_400;

/** Life of a Netflix token when the request names none. Not documented. ASSUMED (4.3). */
export const DEFAULT_VALIDITY_S = 86_400;

/** Life of a JWT from its issue, used or not (2.4, docs). */
export const JWT_LIFETIME_MS = 7_200_000;

/** How long an opaque token lives without being used (2.4, docs: before R12). */
export const OPAQUE_IDLE_MS = 3_600_000;

/** How far back `promotions_set` looks (4.2, seed). */
export const REDEEMED_MONTHS = 10;

/** Largest request body. Not documented; 1,000 devices are some 60 kB. ASSUMED. */
export const MAX_BODY_BYTES = 4 * 1024 * 1024;

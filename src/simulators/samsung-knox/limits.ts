/** The vendor's numbers. Section numbers are those of the Android reseller fact sheet. */

/** Most devices of one upload or delete: the portal's number (3.7); the API's is not published (9.11, ASSUMED). */
export const MAX_DEVICES_PER_REQUEST = 10_000;

/** Page size when the request names none (3.8, ASSUMED). */
export const DEFAULT_PAGE_ITEMS = 100;

/** Largest page; more is cut down to it. Not published: a sample shows 1,000,000 (3.5). ASSUMED. */
export const MAX_PAGE_ITEMS = 1_000;

/** Life of an OAuth token when the request names none: about 10 minutes (3.2). */
export const OAUTH_LIFETIME_MS = 600_000;

/** Longest life an OAuth token may be asked for: 60 minutes (3.2). That `expires_in` counts seconds is ASSUMED. */
export const MAX_OAUTH_LIFETIME_S = 3_600;

/** Longest life of an access token of a signed client identifier (3.3). */
export const MAX_ACCESS_TOKEN_MINUTES = 30;

/** Longest life of a JWT signed by a client (3.3). */
export const MAX_JWT_LIFETIME_S = 1_800;

/** How far a client's clock may run ahead before its JWT is refused. ASSUMED. */
export const JWT_LEEWAY_S = 300;

/** Longest first or last name of a customer to be created (1.3). */
export const MAX_NAME_CHARS = 60;

/** A country: ISO 3166-1 alpha-2 (1.3). */
export const COUNTRY = /^[A-Z]{2}$/;

/** Largest request body. Not published; room for 100,000 devices. ASSUMED. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** From the acknowledgement to Complete. Seconds to minutes (3.7); short, for people who watch. ASSUMED. */
export const PROCESSING_MS = 2_000;

/** From the acknowledgement until the status listing knows the transaction (3.8, 9.15). ASSUMED. */
export const STATUS_LAG_MS = 500;

/** From a device's registration or deletion until the device list shows it (6.1). ASSUMED. */
export const LIST_LAG_MS = 1_000;

/** From a device's registration to the customer's approval, where that is automatic (3.7). ASSUMED. */
export const APPROVAL_MS = 3_000;

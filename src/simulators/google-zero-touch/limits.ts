/** The vendor's numbers. Section numbers are those of the Android reseller fact sheet. */

/** Most items of one batch. The library's ceiling (1.2, seed); the REST limit is not published (9.1, ASSUMED). */
export const MAX_BATCH_ITEMS = 100_000;

/** Largest page of findByOwner and findByIdentifier (2.5). Taken over for the `pageSize` of lists (ASSUMED). */
export const MAX_PAGE_ITEMS = 100;

/** Most customers in one findByOwner. The library's limit (1.3), taken over for REST (ASSUMED). */
export const MAX_OWNERS_PER_FIND = 100;

/** Default quota: 1,000 queries per 100 seconds and service account (2.5). */
export const QUOTA = { requests: 1_000, perMs: 100_000 } as const;

/** Life of an access token: `expires_in` is about 3599 (2.1). */
export const TOKEN_LIFETIME_MS = 3_599_000;

/** Longest span between `iat` and `exp` of an assertion (2.1). */
export const MAX_ASSERTION_LIFETIME_S = 3_600;

/** How far `iat` may lie in the future before an assertion is refused. ASSUMED. */
export const ASSERTION_LEEWAY_S = 300;

/** Largest request body. Not published (9.1); room for the largest batch. ASSUMED. */
export const MAX_BODY_BYTES = 64 * 1024 * 1024;

/** How long a batch takes from the reply to `done`. Not published; short, for people who watch. ASSUMED. */
export const OPERATION_MS = 2_000;

/** Scope of the reseller API (2.1). */
export const RESELLER_SCOPE = 'https://www.googleapis.com/auth/androidworkprovisioning';

/** Scope of the customer API (2.1): tokens are issued for it, and the reseller API refuses them. */
export const CUSTOMER_SCOPE = 'https://www.googleapis.com/auth/androidworkzerotouchemm';

/** The vendor's numbers. Section numbers are those of the UWS fact sheet. */

/** A session ends after this long without a call (3). */
export const SESSION_IDLE_MS = 20 * 60_000;

/** Failed log-ins in a row that lock a user; only support unlocks (3). */
export const FAILED_LOGINS_TO_LOCK = 5;

/** Most devices of one DeleteDevices (5). */
export const MAX_DELETED_DEVICES = 100;

/** Most devices in one reply of GetDeviceList (6.1). */
export const MAX_LISTED_DEVICES = 2_000;

/** Most devices named in one request (10, `NumberofDevices`). */
export const MAX_NAMED_DEVICES = 200;

/** Most devices a request may reach by account or group (10, `MaxRequestsExceeded`). */
export const MAX_REACHED_DEVICES = 10_000;

/** Rows in one page of a history (9). */
export const MAX_HISTORY_ROWS = 500;

/** Usage is kept for 12 months (9), counted here as 365 days. */
export const USAGE_KEPT_MS = 365 * 24 * 3_600_000;

/** A history must be ready in this time (9). */
export const HISTORY_DEADLINE_MS = 30_000;

/** After a stall the identical request succeeds "a few seconds later" (9). ASSUMED: 3. */
export const HISTORY_READY_AFTER_MS = 3_000;

/** Activate, Suspend, Restore and Deactivate together, for each line and day (10); older pages say 2. */
export const ACTIONS_PER_DAY = 5;

/** Most days in a row that a line may be suspended (7). */
export const SUSPENSION_MS = 90 * 24 * 3_600_000;

/** How long a state change takes. The vendor's take minutes to hours (7); short, for people who watch. ASSUMED. */
export const STATE_CHANGE_MS = 2_000;

/** Attempts after the first to deliver a callback (8). */
export const CALLBACK_RETRIES = 3;

/** Time between two attempts (8). */
export const CALLBACK_RETRY_MS = 5 * 60_000;

/** Largest request body. Not published. ASSUMED. */
export const MAX_BODY_BYTES = 4 * 1024 * 1024;

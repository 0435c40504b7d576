import type { TimeSource } from '../clock.ts';
import type { QuotaLimit } from '../quota.ts';
import type { CodeForm } from './codes.ts';
import type { Fixture } from './fixture.ts';
import {
  APPROVAL_MS,
  LIST_LAG_MS,
  MAX_DEVICES_PER_REQUEST,
  MAX_PAGE_ITEMS,
  OAUTH_LIFETIME_MS,
  PROCESSING_MS,
  STATUS_LAG_MS,
} from './limits.ts';

/** How a customer comes to approve a device: on the admin face, by itself after a time, or not at all (3.7). */
export type Approval = 'manual' | 'never' | { readonly afterMs: number };

/** What becomes of a device that is already registered: the rule since 25.11, from 23.12 to 25.10, and before (3.7). */
export type DuplicatePolicy = 'error2025' | 'silent2023' | 'errorPre2023';

/** The knobs of the simulator. Every one has a default; README.md gives the reason for each ASSUMED one. */
export interface SamsungKnoxOptions {
  /** Port of the vendor's face; 0 (default) picks a free one. */
  readonly port?: number;
  /** Port of the admin face; 0 (default) picks a free one. */
  readonly adminPort?: number;
  /** Keeps the world in this file over restarts (JSON); absent: nothing is kept. */
  readonly stateFile?: string;
  /** Seed of every id and of every throw of the dice. Default 1. Key pairs are truly random. */
  readonly seed?: number;
  /** The reseller that new credentials belong to. Default `2345678901`. */
  readonly resellerId?: string;
  /** Milliseconds from the acknowledgement to Complete. Default 2,000. */
  readonly processingMs?: number;
  /** Milliseconds from the acknowledgement until the status listing knows the transaction. Default 500. */
  readonly statusLagMs?: number;
  /** Milliseconds until the device list shows a registration or a deletion. Default 1,000. */
  readonly listLagMs?: number;
  /** How customers approve, unless one has an approval of its own. Default by itself after 3,000 ms. */
  readonly approval?: Approval;
  /** What becomes of duplicates. Default error2025. */
  readonly duplicates?: DuplicatePolicy;
  /** Most devices of one upload or delete; more are refused as a whole. Default 10,000. */
  readonly maxDevicesPerRequest?: number;
  /** Largest page; a larger page size counts as this one. Default 1,000. */
  readonly maxPageItems?: number;
  /** Whether codes are JSON strings or numbers. Default as in the vendor's samples. */
  readonly codes?: CodeForm;
  /** HTTP status of the rejection of an unknown customer (3.5). Default 404. */
  readonly unknownCustomerStatus?: 200 | 404;
  /** Whether a rejection carries the Gen1 code seen in the field or the documented Gen2 one (3.5, 3.6). Default gen1. */
  readonly rejectionCodes?: 'gen1' | 'gen2';
  /** Whether a rejected request uses its transaction id up (9.17). Default true. */
  readonly rejectionUsesTransactionId?: boolean;
  /** Whether `POST /customers` exists (3.8, 9.12). Default false. */
  readonly createCustomer?: boolean;
  /** Life in milliseconds of an OAuth token whose request names none. Default 600,000. */
  readonly tokenLifetimeMs?: number;
  /** Requests per window and credential, logins not counted. Default no limit: no number is published (3.7). */
  readonly quota?: QuotaLimit;
  /** Whether a 429 of the quota carries Retry-After. Default false. */
  readonly quotaSendsRetryAfter?: boolean;
  /** Phones known from the start, and identifiers that end as DEVICE_INVALID. Default: fixture.json. */
  readonly fixture?: Fixture;
  /** Where the time comes from. Default the system clock. The admin face moves it forward either way. */
  readonly clock?: TimeSource;
  /** Requests the ledger remembers before it forgets the oldest. Default 100,000. */
  readonly ledgerEntries?: number;
}

/** The options with every default filled in. */
export type Settings = Required<Omit<SamsungKnoxOptions, 'port' | 'adminPort' | 'clock' | 'stateFile'>>;

const NO_QUOTA: QuotaLimit = { requests: Number.POSITIVE_INFINITY, perMs: 1_000 };

export function settingsOf(options: SamsungKnoxOptions, fixture: Fixture): Settings {
  return {
    seed: options.seed ?? 1,
    resellerId: options.resellerId ?? '2345678901',
    processingMs: options.processingMs ?? PROCESSING_MS,
    statusLagMs: options.statusLagMs ?? STATUS_LAG_MS,
    listLagMs: options.listLagMs ?? LIST_LAG_MS,
    approval: options.approval ?? { afterMs: APPROVAL_MS },
    duplicates: options.duplicates ?? 'error2025',
    maxDevicesPerRequest: options.maxDevicesPerRequest ?? MAX_DEVICES_PER_REQUEST,
    maxPageItems: options.maxPageItems ?? MAX_PAGE_ITEMS,
    codes: options.codes ?? 'asInSamples',
    unknownCustomerStatus: options.unknownCustomerStatus ?? 404,
    rejectionCodes: options.rejectionCodes ?? 'gen1',
    rejectionUsesTransactionId: options.rejectionUsesTransactionId ?? true,
    createCustomer: options.createCustomer ?? false,
    tokenLifetimeMs: options.tokenLifetimeMs ?? OAUTH_LIFETIME_MS,
    quota: options.quota ?? NO_QUOTA,
    quotaSendsRetryAfter: options.quotaSendsRetryAfter ?? false,
    fixture: options.fixture ?? fixture,
    ledgerEntries: options.ledgerEntries ?? 100_000,
  };
}

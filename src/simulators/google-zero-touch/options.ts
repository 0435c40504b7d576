import type { TimeSource } from '../clock.ts';
import type { QuotaLimit } from '../quota.ts';
import { MAX_BATCH_ITEMS, OPERATION_MS, QUOTA, TOKEN_LIFETIME_MS } from './limits.ts';
import type { OperationPace } from './operation-stage.ts';

/** The knobs of the simulator. Every one has a default; README.md gives the reason for each ASSUMED one. */
export interface GoogleZeroTouchOptions {
  /** Port of the vendor's face; 0 (default) picks a free one. */
  readonly port?: number;
  /** Port of the admin face; 0 (default) picks a free one. */
  readonly adminPort?: number;
  /** Keeps the world in this file over restarts (JSON); absent: nothing is kept. */
  readonly stateFile?: string;
  /** Seed of every id and of every throw of the dice. Default 1. Key pairs are truly random. */
  readonly seed?: number;
  /** The reseller that new service accounts are linked to: decimal digits. Default `1234567890`. */
  readonly partnerId?: string;
  /** How a batch gets on: one stage per read, or by time. Default about 2 s in all. */
  readonly operations?: OperationPace;
  /** Requests per window and service account. Default 1,000 per 100 s. */
  readonly quota?: QuotaLimit;
  /** Whether a 429 of the quota carries Retry-After. Default false: nothing promises it (2.5). */
  readonly quotaSendsRetryAfter?: boolean;
  /** Life of an access token in milliseconds. Default 3,599,000. */
  readonly tokenLifetimeMs?: number;
  /** Most items of one batch; more are refused as a whole. Default 100,000. */
  readonly maxBatchItems?: number;
  /** How a synchronous claim of a device held by somebody else is refused (9.4). Default FAILED_PRECONDITION. */
  readonly heldElsewhere?: 'FAILED_PRECONDITION' | 'PERMISSION_DENIED';
  /** What an unknown customer does to a batch: fails its items, or the whole request. Default its items. */
  readonly unknownCustomerInBatch?: 'items' | 'request';
  /** Whether an IMEI or MEID needs the manufacturer beside it (9.5). Default required. */
  readonly manufacturerWithImei?: 'required' | 'optional';
  /** What happens to metadata keys the vendor does not know (2.6). Default reject. */
  readonly unknownMetadataKeys?: 'reject' | 'accept' | 'drop';
  /** Manufacturers and their models, exactly as devices spell them. Default: catalog.json. */
  readonly catalog?: Catalog;
  /** Where the time comes from. Default the system clock. The admin face moves it forward either way. */
  readonly clock?: TimeSource;
  /** Requests the ledger remembers before it forgets the oldest. Default 100,000. */
  readonly ledgerEntries?: number;
}

/** Manufacturer to models. */
export type Catalog = Readonly<Record<string, readonly string[]>>;

/** The options with every default filled in. */
export type Settings = Required<Omit<GoogleZeroTouchOptions, 'port' | 'adminPort' | 'clock' | 'stateFile'>>;

export function settingsOf(options: GoogleZeroTouchOptions, catalog: Catalog): Settings {
  return {
    seed: options.seed ?? 1,
    partnerId: options.partnerId ?? '1234567890',
    operations: options.operations ?? { afterMs: OPERATION_MS },
    quota: options.quota ?? QUOTA,
    quotaSendsRetryAfter: options.quotaSendsRetryAfter ?? false,
    tokenLifetimeMs: options.tokenLifetimeMs ?? TOKEN_LIFETIME_MS,
    maxBatchItems: options.maxBatchItems ?? MAX_BATCH_ITEMS,
    heldElsewhere: options.heldElsewhere ?? 'FAILED_PRECONDITION',
    unknownCustomerInBatch: options.unknownCustomerInBatch ?? 'items',
    manufacturerWithImei: options.manufacturerWithImei ?? 'required',
    unknownMetadataKeys: options.unknownMetadataKeys ?? 'reject',
    catalog: options.catalog ?? catalog,
    ledgerEntries: options.ledgerEntries ?? 100_000,
  };
}

import type { TimeSource } from '../clock.ts';
import type { Knobs } from './knobs.ts';

/** What the simulator is started with. Every option has a default; README.md gives the reason for each ASSUMED one. */
export interface CrmComNetflixOptions {
  /** Port of the vendor's face; 0 (default) picks a free one. */
  readonly port?: number;
  /** Port of the admin face; 0 (default) picks a free one. */
  readonly adminPort?: number;
  /** Keeps the world in this file over restarts (JSON); absent: nothing is kept. */
  readonly stateFile?: string;
  /** Seed of every id, token and throw of the dice. Default 1. */
  readonly seed?: number;
  /** Organisation that users log in to. Default `demo`. */
  readonly organisation?: string;
  /** Name of the operator that exists from the start, with the id `1`. Default `Demo Operator`. */
  readonly operatorName?: string;
  /** IANA zone of the dates on the wire, which carry none. Default `Asia/Nicosia` (7). */
  readonly timeZone?: string;
  /** The operators' own currency and its units for one unit of a charge's. Default none: no `local_*` fields. */
  readonly localCurrency?: LocalCurrency;
  /** What the documents leave open; see knobs.ts. */
  readonly knobs?: Partial<Knobs>;
  /** Where the time comes from. Default the system clock. The admin face moves it forward either way. */
  readonly clock?: TimeSource;
  /** Requests the ledger remembers before it forgets the oldest. Default 100,000. */
  readonly ledgerEntries?: number;
}

export interface LocalCurrency {
  /** ISO 4217, three letters. */
  readonly currency: string;
  /** Units of it for one unit of the charge's currency. */
  readonly rate: number;
}

/** The options that hold for the simulator's whole life, with every default filled in. */
export interface Settings {
  readonly seed: number;
  readonly organisation: string;
  readonly operatorName: string;
  readonly timeZone: string;
  readonly localCurrency: LocalCurrency | undefined;
  readonly ledgerEntries: number;
}

export function settingsOf(options: CrmComNetflixOptions): Settings {
  return {
    seed: options.seed ?? 1,
    organisation: options.organisation ?? 'demo',
    operatorName: options.operatorName ?? 'Demo Operator',
    timeZone: options.timeZone ?? 'Asia/Nicosia',
    localCurrency: options.localCurrency,
    ledgerEntries: options.ledgerEntries ?? 100_000,
  };
}

import type { TimeSource } from '../clock.ts';
import {
  ACTIONS_PER_DAY,
  CALLBACK_RETRY_MS,
  FAILED_LOGINS_TO_LOCK,
  HISTORY_DEADLINE_MS,
  HISTORY_READY_AFTER_MS,
  SESSION_IDLE_MS,
  STATE_CHANGE_MS,
  SUSPENSION_MS,
} from './limits.ts';

/** The knobs of the simulator. Every one has a default; README.md gives the reason for each ASSUMED one. */
export interface VerizonUwsOptions {
  /** Port of the vendor's face; 0 (default) picks a free one. */
  readonly port?: number;
  /** Port of the admin face; 0 (default) picks a free one. */
  readonly adminPort?: number;
  /** Keeps the world in this file over restarts (JSON); absent: nothing is kept. */
  readonly stateFile?: string;
  /** Seed of every id, token and throw of the dice. Default 1. */
  readonly seed?: number;
  /** Account of users and devices that are made without one. Default `0252067890-00001`. */
  readonly accountName?: string;
  /** A session ends after this long without a call, in milliseconds. Default 20 minutes. */
  readonly sessionIdleMs?: number;
  /** Whether a new log-in ends the user's older sessions (3: not known). Default `many`: it does not. */
  readonly sessionsPerUser?: 'many' | 'newest';
  /** Failed log-ins in a row that lock the user. Default 5. */
  readonly failedLoginsToLock?: number;
  /** How long a state change is pending, in milliseconds. Default 2,000. */
  readonly stateChangeMs?: number;
  /** How long a suspension lasts before the line is active again by itself, in milliseconds. Default 90 days. */
  readonly suspensionMs?: number;
  /** State changes for each line and day (UTC). Default 5. */
  readonly actionsPerDay?: number;
  /** Whether a suspended line may be deactivated (6.3: the pages disagree). Default `allowed`. */
  readonly deactivateFromSuspend?: 'allowed' | 'refused';
  /** How DeleteDevices treats a device it does not know (5: not documented). Default `itemFailed`. */
  readonly unknownDevice?: 'itemFailed' | 'fault';
  /** `The device is not in … state.` (5: both are printed). Default `deactivate`. */
  readonly notDeactivatedWording?: 'deactivate' | 'deactive';
  /** The DeleteDevices reply as it should be, or with the wrong tag of the vendor's sample (5). Default `wellFormed`. */
  readonly deleteReply?: 'wellFormed' | 'asPrinted';
  /** How replies spell identifier kinds (4): `Esn` after a delete, `iccId` in lists. Default `asPrinted`. */
  readonly kindCase?: 'asPrinted' | 'lower' | 'upper';
  /** Whether `DeviceId`, on which paging rests, is among the extended attributes (6.1). Default `present`. */
  readonly deviceIdAttribute?: 'present' | 'missing';
  /** The element around the devices of GetDeviceList (6.1 names none; DeleteDevices has one). Default `none`. */
  readonly deviceListWrapper?: 'none' | 'Devices';
  /** HTTP status of SOAP faults (10: not known). Default 500. */
  readonly faultStatus?: 500 | 400 | 200;
  /** Which service has GetRequestStatus (2: not stated). Default DeviceService. */
  readonly requestStatusService?: 'DeviceService' | 'CarrierService';
  /** Order of usage rows inside a page (9: not stated). Default `oldestFirst`. */
  readonly usageOrder?: 'oldestFirst' | 'shuffled';
  /** Usage and connection histories over a longer range stall (9: no number is given). Default never. */
  readonly historyStallsOverMs?: number;
  /** Real time until such a stall ends in an error, in milliseconds. Default 30,000. */
  readonly historyStallMs?: number;
  /** How long after it the identical request succeeds, in milliseconds of the simulator. Default 3,000. */
  readonly historyReadyAfterMs?: number;
  /** Which ports a callback may go to: the vendor's list (8) or any. Default `vendor`. */
  readonly callbackPorts?: 'vendor' | 'any';
  /** Time between two attempts to deliver a callback, in milliseconds. Default 5 minutes. */
  readonly callbackRetryMs?: number;
  /** Where the time comes from. Default the system clock. The admin face moves it forward either way. */
  readonly clock?: TimeSource;
  /** Requests the ledger remembers before it forgets the oldest. Default 100,000. */
  readonly ledgerEntries?: number;
}

/** The options with every default filled in. */
export type Settings = Required<Omit<VerizonUwsOptions, 'port' | 'adminPort' | 'clock' | 'stateFile'>>;

const DEFAULTS: Settings = {
  seed: 1,
  accountName: '0252067890-00001',
  sessionIdleMs: SESSION_IDLE_MS,
  sessionsPerUser: 'many',
  failedLoginsToLock: FAILED_LOGINS_TO_LOCK,
  stateChangeMs: STATE_CHANGE_MS,
  suspensionMs: SUSPENSION_MS,
  actionsPerDay: ACTIONS_PER_DAY,
  deactivateFromSuspend: 'allowed',
  unknownDevice: 'itemFailed',
  notDeactivatedWording: 'deactivate',
  deleteReply: 'wellFormed',
  kindCase: 'asPrinted',
  deviceIdAttribute: 'present',
  deviceListWrapper: 'none',
  faultStatus: 500,
  requestStatusService: 'DeviceService',
  usageOrder: 'oldestFirst',
  historyStallsOverMs: Number.POSITIVE_INFINITY,
  historyStallMs: HISTORY_DEADLINE_MS,
  historyReadyAfterMs: HISTORY_READY_AFTER_MS,
  callbackPorts: 'vendor',
  callbackRetryMs: CALLBACK_RETRY_MS,
  ledgerEntries: 100_000,
};

export function settingsOf(options: VerizonUwsOptions): Settings {
  return { ...DEFAULTS, ...options };
}

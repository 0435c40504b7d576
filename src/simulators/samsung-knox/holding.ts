import type { Ledger } from '../ledger.ts';
import type { CodeName } from './codes.ts';
import { canonical, formatProblem, type Hardware, type IdentifierType } from './identifiers.ts';
import type { Ids } from './ids.ts';
import type { DuplicatePolicy, Settings } from './options.ts';
import type { DeviceRecord, DeviceState } from './records.ts';
import type { Store } from './store.ts';
import type { Transaction } from './transaction.ts';

/** What the rules of holding work on. */
export interface World {
  readonly store: Store;
  readonly ids: Ids;
  readonly settings: Settings;
  readonly ledger: Ledger;
}

/**
 * Whether a device that this reseller already has for this customer is skipped without a word (3.7). Everybody
 * else's is a duplicate under every policy. The fact sheet tells no difference between the first and the last rule.
 */
const SKIPS_OWN: Readonly<Record<DuplicatePolicy, boolean>> = {
  error2025: false,
  silent2023: true,
  errorPre2023: false,
};

/** Models of devices that Samsung first hears of through an upload. ASSUMED. */
const PHONE = 'SM-S911B';
const TABLET = 'SM-X200';

/** When a change happens, and when lists begin to show it. */
export interface Moment {
  readonly atMs: number;
  readonly listedAtMs: number;
}

/** Registers one device of an upload; returns why not, or undefined. */
export function upload(
  world: World,
  transaction: Transaction,
  identifier: string,
  { atMs, listedAtMs }: Moment,
): CodeName | undefined {
  const { store, settings } = world;
  const { type, resellerId, customerId, uploadId } = transaction;
  const problem = formatProblem(type, identifier);
  if (problem !== undefined) return problem;
  const hardware = store.findHardware(type, identifier);
  if (!isGenuine(store, canonical(type, identifier), hardware)) return 'DEVICE_INVALID';
  const holder = hardware === undefined ? undefined : store.registered(hardware.hardwareId);
  if (holder !== undefined) {
    const isOwn = holder.resellerId === resellerId && holder.customerId === customerId;
    return isOwn && SKIPS_OWN[settings.duplicates] ? undefined : 'DEVICE_DUPLICATE';
  }
  const { hardwareId } = hardware ?? newHardware(world, type, identifier);
  register(world, {
    hardwareId,
    resellerId,
    customerId,
    uploadId,
    createdAtMs: atMs,
    listedFromMs: listedAtMs,
  });
  world.ledger.addEffect(transaction.ledgerSeq, { change: 'uploaded', device: identifier, customerId });
  return undefined;
}

/** Gives one device of a delete up; returns why not, or undefined. */
export function remove(
  { store, ledger }: World,
  transaction: Transaction,
  identifier: string,
  { listedAtMs }: Moment,
): CodeName | undefined {
  const { type, resellerId, customerId, onlyUploadId } = transaction;
  const problem = formatProblem(type, identifier);
  if (problem !== undefined) return problem;
  const hardware = store.findHardware(type, identifier);
  const held = hardware === undefined ? undefined : store.registered(hardware.hardwareId);
  const isOurs = held !== undefined && held.resellerId === resellerId && held.customerId === customerId;
  if (!isOurs || (onlyUploadId ?? held.uploadId) !== held.uploadId) {
    return 'RESELLER_CUSTOMER_DEVICE_NOT_FOUND';
  }
  giveUp(store, held, listedAtMs);
  ledger.addEffect(transaction.ledgerSeq, { change: 'deleted', device: identifier, customerId });
  return undefined;
}

/** Adds a registration, Pending until the customer approves, or in the state given. */
export function register(
  { store, ids, settings }: World,
  wanted: Omit<DeviceRecord, 'deviceId' | 'state'> & { readonly state?: DeviceState },
): DeviceRecord {
  const approval = store.customer(wanted.customerId)?.approval ?? settings.approval;
  const state = wanted.state ?? 'Pending';
  const approves = state === 'Pending' && typeof approval === 'object';
  const device: DeviceRecord = {
    ...wanted,
    deviceId: ids.device(),
    state,
    ...(approves ? { approvesAtMs: wanted.createdAtMs + approval.afterMs } : {}),
  };
  store.putDevice(device);
  return device;
}

/** Ends a registration; lists still show it until then. */
export function giveUp(store: Store, device: DeviceRecord, listedUntilMs: number): void {
  store.putDevice({ ...device, listedUntilMs });
}

/** The state a list shows at that moment. */
export function stateAt({ state, approvesAtMs }: DeviceRecord, nowMs: number): DeviceState {
  const approved = state === 'Pending' && approvesAtMs !== undefined && nowMs >= approvesAtMs;
  return approved ? 'Verified' : state;
}

/** Hardware nobody has described: it has the one identifier it was named by, and what every device has. */
export function newHardware({ store, ids }: World, type: IdentifierType, identifier: string): Hardware {
  const text = canonical(type, identifier);
  const hardware: Hardware = {
    hardwareId: ids.hardware(),
    ...(type === 'IMEI' ? { imei: text } : {}),
    ...(type === 'MEID' ? { meid: text } : {}),
    serialNumber: type === 'SN' ? text : ids.serialNumber(),
    model: type === 'SN' ? TABLET : PHONE,
  };
  store.putHardware(hardware);
  return hardware;
}

/** False when Samsung does not know one of the device's identifiers as genuine: the MPTS rejection (3.7). */
function isGenuine({ mpts }: Store, identifier: string, hardware: Hardware | undefined): boolean {
  const all = [identifier, hardware?.imei, hardware?.imei2, hardware?.meid, hardware?.serialNumber];
  return !all.some((one) => one !== undefined && mpts.has(one));
}

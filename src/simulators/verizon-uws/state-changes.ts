import type { Random } from '../random.ts';
import { type Device, historyKey, stripped } from './device.ts';
import type { HistoryBook } from './history/book.ts';
import type { DeviceState } from './states.ts';
import type { Store } from './store.ts';

/** What a change of state works on. */
interface Lines {
  readonly store: Store;
  readonly histories: HistoryBook;
  readonly random: Random;
}

/** A change of state that takes effect. */
export interface StateChange {
  readonly to: DeviceState;
  readonly atMs: number;
  /** A login, `portal` or `system`; stands in the provisioning history. */
  readonly by: string;
  /** The history's word for what happened. */
  readonly eventType: string;
  /** The plan of a line that becomes active. */
  readonly servicePlan?: string;
}

/** The plan of a line that is activated without naming one. ASSUMED. */
export const DEFAULT_PLAN = 'M2M 5MB';

/** Lets the change take effect: on the line, and as a row of its provisioning history (fact sheet 7, 9). */
export function changeState(lines: Lines, device: Device, change: StateChange): Device {
  const { to, atMs, by, eventType } = change;
  const changed = { ...transformed(lines.random, device, change), state: to, stateSinceMs: atMs };
  lines.store.put(changed);
  const status = to === 'suspend' ? 'Suspension Confirmed' : 'Success';
  const { mdn } = device.identifiers;
  const row = { atMs, eventType, status, eventBy: by, ...(mdn === undefined ? {} : { mdn }) };
  lines.histories.add(historyKey(device), device.accountName, { provisioning: [row] });
  return changed;
}

function transformed(random: Random, device: Device, change: StateChange): Device {
  if (change.to === 'deactive') return stripped(device);
  // Back from a suspension a line keeps its number; from `deactive` it gets a new one (6.3).
  const isNewlyActive = change.to === 'active' && device.identifiers.mdn === undefined;
  return isNewlyActive ? activated(random, device, change) : device;
}

function activated(random: Random, device: Device, { atMs, by, servicePlan }: StateChange): Device {
  const mdn = random.digits(10);
  return {
    ...device,
    identifiers: { ...device.identifiers, mdn, msisdn: `1${mdn}` },
    servicePlan: servicePlan ?? DEFAULT_PLAN,
    ipAddress: `10.${random.integer(256)}.${random.integer(256)}.${1 + random.integer(254)}`,
    isConnected: true,
    lastActivationAtMs: atMs,
    lastActivationBy: by,
    lastConnectionAtMs: atMs,
  };
}

/** Suspensions that have lasted their time end by themselves (7). */
export function endSuspensions(lines: Lines, suspensionMs: number, nowMs: number): void {
  for (const device of lines.store.suspended()) {
    const atMs = device.stateSinceMs + suspensionMs;
    if (atMs <= nowMs) changeState(lines, device, { to: 'active', atMs, by: 'system', eventType: 'Restore' });
  }
}

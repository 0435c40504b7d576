import type { Random } from '../random.ts';
import type { Device } from './device.ts';
import type { Identifiers } from './identifiers.ts';
import type { DeviceState } from './states.ts';

/** A line that begins to exist. */
export interface NewLine {
  readonly deviceId: number;
  readonly accountName: string;
  readonly identifiers: Identifiers;
  readonly state: DeviceState;
  readonly createdAtMs: number;
  readonly groupName: string;
  readonly servicePlan: string;
  readonly customFields: Readonly<Record<string, string>>;
  readonly isDeletable: boolean;
}

/** Length of a billing cycle from the birth of the line. ASSUMED. */
const BILLING_CYCLE_MS = 30 * 24 * 3_600_000;

/** The line in full. One in service has a number and a plan; one that is not has neither (fact sheet 4). */
export function newLine(random: Random, line: NewLine): Device {
  const { servicePlan, ...rest } = line;
  const base = {
    ...rest,
    stateSinceMs: line.createdAtMs,
    carrierName: 'Verizon Wireless',
    isConnected: false,
    billingCycleEndAtMs: line.createdAtMs + BILLING_CYCLE_MS,
    actions: { day: '', count: 0 },
  };
  if (line.state === 'deactive' || line.state === 'Pre-active') return base;
  const mdn = line.identifiers.mdn ?? random.digits(10);
  return {
    ...base,
    identifiers: { msisdn: `1${mdn}`, ...line.identifiers, mdn },
    servicePlan,
    ipAddress: `10.${random.integer(256)}.${random.integer(256)}.${1 + random.integer(254)}`,
    isConnected: line.state === 'active',
    lastActivationBy: 'portal',
    lastActivationAtMs: line.createdAtMs,
    lastConnectionAtMs: line.createdAtMs,
  };
}

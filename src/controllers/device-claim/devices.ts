import type { DeviceTypes } from '../../domain/device/facts.ts';
import {
  type DeviceIdentity,
  describeIdentity,
  identityKeys,
  parseIdentity,
} from '../../domain/device/identity.ts';
import type { DeclaredItem } from '../../engine/declaring.ts';
import type { Columns } from '../lists/csv.ts';
import type { Collector } from '../lists/listed-sources.ts';
import type { BadRow, Entry } from '../lists/source.ts';

/** The columns of a list of devices. */
export const DEVICE_COLUMNS: Columns<keyof DeviceIdentity> = {
  names: ['imei', 'imei2', 'serialNumber', 'meid', 'manufacturer', 'model'],
  shared: ['manufacturer', 'model'],
};

/** An entry of the list that names no device anybody could claim. */
export interface Rejected {
  readonly device: string;
  readonly code: string;
  readonly message: string;
}

/** Collects the devices of a claim in canonical form. A wrong entry is set aside by itself; the others go on. */
export interface DeviceList extends Collector<DeviceIdentity> {
  readonly items: readonly DeclaredItem<DeviceTypes>[];
  readonly rejected: readonly Rejected[];
}

export function createDeviceList(): DeviceList {
  const items: DeclaredItem<DeviceTypes>[] = [];
  const keys = new Set<string>();
  const rejected: Rejected[] = [];

  function add(entries: readonly Entry<DeviceIdentity>[]): readonly BadRow[] {
    const bad: BadRow[] = [];
    for (const { declared, line = 0 } of entries) {
      const parsed = parseIdentity(declared);
      const own = parsed.ok ? identityKeys(parsed.identity) : [];
      const failure = parsed.ok ? (own.some((key) => keys.has(key)) ? DUPLICATE : undefined) : parsed.failure;
      if (failure === undefined && parsed.ok) {
        for (const key of own) keys.add(key);
        items.push({ key: parsed.key, subject: parsed.identity });
      } else if (failure !== undefined) {
        const { code, message } = failure;
        rejected.push({ device: describeIdentity(declared), code, message });
        bad.push({ line, reason: code, message });
      }
    }
    return bad;
  }

  return {
    add,
    reject: (source, rows) => {
      for (const { line, reason, message } of rows) {
        rejected.push({ device: `${source}:${line}`, code: reason, message: `line ${line} ${message}` });
      }
    },
    items,
    rejected,
  };
}

const DUPLICATE = {
  code: 'DUPLICATE_DEVICE',
  message: 'this claim names the device more than once; remove the other entry',
} as const;

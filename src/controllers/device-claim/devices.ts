import type { DeviceTypes } from '../../domain/device/facts.ts';
import { type DeviceIdentity, describeIdentity, parseIdentity } from '../../domain/device/identity.ts';
import type { DeclaredItem } from '../../engine/declaring.ts';
import type { ServedDeviceClaim } from '../resources.ts';

/** An entry of the list that names no device anybody could claim. */
export interface Rejected {
  readonly device: string;
  readonly code: string;
  readonly message: string;
}

export interface DeclaredDevices {
  readonly items: readonly DeclaredItem<DeviceTypes>[];
  readonly rejected: readonly Rejected[];
}

/** The devices of a claim in canonical form. A wrong entry is set aside by itself; the others go on. */
export function declaredDevices({ spec }: ServedDeviceClaim): DeclaredDevices {
  const items = new Map<string, DeclaredItem<DeviceTypes>>();
  const rejected: Rejected[] = [];
  for (const entry of spec.devices ?? []) {
    const parsed = parseIdentity(entry);
    if (!parsed.ok) {
      const { code, message } = parsed.failure;
      rejected.push({ device: describeIdentity(entry), code, message });
    } else if (items.has(parsed.key)) {
      rejected.push(duplicate(entry));
    } else {
      items.set(parsed.key, { key: parsed.key, subject: parsed.identity });
    }
  }
  return { items: [...items.values()], rejected };
}

function duplicate(entry: DeviceIdentity): Rejected {
  return {
    device: describeIdentity(entry),
    code: 'DUPLICATE_DEVICE',
    message: 'this claim names the device more than once; remove the other entry',
  };
}

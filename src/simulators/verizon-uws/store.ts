import type { Device } from './device.ts';
import { type Identifier, listed } from './identifiers.ts';

/** What reads need: the live store and a frozen copy of it answer alike. */
export interface StoreReads {
  /** Every line, ascending by id. */
  devices(): IteratorObject<Device>;
  device(deviceId: number): Device | undefined;
  /** The line that has the identifier now. */
  named(identifier: Identifier): Device | undefined;
}

/** The vendor's lines. */
export interface Store extends StoreReads {
  /** Adds the line, or replaces the one with the same id. No other line may have one of its identifiers. */
  put(device: Device): void;
  remove(device: Device): void;
  /** The lines that are suspended. */
  suspended(): readonly Device[];
}

/** @param devices ascending by id. */
export function createStore(devices: Iterable<Device> = []): Store {
  const byId = new Map<number, Device>();
  const byIdentifier = new Map<string, number>();
  const suspended = new Set<number>();

  function forgetNames({ identifiers }: Device): void {
    for (const identifier of listed(identifiers)) byIdentifier.delete(keyOf(identifier));
  }

  function put(device: Device): void {
    const before = byId.get(device.deviceId);
    if (before !== undefined) forgetNames(before);
    byId.set(device.deviceId, device);
    for (const identifier of listed(device.identifiers)) byIdentifier.set(keyOf(identifier), device.deviceId);
    if (device.state === 'suspend') suspended.add(device.deviceId);
    else suspended.delete(device.deviceId);
  }

  for (const device of devices) put(device);
  return {
    devices: () => byId.values(),
    device: (deviceId) => byId.get(deviceId),
    named(identifier) {
      const deviceId = byIdentifier.get(keyOf(identifier));
      return deviceId === undefined ? undefined : byId.get(deviceId);
    },
    put,
    remove(device) {
      forgetNames(device);
      byId.delete(device.deviceId);
      suspended.delete(device.deviceId);
    },
    suspended: () => [...suspended].flatMap((deviceId) => byId.get(deviceId) ?? []),
  };
}

function keyOf({ kind, value }: Identifier): string {
  return `${kind}:${value.toLowerCase()}`;
}

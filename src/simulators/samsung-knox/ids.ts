import type { Random } from '../random.ts';

/** The counters behind the ids, as plain data. */
export interface IdState {
  readonly lastDeviceId: number;
  readonly lastHardwareId: number;
  readonly lastUploadId: number;
  readonly lastCustomerId: number;
}

/** Makes the vendor's ids. They ascend, so that the order of a list is the order of birth. Their look is ASSUMED. */
export interface Ids {
  device(): number;
  hardware(): number;
  upload(): number;
  /** A Knox customer id: 10 digits. */
  customer(): string;
  /** A serial number for a device that was registered by another identifier: 11 characters (section 4). */
  serialNumber(): string;
  /** Names one error (3.6). */
  error(): string;
  state(): IdState;
  restore(state: IdState): void;
}

export function createIds(random: Random): Ids {
  let state: IdState = {
    lastDeviceId: 10_000_000 + random.integer(1_000_000),
    lastHardwareId: 0,
    lastUploadId: 500_000 + random.integer(100_000),
    lastCustomerId: 4_000_000_000 + random.integer(100_000_000),
  };
  function next(name: keyof IdState, step: number): number {
    state = { ...state, [name]: state[name] + step };
    return state[name];
  }
  return {
    device: () => next('lastDeviceId', 1 + random.integer(9)),
    hardware: () => next('lastHardwareId', 1),
    upload: () => next('lastUploadId', 1 + random.integer(9)),
    customer: () => String(next('lastCustomerId', 1 + random.integer(97))),
    serialNumber: () => `R${random.hex(10).toUpperCase()}`,
    error: () => random.hex(32),
    state: () => state,
    restore(saved) {
      state = saved;
    },
  };
}

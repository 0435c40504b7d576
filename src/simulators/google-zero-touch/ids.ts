import type { Random } from '../random.ts';

/** The counters behind the ids, as plain data. */
export interface IdState {
  readonly lastDeviceId: number;
  readonly lastCompanyId: number;
}

/** Makes the vendor's ids. Device and company ids ascend, so that the order of pages is the order of birth. */
export interface Ids {
  device(): number;
  company(): number;
  /** `operations/apibatchoperation/<19 digits>` (2.4, seen in the field). */
  operation(): string;
  state(): IdState;
  restore(state: IdState): void;
}

export function createIds(random: Random): Ids {
  // 16 digits as the vendor's, yet exact as a JavaScript number for some 10^13 devices to come.
  let lastDeviceId = 1_000_000_000_000_000 + random.integer(1_000_000_000);
  let lastCompanyId = 100_000_000 + random.integer(100_000_000);
  return {
    device: () => (lastDeviceId += 1 + random.integer(97)),
    company: () => (lastCompanyId += 1 + random.integer(97)),
    operation: () => `operations/apibatchoperation/${random.digits(19)}`,
    state: () => ({ lastDeviceId, lastCompanyId }),
    restore(state) {
      lastDeviceId = state.lastDeviceId;
      lastCompanyId = state.lastCompanyId;
    },
  };
}

import type { DeviceTypes } from '../../src/domain/device/facts.ts';
import { createGuard } from '../../src/engine/guard.ts';
import type { LaneEnv } from '../../src/engine/lane-state.ts';
import { memoryJournal } from './memory-journal.ts';
import { memoryRecords } from './memory-records.ts';
import { memoryVendor } from './memory-vendor.ts';
import { SETTINGS } from './world.ts';

/** What a lane of devices needs around it, for a look at the lane alone: a vendor that holds nothing, and no time. */
export function stillEnv(): LaneEnv<DeviceTypes> {
  const vendor = memoryVendor().adapter(() => 0);
  return {
    ports: () => vendor.devices,
    store: () => undefined,
    bookRetryMs: (inMs) => inMs,
    journal: memoryJournal(),
    records: memoryRecords(),
    contact: () => 'open',
    leadership: { fence: 1, mayWrite: () => true, confirm: async () => true },
    settings: () => SETTINGS,
    guard: createGuard({
      records: memoryRecords(),
      settings: () => SETTINGS.guard,
      nowMs: () => 0,
      heldItems: () => 0,
      requested: () => 0,
    }),
    nowMs: () => 0,
    wallMs: () => 0,
    random: () => 0.5,
    newRequestKey: () => 'r1',
    sendableAtMs: () => 0,
    onVendorFailure: () => {},
    onVendorReply: () => {},
    onNews: () => {},
    resolutionsOf: () => [],
    onBug: (error) => {
      throw error;
    },
    wake: () => {},
  };
}

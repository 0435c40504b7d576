import { ok } from '../../ports/failure.ts';
import type { LineHistories } from '../../ports/line-histories.ts';
import type { UwsClient } from './client.ts';
import { HISTORY_WINDOW_MS } from './limits.ts';
import { toWireName } from './mapping.ts';

/** What would be lost with Verizon's lines (9). */
export function lineHistories(client: UwsClient, accountName: string): LineHistories {
  return {
    accountName,
    windowMs: HISTORY_WINDOW_MS,
    async read({ line, ...query }, signal) {
      const page = await client.getHistory({ ...query, device: toWireName(line) }, signal);
      if (!page.ok) return page;
      const { rows, isComplete } = page.value;
      return ok({ rows: rows.map(({ at, everything }) => ({ at, content: everything })), isComplete });
    },
    async describe(line, signal) {
      const device = await client.getDeviceInformation({ device: toWireName(line) }, signal);
      return device.ok ? ok(device.value.everything) : device;
    },
  };
}

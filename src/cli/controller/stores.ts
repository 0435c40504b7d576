import { lineStore } from '../../archive/line-store.ts';
import type { Stores } from '../../engine/account.ts';
import { decorate } from '../../observability/decorate.ts';
import type { VendorAdapter } from '../../ports/vendor.ts';
import type { ControllerParts } from './parts.ts';

/** What must be durable on our side before a vendor is called: the stores of an account that was opened. */
export function storesOf({ archive, clock, around }: ControllerParts, adapter: VendorAdapter): Stores {
  const { lineHistories: histories, quota } = adapter;
  if (histories === undefined) return {};
  const lines = lineStore({
    histories,
    quota,
    clock,
    ...(archive === undefined ? {} : { archive: decorate('archive', archive, around) }),
  });
  return { lines: decorate('lines.store', lines, around) };
}

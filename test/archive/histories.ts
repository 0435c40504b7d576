import type { LineName } from '../../src/domain/line/identifier.ts';
import type { LineHistory } from '../../src/ports/archive.ts';
import type { HistoryRow } from '../../src/ports/line-histories.ts';

export const ACCOUNT = '0252067890-00001';
export const SIM: LineName = { kind: 'iccid', identifier: '85000022411113460014' };
export const PHONE: LineName = { kind: 'imei', identifier: '990000560000001' };
export const NAMES = { iccid: SIM.identifier, imei: PHONE.identifier };
export const NOW = Date.UTC(2026, 10, 22, 7, 30);

/** That many rows, an hour apart, oldest first. */
export function rows(count: number): readonly HistoryRow[] {
  return Array.from({ length: count }, (_, index) => ({
    at: new Date(NOW - (count - index) * 3_600_000).toISOString(),
    content: { BytesUsed: String(index) },
  }));
}

export function lineHistory(more: Partial<LineHistory> = {}): LineHistory {
  return {
    accountName: ACCOUNT,
    declaredAs: SIM,
    names: NAMES,
    record: { CarrierInformation: { State: 'deactive' } },
    rows: { usage: rows(3), connection: rows(2), provisioning: rows(1) },
    earliestMs: NOW - 8_760 * 3_600_000,
    latestMs: NOW,
    ...more,
  };
}

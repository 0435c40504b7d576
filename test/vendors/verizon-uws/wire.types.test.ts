import { describe, expectTypeOf, test } from 'vitest';
import type { ArchiveReceipt } from '../../../src/domain/line/receipt.ts';
import type { UwsClient } from '../../../src/vendors/verizon-uws/client.ts';
import type {
  DeactivateRequest,
  DeletableDevice,
  WireIdentifier,
} from '../../../src/vendors/verizon-uws/wire.ts';

describe('what the types make impossible', () => {
  test('a change of state names exactly one device, and nothing by which many could be meant', () => {
    expectTypeOf<keyof DeactivateRequest>().toEqualTypeOf<'device' | 'etfWaiver'>();
    expectTypeOf<DeactivateRequest['device']>().toEqualTypeOf<WireIdentifier>();
    expectTypeOf<{ etfWaiver: boolean }>().not.toExtend<DeactivateRequest>();
    expectTypeOf<Parameters<UwsClient['deactivate']>[0]>().toEqualTypeOf<DeactivateRequest>();
  });

  test('nothing is deleted without the receipt of an archive, and nobody can write one down', () => {
    expectTypeOf<{ device: WireIdentifier }>().not.toExtend<DeletableDevice>();
    expectTypeOf<{ is: 'skipped'; decidedAtMs: number }>().not.toExtend<ArchiveReceipt>();
    expectTypeOf<{
      is: 'archived';
      path: string;
      sha256: string;
      records: number;
      completedAtMs: number;
    }>().not.toExtend<ArchiveReceipt>();
  });
});

import { describe, expectTypeOf, test } from 'vitest';
import type { Condition } from '../../src/api/condition.generated.ts';
import type { CustomerSpec, CustomerStatus, ServedCustomerSpec } from '../../src/api/customer.generated.ts';
import type {
  DeviceClaimSpec,
  DeviceClaimStatus,
  ServedDeviceClaimSpec,
} from '../../src/api/device-claim.generated.ts';
import type {
  ServedVendorAccountSpec,
  VendorAccountSpec,
  VendorAccountStatus,
} from '../../src/api/vendor-account.generated.ts';
import type { VendorOperationSpec, VendorOperationStatus } from '../../src/api/vendor-operation.generated.ts';
import type { VendorRecordSpec, VendorRecordStatus } from '../../src/api/vendor-record.generated.ts';

// These hold when the file compiles; the type check is part of the gate.
describe('the generated types', () => {
  test('leave out what has a default when written, and have it when served', () => {
    expectTypeOf<VendorAccountSpec['suspend']>().toEqualTypeOf<boolean | undefined>();
    expectTypeOf<ServedVendorAccountSpec['suspend']>().toEqualTypeOf<boolean>();
    expectTypeOf<ServedVendorAccountSpec['guard']['destructive']['maxItems']>().toEqualTypeOf<number>();
    expectTypeOf<ServedCustomerSpec['adoption']>().toEqualTypeOf<'Never' | 'Adopt' | 'AdoptOrCreate'>();
    expectTypeOf<ServedDeviceClaimSpec['vendorParams']>().toEqualTypeOf<{ readonly [k: string]: string }>();
  });

  test('take what was served where something written is asked for', () => {
    expectTypeOf<ServedVendorAccountSpec>().toExtend<VendorAccountSpec>();
    expectTypeOf<ServedCustomerSpec>().toExtend<CustomerSpec>();
    expectTypeOf<ServedDeviceClaimSpec>().toExtend<DeviceClaimSpec>();
  });

  test('know the values of a policy and no others', () => {
    expectTypeOf<VendorAccountSpec['mode']>().toEqualTypeOf<'Observe' | 'Plan' | 'Enforce'>();
    expectTypeOf<NonNullable<DeviceClaimSpec['releasePolicy']>>().toEqualTypeOf<'Unclaim' | 'Keep'>();
    expectTypeOf<VendorRecordSpec['content']>().toEqualTypeOf<
      'Holdings' | 'ConfirmedStates' | 'Proofs' | 'GuardLedger' | 'Refusals' | 'LogIns'
    >();
  });

  test('are read-only down to the items of a list', () => {
    expectTypeOf<NonNullable<DeviceClaimSpec['devices']>>().toExtend<readonly object[]>();
    expectTypeOf<NonNullable<DeviceClaimSpec['devices']>>().not.toExtend<object[]>();
    expectTypeOf<NonNullable<VendorOperationSpec['sample']>>().toEqualTypeOf<readonly string[]>();
  });

  test('share one Condition', () => {
    type Conditions = readonly Condition[] | undefined;
    expectTypeOf<VendorAccountStatus['conditions']>().toEqualTypeOf<Conditions>();
    expectTypeOf<CustomerStatus['conditions']>().toEqualTypeOf<Conditions>();
    expectTypeOf<DeviceClaimStatus['conditions']>().toEqualTypeOf<Conditions>();
    expectTypeOf<VendorOperationStatus['conditions']>().toEqualTypeOf<Conditions>();
    expectTypeOf<VendorRecordStatus['conditions']>().toEqualTypeOf<Conditions>();
  });
});

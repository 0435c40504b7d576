import type { androiddeviceprovisioning_v1 as official } from '@googleapis/androiddeviceprovisioning';
import { describe, expectTypeOf, test } from 'vitest';
import type * as wire from '../../../src/vendors/google-zero-touch/wire.ts';

/**
 * Google's own description of a type, as it is on the wire: every field optional there, null never sent.
 * `metadata` and `response` of an operation are free-form in it.
 */
type Known<Ours, Theirs> = keyof Ours extends keyof Theirs
  ? true
  : `unknown to Google: ${string & Exclude<keyof Ours, keyof Theirs>}`;

/** Google's lists are mutable; ours are not. Only the element types matter. */
type Mutable<T> = T extends readonly (infer Item)[]
  ? Mutable<Item>[]
  : T extends object
    ? { -readonly [Name in keyof T]: Mutable<T[Name]> }
    : T;

describe('our wire types', () => {
  test('name only fields that Google’s package names', () => {
    expectTypeOf<Known<wire.WireIdentifier, official.Schema$DeviceIdentifier>>().toEqualTypeOf<true>();
    expectTypeOf<Known<wire.WireMetadata, official.Schema$DeviceMetadata>>().toEqualTypeOf<true>();
    expectTypeOf<Known<wire.WireClaim, official.Schema$PartnerClaim>>().toEqualTypeOf<true>();
    expectTypeOf<Known<wire.WireClaim, official.Schema$ClaimDeviceRequest>>().toEqualTypeOf<true>();
    expectTypeOf<Known<wire.WireUnclaim, official.Schema$PartnerUnclaim>>().toEqualTypeOf<true>();
    expectTypeOf<Known<wire.WireUnclaim, official.Schema$UnclaimDeviceRequest>>().toEqualTypeOf<true>();
    expectTypeOf<
      Known<wire.WireMetadataUpdate, official.Schema$UpdateMetadataArguments>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Known<wire.ClaimDevicesRequest, official.Schema$ClaimDevicesRequest>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Known<wire.UnclaimDevicesRequest, official.Schema$UnclaimDevicesRequest>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Known<wire.UpdateMetadataRequest, official.Schema$UpdateDeviceMetadataInBatchRequest>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Known<wire.FindByIdentifierRequest, official.Schema$FindDevicesByDeviceIdentifierRequest>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Known<wire.FindByOwnerRequest, official.Schema$FindDevicesByOwnerRequest>
    >().toEqualTypeOf<true>();
    expectTypeOf<Known<wire.WireNewCompany, official.Schema$Company>>().toEqualTypeOf<true>();
    expectTypeOf<
      Known<wire.CreateCustomerRequest, official.Schema$CreateCustomerRequest>
    >().toEqualTypeOf<true>();
    expectTypeOf<Known<wire.WireCompany, official.Schema$Company>>().toEqualTypeOf<true>();
    expectTypeOf<
      Known<wire.ListCustomersReply, official.Schema$ListCustomersResponse>
    >().toEqualTypeOf<true>();
    expectTypeOf<Known<wire.ClaimDeviceReply, official.Schema$ClaimDeviceResponse>>().toEqualTypeOf<true>();
    expectTypeOf<Known<wire.WireDeviceClaim, official.Schema$DeviceClaim>>().toEqualTypeOf<true>();
    expectTypeOf<Known<wire.WireDevice, official.Schema$Device>>().toEqualTypeOf<true>();
    expectTypeOf<
      Known<wire.FindDevicesReply, official.Schema$FindDevicesByOwnerResponse>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Known<wire.FindDevicesReply, official.Schema$FindDevicesByDeviceIdentifierResponse>
    >().toEqualTypeOf<true>();
    expectTypeOf<
      Known<wire.WireDeviceResult, official.Schema$PerDeviceStatusInBatch>
    >().toEqualTypeOf<true>();
    expectTypeOf<Known<wire.WirePerDevice, official.Schema$OperationPerDevice>>().toEqualTypeOf<true>();
    expectTypeOf<Known<wire.WireOperation, official.Schema$Operation>>().toEqualTypeOf<true>();
  });

  test('give each field the type it has there', () => {
    expectTypeOf<Mutable<wire.ClaimDevicesRequest>>().toExtend<official.Schema$ClaimDevicesRequest>();
    expectTypeOf<Mutable<wire.WireClaim>>().toExtend<official.Schema$ClaimDeviceRequest>();
    expectTypeOf<Mutable<wire.UnclaimDevicesRequest>>().toExtend<official.Schema$UnclaimDevicesRequest>();
    expectTypeOf<Mutable<wire.WireUnclaim>>().toExtend<official.Schema$UnclaimDeviceRequest>();
    expectTypeOf<
      Mutable<wire.UpdateMetadataRequest>
    >().toExtend<official.Schema$UpdateDeviceMetadataInBatchRequest>();
    expectTypeOf<
      Mutable<wire.FindByIdentifierRequest>
    >().toExtend<official.Schema$FindDevicesByDeviceIdentifierRequest>();
    expectTypeOf<Mutable<wire.FindByOwnerRequest>>().toExtend<official.Schema$FindDevicesByOwnerRequest>();
    expectTypeOf<Mutable<wire.CreateCustomerRequest>>().toExtend<official.Schema$CreateCustomerRequest>();
    expectTypeOf<Mutable<wire.ListCustomersReply>>().toExtend<official.Schema$ListCustomersResponse>();
    expectTypeOf<Mutable<wire.ClaimDeviceReply>>().toExtend<official.Schema$ClaimDeviceResponse>();
    expectTypeOf<Mutable<wire.FindDevicesReply>>().toExtend<official.Schema$FindDevicesByOwnerResponse>();
    expectTypeOf<Mutable<wire.WirePerDevice>>().toExtend<official.Schema$OperationPerDevice>();
    expectTypeOf<Mutable<wire.WireOperation>>().toExtend<official.Schema$Operation>();
    expectTypeOf<Mutable<wire.WireError['error']['details']>>().toExtend<
      official.Schema$Status['details'] | undefined
    >();
  });

  test('a misspelled or mistyped field would be told', () => {
    expectTypeOf<Known<{ imeii: string }, official.Schema$DeviceIdentifier>>().not.toEqualTypeOf<true>();
    expectTypeOf<{ limit: number }>().not.toExtend<official.Schema$FindDevicesByOwnerRequest>();
  });
});

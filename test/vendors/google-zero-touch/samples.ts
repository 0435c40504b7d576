import type { DesiredDevice } from '../../../src/domain/device/facts.ts';
import { type DeviceIdentity, parseIdentity } from '../../../src/domain/device/identity.ts';
import type { Verb } from '../../../src/domain/item.ts';
import type { WriteItem, WriteRequest } from '../../../src/ports/writer.ts';

export const PIXEL: DeviceIdentity = { imei: '490154203237518', manufacturer: 'Google', model: 'Pixel 8' };
export const MOTO: DeviceIdentity = { serialNumber: 'ZX1G22', manufacturer: 'Motorola', model: 'moto g' };
export const OLD: DeviceIdentity = { meid: 'A0000000002329', manufacturer: 'Samsung' };

export const ACME: DesiredDevice = {
  companyId: '987654',
  orderNumber: 'PO-4711',
  releasePolicy: 'Unclaim',
  onVendorRelease: 'Report',
  vendorParams: {},
};

export function keyOf(identity: DeviceIdentity): string {
  const parsed = parseIdentity(identity);
  if (!parsed.ok) throw new Error(parsed.failure.message);
  return parsed.key;
}

export function item(
  subject: DeviceIdentity,
  desired: DesiredDevice = ACME,
): WriteItem<DeviceIdentity, DesiredDevice> {
  return { key: keyOf(subject), subject, desired };
}

export function request(
  verb: Verb,
  items: readonly WriteItem<DeviceIdentity, DesiredDevice>[],
): WriteRequest<DeviceIdentity, DesiredDevice> {
  return { verb, partition: { customer: ACME.companyId }, requestKey: 'rk-1', items };
}

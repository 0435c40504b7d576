import { namedBy } from '../../../src/controllers/device-claim/naming.ts';
import type { DesiredDevice, DeviceTypes } from '../../../src/domain/device/facts.ts';
import { type DeviceIdentity, identifiersOf, parseIdentity } from '../../../src/domain/device/identity.ts';
import type { ItemKey, Verb } from '../../../src/domain/item.ts';
import type { DeclaredItem } from '../../../src/engine/declaring.ts';
import type { WriteItem, WriteRequest } from '../../../src/ports/writer.ts';

export const PHONE: DeviceIdentity = { imei: '490154203237518', manufacturer: 'Samsung', model: 'SM-S911B' };
export const SECOND: DeviceIdentity = { imei: '356938035643809' };
export const THIRD: DeviceIdentity = { imei: '123456789012347' };
export const TABLET: DeviceIdentity = {
  serialNumber: 'r5ct1000002',
  manufacturer: 'samsung',
  model: 'SM-X200',
};
export const OLD: DeviceIdentity = { meid: 'A0000000002329', manufacturer: 'Samsung' };

export const ACME: DesiredDevice = {
  companyId: '4000000001',
  orderNumber: 'PO-4711',
  releasePolicy: 'Unclaim',
  onVendorRelease: 'Report',
  vendorParams: {},
};

/** The key under which a claim of a Samsung customer declares the device. */
export function keyOf(identity: DeviceIdentity): ItemKey {
  const parsed = parseIdentity(identity);
  if (!parsed.ok) throw new Error(parsed.failure.message);
  const items: DeclaredItem<DeviceTypes>[] = [{ key: parsed.key, subject: parsed.identity }];
  const [named] = namedBy({ namesDevicesBy: identifiersOf }, items);
  if (named === undefined) throw new Error('it has no name');
  return named.key;
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
  requestKey = 'rk-1',
): WriteRequest<DeviceIdentity, DesiredDevice> {
  return { verb, partition: { customer: ACME.companyId }, requestKey, items };
}

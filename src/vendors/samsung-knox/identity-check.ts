import type { DeviceIdentity } from '../../domain/device/identity.ts';
import type { ItemFailure } from '../../domain/item.ts';

/**
 * Which identifiers Samsung needs of a device: one of `imei`, `meid` and `serialNumber`; all else is ignored
 * (library objects, DeviceIdentifier). The programme serves Samsung's own devices only. Pure; answers the first
 * thing wrong.
 */
export function checkIdentity(identity: DeviceIdentity): ItemFailure | undefined {
  const { imei, imei2, meid, serialNumber, manufacturer } = identity;
  if (manufacturer !== undefined && manufacturer.toLowerCase() !== 'samsung') {
    return refuse(
      'INVALID_MANUFACTURER',
      'the Knox Deployment Program takes Samsung devices only: declare it for a customer of a Google account',
    );
  }
  if (imei !== undefined || meid !== undefined) return undefined;
  if (serialNumber === undefined) {
    return refuse(
      'INVALID_IDENTIFIER_SET',
      imei2 === undefined
        ? 'the device has no identifier: add its imei, its meid or its serialNumber'
        : 'an imei2 alone does not name a device: declare it as imei',
    );
  }
  // The length is ASSUMED; Samsung's serial numbers commonly have 11 characters.
  if (/^[0-9A-Za-z]{1,20}$/.test(serialNumber)) return undefined;
  return refuse('INVALID_DEVICE_SERIAL', 'a Samsung serial number has 1 to 20 letters and digits');
}

function refuse(code: string, message: string): ItemFailure {
  return { code, message, kind: 'invalid' };
}

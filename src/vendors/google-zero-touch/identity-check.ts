import type { DeviceIdentity } from '../../domain/device/identity.ts';
import type { ItemFailure } from '../../domain/item.ts';

/**
 * Which identifiers Google needs to find a device at its first boot: `imei` (or `meid`) with `manufacturer`, or
 * `serialNumber` with `manufacturer` and `model` (library objects, DeviceIdentifier). Whether the names stand
 * in Google's list only Google knows. Pure; answers the first thing missing.
 */
export function checkIdentity(identity: DeviceIdentity): ItemFailure | undefined {
  if (identity.imei !== undefined) return lacking(identity, 'an imei', ['manufacturer']);
  if (identity.meid !== undefined) return lacking(identity, 'a meid', ['manufacturer']);
  if (identity.serialNumber !== undefined)
    return lacking(identity, 'a serialNumber', ['manufacturer', 'model']);
  return refuse(
    identity.imei2 === undefined
      ? 'the device has no identifier: add its imei, its meid, or its serialNumber with manufacturer and model'
      : 'an imei2 alone does not name a device: add its imei',
  );
}

function lacking(
  identity: DeviceIdentity,
  identifier: string,
  names: readonly ('manufacturer' | 'model')[],
): ItemFailure | undefined {
  const missing = names.filter((name) => identity[name] === undefined || identity[name] === '');
  if (missing.length === 0) return undefined;
  return refuse(
    `zero-touch needs ${names.join(' and ')} with ${identifier}: add ${missing.join(' and ')}, exactly as the device reports it`,
  );
}

function refuse(message: string): ItemFailure {
  return { code: 'INVALID_IDENTIFIER_SET', message, kind: 'invalid' };
}

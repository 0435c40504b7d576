import type { DeviceTypes } from '../../domain/device/facts.ts';
import {
  type DeviceIdentity,
  describeIdentity,
  identityKeys,
  parseIdentity,
} from '../../domain/device/identity.ts';
import type { ListFormat } from '../lists/format.ts';

/** How the devices of a claim are listed (api.md, section 2). */
export const DEVICE_LIST: ListFormat<DeviceTypes, keyof DeviceIdentity> = {
  columns: {
    names: ['imei', 'imei2', 'serialNumber', 'meid', 'manufacturer', 'model'],
    shared: ['manufacturer', 'model'],
  },
  parse: (entry) => {
    const parsed = parseIdentity(entry);
    if (!parsed.ok) return parsed;
    const { key, identity } = parsed;
    return { ok: true, item: { key, subject: identity }, keys: identityKeys(identity) };
  },
  describe: describeIdentity,
  duplicate: 'this claim names the device more than once; remove the other entry',
};

import { type Esn, esnKey, type RegistrationTypes } from '../../domain/registration/facts.ts';
import type { ListFormat } from '../lists/format.ts';

/** How the devices of a NetflixDeviceRegistration are listed (api.md, section 2). */
export const ESN_LIST: ListFormat<RegistrationTypes, keyof Esn> = {
  columns: { names: ['esn'], shared: [] },
  parse: ({ esn = '' }) => {
    const parsed = esnKey(esn);
    if (!parsed.ok) return parsed;
    return { ok: true, item: { key: parsed.key, subject: { esn } }, keys: [parsed.key] };
  },
  describe: ({ esn = '' }) => `esn:${esn}`,
  duplicate: 'this resource names the device more than once; remove the other entry',
};

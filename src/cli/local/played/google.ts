import { startGoogleZeroTouch } from '../../../simulators/google-zero-touch/start.ts';
import type { PlayedVendor } from './vendor.ts';

const PARTNER_ID = '1234567890';

const partnerIdOf = (block: Readonly<Record<string, unknown>> = {}): string =>
  String(block['partnerId'] ?? PARTNER_ID);

/** Google zero-touch; the address is that of its reference, service endpoint. */
export const google: PlayedVendor = {
  title: 'Google',
  name: 'google-zero-touch',
  origin: 'https://androiddeviceprovisioning.googleapis.com',
  block: 'googleZeroTouch',
  start: ([first]) => startGoogleZeroTouch({ partnerId: partnerIdOf(first?.block) }),
  issue: async ({ block }, ask) => ({
    'key.json': await ask('/service-accounts', { partnerId: partnerIdOf(block) }),
  }),
};

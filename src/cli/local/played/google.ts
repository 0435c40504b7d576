import { startGoogleZeroTouch } from '../../../simulators/google-zero-touch/start.ts';
import { type PlayedVendor, textIn } from './vendor.ts';

const PARTNER_ID = '1234567890';

/** Google zero-touch; the address is that of its reference, service endpoint. */
export const google: PlayedVendor = {
  title: 'Google',
  name: 'google-zero-touch',
  origin: 'https://androiddeviceprovisioning.googleapis.com',
  block: 'googleZeroTouch',
  start: ([first], kept) =>
    startGoogleZeroTouch({ partnerId: textIn(first?.block, 'partnerId', PARTNER_ID), ...kept }),
  issue: async ({ block }, ask) => ({
    'key.json': await ask('/service-accounts', { partnerId: textIn(block, 'partnerId', PARTNER_ID) }),
  }),
};

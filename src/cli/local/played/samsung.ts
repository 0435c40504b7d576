import { startSamsungKnox } from '../../../simulators/samsung-knox/start.ts';
import { type PlayedVendor, textIn } from './vendor.ts';

const RESELLER_ID = '2345678901';

/** The Knox Deployment Program; the address is that of all regions (KDP, base URLs). */
export const samsung: PlayedVendor = {
  title: 'Samsung Knox',
  name: 'samsung-knox',
  origin: 'https://api.samsungknox.com',
  block: 'samsungKnox',
  start: ([first], kept) =>
    startSamsungKnox({
      resellerId: textIn(first?.block, 'resellerId', RESELLER_ID),
      createCustomer: true,
      ...kept,
    }),
  issue: async ({ block }, ask) => {
    const order = { resellerId: textIn(block, 'resellerId', RESELLER_ID) };
    if (block['authentication'] === 'SignedIdentifier') {
      const { clientIdentifier, keysJson } = JSON.parse(await ask('/signed-identifiers', order)) as {
        readonly clientIdentifier: string;
        readonly keysJson: object;
      };
      return { clientIdentifier, 'keys.json': JSON.stringify(keysJson) };
    }
    const { clientId, clientSecret } = JSON.parse(await ask('/oauth-clients', order)) as {
      readonly clientId: string;
      readonly clientSecret: string;
    };
    return { clientId, clientSecret };
  },
};

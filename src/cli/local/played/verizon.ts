import { startVerizonUws } from '../../../simulators/verizon-uws/start.ts';
import { type PlayedVendor, textIn } from './vendor.ts';

const ACCOUNT_NAME = '0252067890-00001';

/** Verizon's Unified Web Service; the address is the one that public client code uses (UWS fact sheet 1). */
export const verizon: PlayedVendor = {
  title: 'Verizon',
  name: 'verizon-uws',
  origin: 'https://uws.apps.nphase.com',
  block: 'verizonUws',
  start: ([first], kept) =>
    startVerizonUws({ ...kept, accountName: textIn(first?.block, 'accountName', ACCOUNT_NAME) }),
  issue: async ({ block }, ask) => {
    const order = { accounts: [textIn(block, 'accountName', ACCOUNT_NAME)] };
    const { username, password } = JSON.parse(await ask('/users', order)) as {
      readonly username: string;
      readonly password: string;
    };
    return { username, password };
  },
};

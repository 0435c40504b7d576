import {
  CUSTOMERS,
  DEVICE_CLAIMS,
  VENDOR_ACCOUNTS,
  VENDOR_OPERATIONS,
} from '../../src/controllers/resources.ts';
import { startSamsungKnox } from '../../src/simulators/samsung-knox/start.ts';
import { countOf } from './journaled.ts';
import { brokenSamsungRules } from './samsung-rules.ts';
import type { PlayedVendor } from './vendor.ts';

/** How long a transaction takes: longer than a controller takes to start again, so that it asks too early. */
const PROCESSING_MS = 45_000;
/** How long its status and the lists know nothing of it yet. */
const LAG_MS = 10_000;

/** Samsung Knox: devices of customers, in transactions that go by our names. */
export const SAMSUNG: PlayedVendor = {
  accountName: 'samsung',
  secretName: 'samsung-client',
  origin: 'https://api.samsungknox.com',
  kinds: [VENDOR_ACCOUNTS, CUSTOMERS, DEVICE_CLAIMS],
  start: (clock) =>
    startSamsungKnox({
      clock,
      processingMs: PROCESSING_MS,
      statusLagMs: LAG_MS,
      listLagMs: LAG_MS,
      approval: { afterMs: 0 },
    }),
  login: async (ask) => {
    const client = (await ask('POST', '/oauth-clients', {})) as Readonly<Record<string, string>>;
    return { clientId: client['clientId'] ?? '', clientSecret: client['clientSecret'] ?? '' };
  },

  hasLooked: (made, { companies = [] }) => {
    const listed = made
      .filter(({ endpoint, status }) => endpoint === 'devices.list' && status === 200)
      .map(({ query = '' }) => new URLSearchParams(query).get('customerId'));
    return companies.every((id) => listed.includes(id));
  },

  holdings: async (ask) => {
    const { store } = (await ask('GET', '/state')) as {
      readonly store: {
        readonly hardware: readonly { readonly hardwareId: number; readonly imei?: string }[];
        readonly devices: readonly {
          readonly hardwareId: number;
          readonly customerId: string;
          readonly listedUntilMs?: number;
        }[];
      };
    };
    const held = store.devices.filter(({ listedUntilMs }) => listedUntilMs === undefined);
    return Object.fromEntries(
      held.map(({ hardwareId, customerId }) => {
        const imei = store.hardware.find((one) => one.hardwareId === hardwareId)?.imei;
        return [`imei:${imei}`, customerId];
      }),
    );
  },
  recorded: (kind, value) => {
    if (kind !== 'device') return undefined;
    const { asked: _asked, atMs: _atMs, orderNumberUnseen: _unseen, ...rest } = value;
    return rest;
  },
  newIds: () => [],
  spent: (ledger) => ({ destructive: countOf(ledger, 'deleted') }),
  brokenRules: async (world) =>
    brokenSamsungRules(await world.ledger(), await world.objects(VENDOR_OPERATIONS), world.fleet),
};

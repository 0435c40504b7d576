import {
  VENDOR_ACCOUNTS,
  VENDOR_OPERATIONS,
  VERIZON_DEVICE_DELETIONS,
} from '../../src/controllers/resources.ts';
import type { LedgerEntry } from '../../src/simulators/ledger.ts';
import { startVerizonUws } from '../../src/simulators/verizon-uws/start.ts';
import { brokenLineLaws, type Deletion } from '../lines/laws.ts';
import { countOf } from './journaled.ts';
import { brokenLineRules, keyOf } from './line-rules.ts';
import type { Ask, PlayedVendor } from './vendor.ts';

/** How long a change of state is pending: longer than a controller takes to start again, so that it looks too early. */
const STATE_CHANGE_MS = 45_000;

/** Verizon: lines that are deactivated, archived and deleted. */
export const VERIZON: PlayedVendor = {
  accountName: 'verizon',
  secretName: 'verizon-login',
  origin: 'https://uws.apps.nphase.com',
  kinds: [VENDOR_ACCOUNTS, VERIZON_DEVICE_DELETIONS],
  start: (clock) => startVerizonUws({ clock, stateChangeMs: STATE_CHANGE_MS }),
  login: async (ask) => {
    const { username, password } = (await ask('POST', '/users', {})) as Readonly<Record<string, string>>;
    return { username: username ?? '', password: password ?? '' };
  },

  /** Every line of the fleet, by a look of its own. One that is gone is told by a fault. */
  hasLooked: (made, { items = [] }) => {
    const looks = made.filter(({ endpoint, status }) => endpoint === 'GetDeviceInformation' && status !== 0);
    const seen = new Set(looks.flatMap(({ items: asked = [] }) => asked.map(keyOf)));
    return items.every((key) => seen.has(key));
  },

  holdings: async (ask) => {
    const devices = (await ask('GET', '/devices')) as readonly {
      readonly identifiers: Readonly<Record<string, string>>;
      readonly state: string;
    }[];
    return Object.fromEntries(
      devices.map(({ identifiers, state }) => [`iccid:${identifiers['iccid']}`, state]),
    );
  },

  /** What was found out and done, without when; a lost reply leaves no note of the order, only of what came of it. */
  recorded: (kind, value) => {
    if (kind !== 'line') return undefined;
    const { holder, names, receipt, gone } = value as {
      readonly holder?: string;
      readonly names?: unknown;
      readonly receipt?: { readonly is: string };
      readonly gone?: { readonly how: string; readonly isFiled: boolean };
    };
    return { holder, names, receipt: receipt?.is, how: gone?.how, isFiled: gone?.isFiled };
  },
  newIds: () => [],
  spent: (ledger) => ({ irreversible: countOf(ledger, 'deactivated', 'deleted') }),

  brokenRules: async (world) => {
    const { ask, archiveDir, fleet } = world;
    const [entries, operations] = [await world.ledger(), await world.objects(VENDOR_OPERATIONS)];
    const laws = { archiveDir, deletions: await deletionsOf(ask, entries), users: await usersOf(ask) };
    return [...brokenLineRules(entries, operations, fleet), ...(await brokenLineLaws(laws))];
  },
};

/** Without any deletion the archive need not be there. */
async function deletionsOf(ask: Ask, ledger: readonly LedgerEntry[]): Promise<readonly Deletion[]> {
  return countOf(ledger, 'deleted') === 0 ? [] : ((await ask('GET', '/deletions')) as readonly Deletion[]);
}

async function usersOf(ask: Ask): Promise<readonly { readonly locked: boolean }[]> {
  return (await ask('GET', '/users')) as readonly { readonly locked: boolean }[];
}

import {
  CUSTOMERS,
  DEVICE_CLAIMS,
  VENDOR_ACCOUNTS,
  VENDOR_OPERATIONS,
} from '../../src/controllers/resources.ts';
import { identityKeys } from '../../src/domain/device/identity.ts';
import { startGoogleZeroTouch } from '../../src/simulators/google-zero-touch/start.ts';
import { PARTNER_ID, SECRET_NAME } from './fleet.ts';
import { brokenGoogleRules, type VendorDevice } from './google-rules.ts';
import { countOf } from './journaled.ts';
import type { Ask, PlayedVendor } from './vendor.ts';

/**
 * How long the vendor works on a batch: two seconds of real time, longer than a controller takes to start again, so that
 * it reads too early.
 */
const OPERATION_MS = 60_000;

/** Google zero-touch: devices of companies, and the companies. */
export const GOOGLE: PlayedVendor = {
  accountName: 'google',
  secretName: SECRET_NAME,
  origin: 'https://androiddeviceprovisioning.googleapis.com',
  kinds: [VENDOR_ACCOUNTS, CUSTOMERS, DEVICE_CLAIMS],
  start: (clock) =>
    startGoogleZeroTouch({ partnerId: PARTNER_ID, clock, operations: { afterMs: OPERATION_MS } }),
  login: async (ask) => ({
    'key.json': JSON.stringify(await ask('POST', '/service-accounts', { partnerId: PARTNER_ID })),
  }),

  /** The customers, and the devices of each company of the fleet. */
  hasLooked: (made, { companies = [] }) => {
    const reads = made.filter(({ mutating, status }) => !mutating && status === 200);
    const hasRead = (endpoint: string, id?: string): boolean =>
      reads.some(
        (entry) =>
          entry.endpoint === endpoint &&
          (id === undefined || [entry.items?.[0]?.['customerId']].flat().includes(id)),
      );
    return hasRead('customers.list') && companies.every((id) => hasRead('devices.findByOwner', id));
  },

  holdings: async (ask) => {
    const devices = await devicesOf(ask);
    const entries = devices.flatMap(({ identifier, claims }) =>
      claims.map(({ resellerId, ownerCompanyId }) => [
        identityKeys(identifier)[0] ?? JSON.stringify(identifier),
        `${resellerId}/${ownerCompanyId}`,
      ]),
    );
    return Object.fromEntries(entries) as Readonly<Record<string, string>>;
  },

  /**
   * A company that was found by its name is recorded only as long as no status binds it; and which one a created company
   * is stands in the record or, where its reply was lost, in the status. Either says enough. When something was refused,
   * and digests that hold times, differ from world to world; whether an order number was seen by now depends on when the
   * last look was.
   */
  recorded: (kind, value) => {
    if (kind !== 'device' && kind !== 'company') return undefined;
    if (kind === 'company') return value['how'] === 'Adopted' ? undefined : 'created';
    const { asked: _asked, atMs: _atMs, orderNumberUnseen: _unseen, ...rest } = value;
    return rest;
  },
  newIds: (ledger) =>
    ledger.flatMap(({ effect = [] }) =>
      effect.filter(({ change }) => change === 'customerCreated').map(({ customerId }) => String(customerId)),
    ),
  spent: (ledger) => ({ destructive: countOf(ledger, 'unclaimed') }),
  happened: (items, ledger) =>
    ledger.some(
      ({ items: asked, effect = [] }) =>
        items.includes(`name:${String(asked?.[0]?.['companyName'])}`) &&
        effect.some(({ change }) => change === 'customerCreated'),
    ),
  brokenRules: async (world) =>
    brokenGoogleRules(
      await world.ledger(),
      await world.objects(VENDOR_OPERATIONS),
      await devicesOf(world.ask),
      world.fleet,
    ),
};

/** Every device the vendor has heard of. */
async function devicesOf(ask: Ask): Promise<readonly VendorDevice[]> {
  const state = (await ask('GET', '/state')) as {
    readonly store: { readonly devices: readonly VendorDevice[] };
  };
  return state.store.devices;
}

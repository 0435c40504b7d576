import type { DesiredDevice } from '../../src/domain/device/facts.ts';
import { type DeviceIdentity, identityKeys } from '../../src/domain/device/identity.ts';
import type { ItemKey } from '../../src/domain/item.ts';
import type { Result } from '../../src/ports/failure.ts';
import type { AdapterSettings, VendorAdapter, VendorFactory } from '../../src/ports/vendor.ts';
import { startGoogleZeroTouch } from '../../src/simulators/google-zero-touch/start.ts';
import { startSamsungKnox } from '../../src/simulators/samsung-knox/start.ts';
import type { Simulator } from '../../src/simulators/simulator.ts';
import { googleZeroTouchFactory } from '../../src/vendors/google-zero-touch/factory.ts';
import { samsungKnoxFactory } from '../../src/vendors/samsung-knox/factory.ts';
import { type ManualClock, manualClock } from '../http/manual-clock.ts';

/** A vendor as the contract plays it: the real adapter against the simulator, over real HTTP. */
export interface World {
  readonly adapter: VendorAdapter;
  readonly clock: ManualClock;
  /** Opens one more adapter, with other credentials or limits. */
  open(over: Partial<AdapterSettings>): VendorAdapter;
  /** The key under which a claim declares the device at this vendor. */
  keyOf(identity: DeviceIdentity): ItemKey;
  /** Plays the vendor's side. */
  admin(method: string, path: string, body?: object): Promise<unknown>;
  /** Puts a device into somebody's hands, whoever had it. */
  hold(identity: DeviceIdentity, customerId: string, resellerId?: string): Promise<void>;
  /** The customer lets go of a device behind our back. */
  letGo(identity: DeviceIdentity): Promise<void>;
  /** The customer approves all that waits for it, where it has to. */
  approve(customerId: string): Promise<void>;
  /** Makes the next fitting request go wrong. */
  fault(fault: object, endpoint: Endpoint): Promise<void>;
  /** Ends the credentials that the adapter uses. */
  revoke(): Promise<void>;
  close(): Promise<void>;
}

/** Requests of the contract, by what they do; each vendor has its own name for them. */
type Endpoint = 'claim' | 'unclaim' | 'devices' | 'operation' | 'companies';

/** How one vendor differs from the other where a user must know it. */
export interface Vendor {
  readonly name: string;
  readonly factory: VendorFactory;
  readonly endpoints: Readonly<Record<Endpoint, string>>;
  /** Three devices it takes by IMEI, one by serial number, and one that it refuses for good. */
  readonly phones: readonly [DeviceIdentity, DeviceIdentity, DeviceIdentity];
  readonly tablet: DeviceIdentity;
  readonly refused: { readonly identity: DeviceIdentity; readonly code: string };
  /** Entries its own rules refuse before it is asked, and why. */
  readonly incomplete: readonly (readonly [why: string, identity: DeviceIdentity, code: string])[];
  /** What a second claim for the same customer comes to. */
  readonly claimedAgain: 'succeeds' | 'is resolved by reading';
  readonly approves: boolean;
  /** Whether its list shows order numbers, and a changed one can be written without another claim. */
  readonly tellsOrderNumbers: boolean;
  start(): Promise<World>;
}

/** Our customers at both vendors, and somebody else's. */
export const ACME = '4000000001';
export const GLOBEX = '4000000002';

/** Longer than anything at either simulator takes. */
export const SETTLED_MS = 60_000;

const PHONES = ['490154203237518', '356938035643809', '123456789012347'] as const;

const google: Vendor = {
  name: 'Google zero-touch',
  factory: googleZeroTouchFactory({ clock: manualClock() }),
  endpoints: {
    claim: 'devices.claimAsync',
    unclaim: 'devices.unclaimAsync',
    devices: 'devices.findByOwner',
    operation: 'operations.get',
    companies: 'customers.list',
  },
  phones: [pixel(PHONES[0]), pixel(PHONES[1]), pixel(PHONES[2])],
  tablet: { serialNumber: 'HT4D00001', manufacturer: 'Google', model: 'Pixel Tablet' },
  refused: {
    identity: { serialNumber: 'S-1', manufacturer: 'Nobody & Sons', model: 'One' },
    code: 'INVALID_MANUFACTURER',
  },
  incomplete: [
    ['an IMEI without manufacturer', { imei: PHONES[0] }, 'INVALID_IDENTIFIER_SET'],
    [
      'a serial number without model',
      { serialNumber: 'S', manufacturer: 'Google' },
      'INVALID_IDENTIFIER_SET',
    ],
  ],
  claimedAgain: 'succeeds',
  approves: false,
  tellsOrderNumbers: true,
  async start() {
    const clock = manualClock();
    const simulator = await startGoogleZeroTouch({ clock: { now: () => clock.now() } });
    const admin = adminOf(simulator);
    const key = (await admin('POST', '/service-accounts', {})) as { readonly client_email: string };
    await admin('POST', '/customers', {
      customers: [
        { companyName: 'Acme GmbH', companyId: ACME },
        { companyName: 'Globex', companyId: GLOBEX },
      ],
    });
    return world({
      vendor: google,
      simulator,
      clock,
      admin,
      factory: googleZeroTouchFactory({ clock }),
      identity: { partnerId: '1234567890' },
      credentials: { 'key.json': JSON.stringify(key) },
      plays: {
        hold: async (deviceIdentifier, customerId, resellerId) => {
          await admin('POST', '/devices', {
            deviceIdentifier,
            customerId,
            ...(resellerId && { resellerId }),
          });
        },
        letGo: async (deviceIdentifier) => {
          await admin('POST', '/drift', { kind: 'customerUnclaims', deviceIdentifier });
        },
        approve: () => Promise.resolve(),
        revoke: async () => {
          const name = encodeURIComponent(key.client_email);
          await admin('PATCH', `/service-accounts/${name}`, { revoked: true });
        },
      },
    });
  },
};

/** Samsung by one of its two ways to log in. */
function samsung(authentication: 'OAuth' | 'SignedIdentifier'): Vendor {
  const vendor: Vendor = {
    name: `Samsung Knox by ${authentication}`,
    factory: samsungKnoxFactory({ clock: manualClock() }),
    endpoints: {
      claim: 'devices.upload',
      unclaim: 'devices.delete',
      devices: 'devices.list',
      operation: 'devices.status',
      companies: 'customers.list',
    },
    phones: [galaxy(PHONES[0]), galaxy(PHONES[1]), galaxy(PHONES[2])],
    tablet: { serialNumber: 'R5CT1234567', manufacturer: 'Samsung', model: 'SM-X200' },
    // One of the identifiers that the fixture says Samsung does not recognise.
    refused: { identity: galaxy('353456000000999'), code: 'INVALID_DEVICE' },
    incomplete: [
      ['no identifier', { manufacturer: 'Samsung' }, 'INVALID_IDENTIFIER_SET'],
      ['another maker', { imei: PHONES[0], manufacturer: 'Google' }, 'INVALID_MANUFACTURER'],
    ],
    claimedAgain: 'is resolved by reading',
    approves: true,
    tellsOrderNumbers: false,
    async start() {
      const clock = manualClock();
      const simulator = await startSamsungKnox({
        clock: { now: () => clock.now() },
        approval: 'manual',
        codes: 'mixed',
        createCustomer: true,
      });
      const admin = adminOf(simulator);
      const { credentials, revoke } = await knoxCredentials(admin, authentication);
      await admin('POST', '/customers', {
        customers: [
          { customerName: 'Acme GmbH', customerId: ACME, associated: true },
          { customerName: 'Globex', customerId: GLOBEX, associated: true },
        ],
      });
      const nameOf = ({ imei, meid, serialNumber }: DeviceIdentity) => imei ?? meid ?? serialNumber;
      return world({
        vendor,
        simulator,
        clock,
        admin,
        factory: samsungKnoxFactory({ clock }),
        identity: { resellerId: '2345678901' },
        options: { authentication, allowCustomerCreation: 'true' },
        credentials,
        plays: {
          hold: async (identity, customerId, resellerId) => {
            const device = nameOf(identity);
            await admin('POST', '/devices', { device, customerId, ...(resellerId && { resellerId }) });
          },
          letGo: async (identity) => {
            await admin('POST', '/drift', { kind: 'customerDeletes', device: nameOf(identity) });
          },
          approve: async (customerId) => {
            await admin('POST', `/customers/${customerId}/approve`, {});
          },
          revoke,
        },
      });
    },
  };
  return vendor;
}

export const VENDORS: readonly Vendor[] = [google, samsung('OAuth'), samsung('SignedIdentifier')];

type Admin = World['admin'];

async function knoxCredentials(
  admin: Admin,
  authentication: 'OAuth' | 'SignedIdentifier',
): Promise<{ readonly credentials: Readonly<Record<string, string>>; readonly revoke: () => Promise<void> }> {
  const oauth = authentication === 'OAuth';
  const issued = (await admin('POST', oauth ? '/oauth-clients' : '/signed-identifiers', {})) as {
    readonly clientId: string;
    readonly clientSecret: string;
    readonly clientIdentifier: string;
    readonly keysJson: object;
  };
  const { clientId, clientSecret, clientIdentifier, keysJson } = issued;
  const path = oauth ? `/oauth-clients/${clientId}` : `/signed-identifiers/${clientIdentifier}`;
  return {
    credentials: oauth
      ? { clientId, clientSecret }
      : { clientIdentifier, 'keys.json': JSON.stringify(keysJson) },
    revoke: async () => {
      await admin('PATCH', path, { revoked: true });
    },
  };
}

interface WorldParts extends Pick<AdapterSettings, 'identity' | 'options' | 'credentials'> {
  readonly vendor: Vendor;
  readonly simulator: Simulator;
  readonly clock: ManualClock;
  readonly admin: Admin;
  readonly factory: VendorFactory;
  readonly plays: Pick<World, 'hold' | 'letGo' | 'approve' | 'revoke'>;
}

function world(parts: WorldParts): World {
  const { vendor, simulator, clock, admin, factory, identity, options, credentials, plays } = parts;
  const opened: VendorAdapter[] = [];
  const limits = { ...factory.defaultLimits, requestsPerSecond: 1_000 };
  function open(over: Partial<AdapterSettings>): VendorAdapter {
    const settings = { endpoint: simulator.url, identity, credentials, limits, ...(options && { options }) };
    const adapter = value(factory.open({ ...settings, ...over }));
    opened.push(adapter);
    return adapter;
  }
  return {
    adapter: open({}),
    clock,
    open,
    admin,
    ...plays,
    keyOf: (declared) => {
      const [key] = identityKeys(factory.namesDevicesBy?.(declared) ?? declared);
      if (key === undefined) throw new Error('it has no identifier');
      return key;
    },
    fault: async (fault, endpoint) => {
      await admin('POST', '/faults', { ...fault, match: { endpoint: vendor.endpoints[endpoint] } });
    },
    close: async () => {
      for (const adapter of opened) await adapter.close();
      await simulator.close();
    },
  };
}

function adminOf(simulator: Simulator): Admin {
  return async (method, path, body) => {
    const reply = await fetch(`${simulator.adminUrl}${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${method} ${path}: ${text}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };
}

function pixel(imei: string): DeviceIdentity {
  return { imei, manufacturer: 'Google', model: 'Pixel 8' };
}

function galaxy(imei: string): DeviceIdentity {
  return { imei, manufacturer: 'Samsung', model: 'SM-S911B' };
}

/** What a call answered; fails the test when it failed. */
export function value<T>(result: Result<T> | undefined): T {
  if (result === undefined) throw new Error('the vendor cannot do this');
  if (!result.ok) throw new Error(`${result.failure.kind} ${result.failure.code}: ${result.failure.message}`);
  return result.value;
}

export const WANTED: DesiredDevice = {
  companyId: ACME,
  orderNumber: 'PO-4711',
  releasePolicy: 'Unclaim',
  onVendorRelease: 'Report',
  vendorParams: {},
};

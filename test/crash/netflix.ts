import {
  NETFLIX_CHARGE_FEEDS,
  NETFLIX_CHARGES,
  NETFLIX_DEVICE_REGISTRATIONS,
  NETFLIX_SUBSCRIPTIONS,
  VENDOR_ACCOUNTS,
  VENDOR_OPERATIONS,
} from '../../src/controllers/resources.ts';
import { SECRETS } from '../../src/kube/resource.ts';
import { startCrmComNetflix } from '../../src/simulators/crmcom-netflix/start.ts';
import { countOf } from './journaled.ts';
import { brokenChargeRules, brokenNetflixRules, keyOf, type VendorCharge } from './netflix-rules.ts';
import type { Ask, PlayedVendor } from './vendor.ts';
import type { World } from './world.ts';

/** The customer whose subscription is created, and the Secret its one-time token goes into. */
export const NEW = { customer: 'ann', secret: 'ann-token' } as const;

/** The device that is unregistered. */
export const LEAVING = 'BOX-1';

/** CRM.COM with Netflix behind it: subscriptions, devices and charges of an operator. */
export const NETFLIX: PlayedVendor = {
  accountName: 'operator',
  secretName: 'crm-login',
  origin: 'https://crm.operator.example',
  kinds: [VENDOR_ACCOUNTS, NETFLIX_SUBSCRIPTIONS, NETFLIX_DEVICE_REGISTRATIONS, NETFLIX_CHARGE_FEEDS],
  start: (clock) => startCrmComNetflix({ clock, knobs: { repeatedDevice: 'ok' } }),
  login: async (ask) => {
    const { username, password } = (await ask('POST', '/users', {})) as Readonly<Record<string, string>>;
    return { username: username ?? '', password: password ?? '' };
  },

  /** Every subscription by a look of its own, and the charges. */
  hasLooked: (made, { items = [] }) => {
    const answered = made.filter(({ status }) => status === 200);
    const shown = answered.filter(({ endpoint }) => endpoint === 'subscriptions.show');
    const seen = new Set(shown.flatMap(({ items: asked = [] }) => asked.map(keyOf)));
    return (
      items.filter((key) => key.startsWith('customer:')).every((key) => seen.has(key)) &&
      answered.some(({ endpoint }) => endpoint === 'charges.list')
    );
  },

  holdings: async (ask) => {
    const subscriptions = await subscriptionsOf(ask);
    const esns = (await ask('GET', '/esns')) as readonly { readonly esn: string }[];
    const charges = await chargesOf(ask);
    return Object.fromEntries([
      ...subscriptions.map(({ customer, state }) => [
        `customer:${customer}`,
        customer === NEW.customer ? 'created' : state,
      ]),
      ...esns.map(({ esn }) => [`esn:${esn}`, 'registered']),
      ...charges.map(({ number, acknowledged }) => [
        `charge:${number}`,
        acknowledged === null ? 'open' : 'acknowledged',
      ]),
    ]) as Readonly<Record<string, string>>;
  },

  /**
   * Where the reply of a creation was lost its token is, too, and then nobody registers; and a device whose
   * unregistration was lost is named as failed when it is asked for again (fact sheet 8.3), which a person has to settle.
   */
  alike: {
    [`NetflixSubscription/${NEW.customer}`]: ['SubscriptionActive', 'TokenLost'],
    'NetflixDeviceRegistration/boxes': ['AllRegistered', 'ReleaseFailed'],
  },
  /** A charge need not be remembered for ever; the rest as above. */
  recorded: (kind, value, key) => {
    if ((kind !== 'subscription' && kind !== 'registration') || key === `esn:${LEAVING}`) return undefined;
    if (value['token'] !== undefined) return 'created';
    const { atMs: _atMs, asked: _asked, ...rest } = value;
    return rest;
  },
  newIds: () => [],
  spent: (ledger) => ({
    destructive: countOf(ledger, 'suspend', 'cancel', 'unregister'),
  }),
  happened: (items, ledger) =>
    countOf(
      ledger.filter(({ items: asked = [] }) => asked.some((one) => items.includes(keyOf(one)))),
      'create',
    ) > 0,

  /** The subscriber registers with the token that stands in the Secret, as soon as one does. */
  play: async (world) => {
    const token = await tokenOf(world);
    const [subscription] = (await subscriptionsOf(world.ask)).filter(
      ({ customer }) => customer === NEW.customer,
    );
    if (token === undefined || subscription?.state !== 'created') return;
    await world.ask('POST', '/subscribers/register', { netflixToken: token });
  },

  brokenRules: async (world) => {
    const [ledger, charges] = [await world.ledger(), await chargesOf(world.ask)];
    return [
      ...brokenNetflixRules(ledger, await world.objects(VENDOR_OPERATIONS), world.fleet),
      ...brokenChargeRules(ledger, charges, await world.objects(NETFLIX_CHARGES)),
      ...(await brokenTokenRule(world)),
    ];
  },
};

/** A token that is said to be lost is not in its Secret. */
async function brokenTokenRule(world: World): Promise<readonly string[]> {
  const subscriptions = await world.objects(NETFLIX_SUBSCRIPTIONS);
  const isLost = subscriptions.some(({ status }) =>
    status?.conditions?.some(({ reason }) => reason === 'TokenLost'),
  );
  return isLost && (await tokenOf(world)) !== undefined
    ? ['the token is in its Secret, and is said to be lost']
    : [];
}

async function tokenOf(world: World): Promise<string | undefined> {
  const secrets = await world.objects(SECRETS);
  const token = secrets.find(({ metadata }) => metadata.name === NEW.secret)?.data?.['token'];
  return token === undefined ? undefined : Buffer.from(token, 'base64').toString('utf8');
}

async function subscriptionsOf(
  ask: Ask,
): Promise<readonly { readonly customer: string; readonly state: string }[]> {
  return (await ask('GET', '/subscribers')) as readonly { customer: string; state: string }[];
}

async function chargesOf(ask: Ask): Promise<readonly VendorCharge[]> {
  return (await ask('GET', '/charges')) as readonly VendorCharge[];
}

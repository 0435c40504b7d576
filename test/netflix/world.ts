import { setTimeout as sleep } from 'node:timers/promises';
import { installDefinitions } from '../../src/cli/local/apply.ts';
import { createChargeBook } from '../../src/controllers/netflix-charge-feed/charge-book.ts';
import { chargeStore } from '../../src/controllers/netflix-charge-feed/charge-store.ts';
import { createTokenKeeper } from '../../src/controllers/netflix-subscription/token-keeper.ts';
import { createTokenSecrets } from '../../src/controllers/netflix-subscription/token-secret.ts';
import { tokenStore } from '../../src/controllers/netflix-subscription/token-store.ts';
import { NETFLIX_CHARGES, type ServedNetflixCharge } from '../../src/controllers/resources.ts';
import {
  type DesiredRegistration,
  esnKey,
  type RegistrationVerdict,
} from '../../src/domain/registration/facts.ts';
import {
  type DesiredSubscription,
  type SubscriptionVerdict,
  subscriptionKey,
} from '../../src/domain/subscription/facts.ts';
import { type Account, createAccount } from '../../src/engine/account.ts';
import { createKubeClient } from '../../src/kube/client.ts';
import { openAccess } from '../../src/kube/config.ts';
import { createConnection } from '../../src/kube/connection.ts';
import { NAMESPACES, SECRETS } from '../../src/kube/resource.ts';
import { ok } from '../../src/ports/failure.ts';
import { RECEIPT } from '../../src/ports/receipt.ts';
import type { Records } from '../../src/ports/records.ts';
import type { LedgerEntry } from '../../src/simulators/ledger.ts';
import { crmComNetflixFactory } from '../../src/vendors/crmcom-netflix/factory.ts';
import { DEFAULT_LIMITS } from '../../src/vendors/crmcom-netflix/limits.ts';
import { type MemoryJournal, memoryJournal } from '../engine/memory-journal.ts';
import { SETTINGS } from '../engine/world.ts';
import { ledger, startWorld, type World } from '../simulators/crmcom-netflix/world.ts';
import { startTestCluster } from '../support/cluster.ts';
import { createScaledClock } from '../support/scaled-clock.ts';
import { createSystemClock } from '../support/system-clock.ts';
import { NICOSIA } from '../vendors/crmcom-netflix/installation.ts';

/**
 * The whole way of a subscription, a device and a charge: the account loop, the adapter over HTTP, a simulated
 * installation, and Secrets and NetflixCharges at a real API. Journal and records are in memory and outlive the
 * process. Time passes quickly, for us and for the vendor alike.
 */
const SPEED = 60;
const NAMESPACE = 'tv';
/** Real milliseconds that a wait may take at most: generous, since machines are shared. */
const PATIENCE_MS = 90_000;

const FEED = 'NetflixChargeFeed/tv/charges';
export const SETS = ['PROCESSED', 'NOT_PROCESSED'] as const;

export interface NetflixWorld {
  readonly vendor: World;
  readonly journal: MemoryJournal;
  readonly bugs: unknown[];
  account: Account;
  /** Starts a process. The one before must have ended. */
  start(): void;
  /** Ends the process as kill -9 does: nothing it was about to do happens. */
  kill(): void;
  subscribe(customer: string, wish?: Partial<DesiredSubscription>): void;
  subscription(customer: string): SubscriptionVerdict | undefined;
  /** Nothing but a person's word settles the last write. */
  waitsForPerson(customer: string): boolean;
  /** The texts in the Secret of a customer's token. */
  tokenOf(customer: string): Promise<string | undefined>;
  registration(esns: readonly string[], wish?: Partial<DesiredRegistration>): void;
  device(esn: string): RegistrationVerdict | undefined;
  /** What the resource is told of those that leave it. */
  releasing(): { readonly count: number; readonly codes: readonly string[] };
  /** Reads charges, records and acknowledges them. */
  drain(acknowledge?: 'Never' | 'AfterRecording'): void;
  /** Codes that the feed is told of its charges. */
  chargeCodes(): readonly string[];
  charges(): Promise<readonly ServedNetflixCharge[]>;
  /** Requests that the vendor saw at this endpoint, whatever became of them. */
  requests(endpoint: string): Promise<readonly LedgerEntry[]>;
  /** How often the endpoint took effect; of a batch, item by item. */
  effects(endpoint: string): Promise<number>;
  /** Lets that much of the vendor's time pass. */
  pass(ms: number): Promise<void>;
  until(holds: () => boolean | Promise<boolean>, what: string): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function createNetflixWorld(): Promise<NetflixWorld> {
  const clock = createScaledClock(SPEED, Date.now());
  const vendor = await startWorld({ clock: { now: () => clock.now() } });
  const cluster = await startTestCluster();
  const real = createSystemClock();
  const connection = createConnection({ access: openAccess(cluster.url), clock: real, userAgent: 'test' });
  const client = createKubeClient(connection, real);
  const { signal } = new AbortController();
  await installDefinitions(client, real, signal);
  await client.create(NAMESPACES, { metadata: { name: NAMESPACE } }, signal);
  const place = { namespace: NAMESPACE, accountName: 'operator', scope: 'scope', scopeHash: 'scope' };
  const journal = memoryJournal();
  const records = recordsInMemory();
  const bugs: unknown[] = [];
  let requests = 0;
  let process = new AbortController();
  let ended: Promise<unknown> = Promise.resolve();

  function start(): void {
    const alive = new AbortController();
    process = alive;
    const isAlive = (): boolean => alive.signal.reason !== 'killed';
    const secrets = createTokenSecrets(client);
    const tokens = createTokenKeeper();
    tokens.writeWith((secret, token, stop) => secrets.fill(secret, token, stop));
    const account = createAccount(
      {
        journal: whileAlive(journal, isAlive),
        records: whileAlive(records, isAlive),
        leadership: { fence: 1, mayWrite: isAlive, confirm: async () => true },
        clock,
        random: () => 0.5,
        newRequestKey: () => `r${(requests += 1)}`,
        stores: () => ({
          subscriptions: tokenStore(secrets, tokens),
          charges: chargeStore(client, place, createChargeBook(client, place), clock),
        }),
        onChanged: () => undefined,
        onBug: (error) => bugs.push(error),
      },
      { ...SETTINGS, settleMs: 1_000, resyncIntervalMs: 120_000 },
    );
    const { username, password, organisation } = vendor.user;
    const opened = crmComNetflixFactory({ clock, vault: tokens, mayWrite: isAlive }).open({
      endpoint: vendor.url,
      identity: { organisation },
      options: NICOSIA,
      credentials: { username, password },
      limits: { ...DEFAULT_LIMITS, requestsPerSecond: 1_000, requestsPerDay: 1_000_000 },
    });
    if (!opened.ok) throw new Error(opened.failure.message);
    account.connect(opened.value);
    account.listsAreComplete();
    ended = account.run(alive.signal);
    world.account = account;
  }

  const world: NetflixWorld = {
    vendor,
    journal,
    bugs,
    account: undefined as unknown as Account,
    start,
    kill: () => process.abort('killed'),
    subscribe(customer, wish = {}) {
      const desired: DesiredSubscription = {
        state: 'Active',
        recreateAfterCancel: false,
        releasePolicy: 'Keep',
        tokenSecretName: `${customer}-token`,
        registration: {},
        ...wish,
      };
      world.account.subscriptions.declare({ ...declaration(subscriptionOf(customer)), desired }, [
        { key: subscriptionKey({ customer }), subject: { customer } },
      ]);
    },
    subscription(customer) {
      const [told] = world.account.subscriptions.report(subscriptionOf(customer)).verdicts;
      return told?.verdict;
    },
    waitsForPerson: (customer) => {
      const { unresolved, moving } = world.account.subscriptions.report(subscriptionOf(customer));
      return unresolved && !moving;
    },
    async tokenOf(customer) {
      const found = await client.get(SECRETS, { namespace: NAMESPACE, name: `${customer}-token` }, signal);
      const text = found.ok ? found.value.data?.['token'] : undefined;
      return text === undefined ? undefined : Buffer.from(text, 'base64').toString('utf8');
    },
    registration(esns, wish = {}) {
      const group = { name: 'Demo Operator' };
      const desired = { group, releasePolicy: 'Unregister', ...wish } as const;
      const items = esns.map((esn) => {
        const parsed = esnKey(esn);
        if (!parsed.ok) throw new Error(parsed.failure.message);
        return { key: parsed.key, subject: { esn } };
      });
      world.account.registrations.declare({ ...declaration(BOXES), desired }, items);
    },
    device(esn) {
      for (const { subject, verdict } of world.account.registrations.report(BOXES).verdicts) {
        if (subject.esn === esn) return verdict;
      }
      return undefined;
    },
    releasing() {
      const { releasing, releaseFailures } = world.account.registrations.report(BOXES);
      return { count: releasing, codes: releaseFailures.map(({ failure }) => failure.code) };
    },
    drain: (acknowledge = 'AfterRecording') =>
      world.account.charges.adopt({ ...declaration(FEED), desired: { acknowledge } }, SETS),
    chargeCodes: () =>
      [...world.account.charges.report(FEED).verdicts].flatMap(({ verdict }) => verdict.code ?? []),
    async charges() {
      const page = await client.list(NETFLIX_CHARGES, { namespace: NAMESPACE, limit: 1_000 }, signal);
      if (!page.ok) throw new Error(page.failure.message);
      return page.value.items;
    },
    requests: async (endpoint) =>
      (await ledger(vendor, `?endpoint=${endpoint}`)) as unknown as readonly LedgerEntry[],
    async effects(endpoint) {
      const { body } = await vendor.admin('GET', '/counters');
      const counters = body as Readonly<Record<string, { readonly effects: number } | undefined>>;
      return counters[endpoint]?.effects ?? 0;
    },
    pass: (ms) => sleep(ms / SPEED),
    async until(holds, what) {
      const endsAt = performance.now() + PATIENCE_MS;
      while (!(await holds())) {
        if (performance.now() > endsAt) throw new Error(`waited in vain: ${what}`);
        await sleep(10);
      }
    },
    async [Symbol.asyncDispose]() {
      process.abort();
      await Promise.race([ended, sleep(2_000, undefined, { ref: false })]);
      await vendor[Symbol.asyncDispose]();
      await connection.close();
      await cluster.close();
    },
  };
  return world;
}

const BOXES = 'NetflixDeviceRegistration/tv/boxes';

function subscriptionOf(customer: string): string {
  return `NetflixSubscription/${NAMESPACE}/${customer}`;
}

function declaration(holder: string) {
  return { holder, createdAtMs: 0, suspended: false, whole: true } as const;
}

function recordsInMemory(): Records {
  const kinds = new Map<string, Map<string, unknown>>();
  return {
    load: async () =>
      ok(
        [...kinds].flatMap(([kind, values]) =>
          [...values].map(([key, value]) => ({ kind, value, keys: [key] })),
        ),
      ),
    keep: async (kind, changes) => {
      const values = kinds.get(kind) ?? new Map<string, unknown>();
      kinds.set(kind, values);
      for (const { key, value } of changes) {
        if (value === undefined) values.delete(key);
        else values.set(key, structuredClone(value));
      }
      return ok(RECEIPT);
    },
  };
}

/** The same port, which answers a dead process nothing any more. */
function whileAlive<Port extends object>(port: Port, isAlive: () => boolean): Port {
  return new Proxy(port, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]): unknown =>
        isAlive() ? Reflect.apply(value, target, args) : new Promise(() => {});
    },
  });
}

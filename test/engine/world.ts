import type { DesiredCompany } from '../../src/domain/company/facts.ts';
import { companyKey } from '../../src/domain/company/key.ts';
import type { DesiredDevice, DeviceVerdict } from '../../src/domain/device/facts.ts';
import { luhnCheckDigit } from '../../src/domain/device/identifier.ts';
import { type DeviceIdentity, identityKeys } from '../../src/domain/device/identity.ts';
import type { ItemKey } from '../../src/domain/item.ts';
import type { Random } from '../../src/domain/schedule.ts';
import { type Account, type AccountSettings, createAccount } from '../../src/engine/account.ts';
import { createTestClock, type TestClock } from '../support/clock.ts';
import { type MemoryJournal, memoryJournal } from './memory-journal.ts';
import { type MemoryRecords, memoryRecords } from './memory-records.ts';
import { type MemoryVendor, memoryVendor, type VendorOptions } from './memory-vendor.ts';

/** Everything around one account loop, in memory, with time that only the test moves. */
export interface World {
  readonly clock: TestClock;
  readonly vendor: MemoryVendor;
  readonly journal: MemoryJournal;
  readonly records: MemoryRecords;
  readonly bugs: unknown[];
  /** Resources told of, in order. */
  readonly told: string[];
  /** How often it was told that the account stands otherwise, or that of resources. */
  news: number;
  /** How often the loop lay down to rest: its number of turns. */
  turns: number;
  /** Whether this process leads. */
  leads: boolean;
  /** Whether the lease, read live, says so too. */
  confirms: boolean;
  account: Account;
  /** Starts the loop of a new process on the same vendor, journal and records. */
  start(settings?: Partial<AccountSettings>): Account;
  /** Ends the process politely. */
  stop(): Promise<void>;
  /** Ends the process as kill -9 does: nothing it was about to do happens. */
  kill(): void;
  advance(ms: number): Promise<void>;
  claim(holder: string, identities: readonly DeviceIdentity[], wishes?: Wishes): void;
  customer(holder: string, desired: DesiredCompany): void;
  verdict(holder: string, identity: DeviceIdentity): DeviceVerdict | undefined;
  states(holder: string): Readonly<Record<string, number>>;
}

interface Wishes extends Partial<DesiredDevice> {
  readonly createdAtMs?: number;
  readonly suspended?: boolean;
  readonly whole?: boolean;
}

export const SETTINGS: AccountSettings = {
  mode: 'Enforce',
  suspended: false,
  resyncIntervalMs: 3_600_000,
  concurrentRequests: 4,
  requestsPerSecond: 1_000,
  requestsPerDay: 1_000_000,
  settleMs: 60_000,
  shrinkPercent: 20,
  firstContact: 'Trust',
  guard: {
    windowMs: 3_600_000,
    budgets: {
      destructive: { maxItems: 100, maxPercent: 10, floor: 10 },
      creations: { maxItems: 0, maxPercent: 0, floor: 0 },
      irreversible: { maxItems: 0, maxPercent: 0, floor: 0 },
    },
  },
};

/** Half of every span of jitter. */
const MIDDLE = 0.5;

export function createWorld(options: Partial<VendorOptions> = {}, random: Random = () => MIDDLE): World {
  const clock = createTestClock();
  const vendor = memoryVendor(options);
  const journal = memoryJournal();
  const records = memoryRecords();
  let requests = 0;
  let process = new AbortController();
  let ended: Promise<void> = Promise.resolve();

  function start(settings: Partial<AccountSettings> = {}): Account {
    const alive = new AbortController();
    process = alive;
    const account = createAccount(
      {
        journal: { ...journal, ...untilKilled(alive.signal, journal) },
        records: { ...records, ...untilKilled(alive.signal, records) },
        leadership: { fence: 1, mayWrite: () => world.leads, confirm: async () => world.confirms },
        clock: {
          ...clock,
          sleep(ms, signal) {
            world.turns += 1;
            return clock.sleep(ms, signal);
          },
        },
        random,
        newRequestKey: () => `r${(requests += 1)}`,
        onChanged: (holders) => {
          world.news += 1;
          world.told.push(...holders);
        },
        onBug: (error) => world.bugs.push(error),
      },
      { ...SETTINGS, ...settings },
    );
    world.account = account;
    account.connect(vendor.adapter(() => clock.monotonic()));
    ended = account.run(alive.signal);
    return account;
  }

  const world: World = {
    clock,
    vendor,
    journal,
    records,
    bugs: [],
    told: [],
    news: 0,
    turns: 0,
    leads: true,
    confirms: true,
    account: undefined as unknown as Account,
    start,
    async stop() {
      process.abort();
      const end = { reached: false };
      void ended.finally(() => {
        end.reached = true;
      });
      for (let second = 0; second < 200 && !end.reached; second += 1) await clock.advance(1_000);
      if (!end.reached) throw new Error('the loop did not end');
    },
    kill() {
      world.leads = false;
      process.abort('killed');
    },
    advance: (ms) => clock.advance(ms),
    claim(holder, identities, { createdAtMs = 0, suspended = false, whole = true, ...desired } = {}) {
      world.account.devices.declare(
        { holder, createdAtMs, suspended, whole, desired: { ...PLAIN, ...desired } },
        identities.map((subject) => ({ key: keyOf(subject), subject })),
      );
    },
    customer(holder, desired) {
      world.account.companies.declare({ holder, createdAtMs: 0, suspended: false, whole: true, desired }, [
        { key: companyKey(desired), subject: desired },
      ]);
    },
    verdict(holder, identity) {
      for (const { subject, verdict } of world.account.devices.report(holder).verdicts) {
        if (keyOf(subject) === keyOf(identity)) return verdict;
      }
      return undefined;
    },
    states(holder) {
      const counts: Record<string, number> = {};
      for (const { verdict } of world.account.devices.report(holder).verdicts) {
        counts[verdict.state] = (counts[verdict.state] ?? 0) + 1;
      }
      return counts;
    },
  };
  return world;
}

/** The ports of a dead process answer nothing any more. */
function untilKilled<Port extends MemoryJournal | MemoryRecords>(
  signal: AbortSignal,
  port: Port,
): Partial<Port> {
  const methods = Object.entries(port).filter(([, value]) => typeof value === 'function');
  return Object.fromEntries(
    methods.map(([name, method]) => [
      name,
      (...args: unknown[]) =>
        signal.reason === 'killed'
          ? new Promise(() => {})
          : (method as (...args: unknown[]) => unknown)(...args),
    ]),
  ) as Partial<Port>;
}

const PLAIN: DesiredDevice = {
  companyId: 'acme',
  releasePolicy: 'Keep',
  onVendorRelease: 'Report',
  vendorParams: {},
};

/** The device of this number, with a valid IMEI. */
export function device(number: number): DeviceIdentity {
  const digits = `35${String(number).padStart(12, '0')}`;
  return { imei: digits + luhnCheckDigit(digits), manufacturer: 'Google' };
}

export function devices(from: number, count: number): readonly DeviceIdentity[] {
  return Array.from({ length: count }, (_, index) => device(from + index));
}

export function keyOf(identity: DeviceIdentity): ItemKey {
  const [key] = identityKeys(identity);
  if (key === undefined) throw new Error('a device needs an identifier');
  return key;
}

/** A running account whose lists are complete, after some time. */
export async function running(world: World, ms: number): Promise<void> {
  world.account.listsAreComplete();
  await world.advance(ms);
}

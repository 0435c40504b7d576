import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { archiveChecked } from '../../src/archive/before-deletion.ts';
import { directoryArchive } from '../../src/archive/directory.ts';
import { createDisk, type Files } from '../../src/archive/disk.ts';
import { lineStore } from '../../src/archive/line-store.ts';
import { decorateAdapter } from '../../src/cli/controller/adapter.ts';
import type { DesiredDeletion, LineVerdict, RecordedLine } from '../../src/domain/line/facts.ts';
import { lineKey, parseLineName } from '../../src/domain/line/identifier.ts';
import { type Account, type AccountSettings, createAccount } from '../../src/engine/account.ts';
import { type Around, decorate } from '../../src/observability/decorate.ts';
import { ok } from '../../src/ports/failure.ts';
import { RECEIPT } from '../../src/ports/receipt.ts';
import type { Records } from '../../src/ports/records.ts';
import type { LedgerEntry } from '../../src/simulators/ledger.ts';
import { startVerizonUws, type VerizonUwsOptions } from '../../src/simulators/verizon-uws/start.ts';
import { verizonUwsFactory } from '../../src/vendors/verizon-uws/factory.ts';
import { DEFAULT_LIMITS } from '../../src/vendors/verizon-uws/limits.ts';
import { memoryJournal } from '../engine/memory-journal.ts';
import { SETTINGS } from '../engine/world.ts';
import { adminFace } from '../support/admin-face.ts';
import { createScaledClock } from '../support/scaled-clock.ts';
import { brokenLineLaws, type Deletion } from './laws.ts';

/**
 * The whole way of a line: the account loop, the adapter over HTTP, a simulated vendor, an archive on the disk. Journal
 * and records are in memory and outlive the process. Time passes quickly, for us and for the vendor alike.
 */
export const SPEED = 60;
export const ACCOUNT = '0252067890-00001';
const SECOND_MS = 1_000;

/** Real milliseconds that a wait may take at most: generous, since machines are shared. */
const PATIENCE_MS = 120_000;

export const WISH: DesiredDeletion = {
  asks: 'gone',
  deactivate: 'IfActive',
  etfWaiver: false,
  archive: 'Required',
  usageSettlesAfterMs: 5 * SECOND_MS,
  lookbackMs: 48 * 3_600_000,
};

export const LINES_MAY_GO: AccountSettings = {
  ...SETTINGS,
  settleMs: SECOND_MS,
  resyncIntervalMs: 300 * SECOND_MS,
  guard: {
    ...SETTINGS.guard,
    budgets: { ...SETTINGS.guard.budgets, irreversible: { maxItems: 1_000, maxPercent: 0, floor: 1_000 } },
  },
};

export interface LineWorld {
  account: Account;
  readonly bugs: unknown[];
  readonly archiveDir: string;
  /** What every line is recorded as, by its key. */
  readonly recorded: ReadonlyMap<string, RecordedLine>;
  admin(method: string, path: string, body?: object): Promise<unknown>;
  ledger(endpoint: string): Promise<readonly LedgerEntry[]>;
  deletions(): Promise<readonly Deletion[]>;
  addLines(count: number, more?: object): Promise<void>;
  /** Starts a process. The one before must have ended. */
  start(life?: Life): void;
  /** Ends the process as kill -9 does: nothing it was about to do happens. */
  kill(): void;
  declare(names: readonly string[], wish?: Partial<DesiredDeletion>, holder?: string): void;
  verdict(name: string, holder?: string): LineVerdict | undefined;
  /** Waits until the line stands like this; fails with how it stands instead. */
  reaches(name: string, state: LineVerdict['state'], code?: string): Promise<LineVerdict>;
  /** Waits until the proof that the line is gone stands in the archive, too. */
  filed(name: string): Promise<void>;
  /** Lets that much of the vendor's time pass. */
  pass(ms: number): Promise<void>;
  /** What must be true of every history of this world, whatever went wrong in it. */
  checkLaws(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

interface Life {
  readonly settings?: Partial<AccountSettings>;
  readonly files?: Files;
  /** Absent archive. */
  readonly archive?: false;
  /** Put around every port. */
  readonly around?: Around;
}

/** The ICCID of the nth line of `addLines`, as a key. */
export function line(n: number): string {
  return `iccid:8914800${String(n).padStart(13, '0')}`;
}

export async function createLineWorld(options: VerizonUwsOptions = {}): Promise<LineWorld> {
  const clock = createScaledClock(SPEED, Date.now());
  const simulator = await startVerizonUws({ clock: { now: () => clock.now() }, ...options });
  const archiveDir = await mkdtemp(join(tmpdir(), 'vendorplane-lines-'));
  const journal = memoryJournal();
  const kinds = new Map<string, Map<string, unknown>>();
  let requests = 0;
  let process = new AbortController();
  let ended: Promise<unknown> = Promise.resolve();

  const admin = adminFace(simulator);
  const user = (await admin('POST', '/users', {})) as { username: string; password: string };

  const records: Records = {
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

  function start({ settings = {}, files, archive: has, around = (_call, run) => run() }: Life = {}): void {
    const alive = new AbortController();
    process = alive;
    const alone: Around = (call, run) =>
      alive.signal.reason === 'killed' ? new Promise(() => {}) : around(call, run);
    const disk = createDisk(files);
    const archive = directoryArchive({ root: archiveDir, disk, clock, tool: 'vendorplane test' });
    const account = createAccount(
      {
        journal: decorate('journal', journal, alone),
        records: decorate('records', records, alone),
        leadership: { fence: 1, mayWrite: () => alive.signal.reason !== 'killed', confirm: async () => true },
        clock,
        random: () => 0.5,
        newRequestKey: () => `r${(requests += 1)}`,
        stores: ({ lineHistories: histories, quota }) => {
          if (histories === undefined) return {};
          const own = has === false ? {} : { archive: decorate('archive', archive, alone) };
          return { lines: decorate('lines.store', lineStore({ histories, quota, clock, ...own }), alone) };
        },
        onChanged: () => undefined,
        onBug: (error) => world.bugs.push(error),
      },
      { ...LINES_MAY_GO, ...settings },
    );
    const opened = verizonUwsFactory({ clock, mayWrite: () => alive.signal.reason !== 'killed' }).open({
      endpoint: `${simulator.url}/api/v2`,
      identity: { accountName: ACCOUNT },
      credentials: user,
      limits: { ...DEFAULT_LIMITS, requestsPerSecond: 1_000, requestsPerDay: 1_000_000 },
    });
    if (!opened.ok) throw new Error(opened.failure.message);
    account.connect(
      decorateAdapter(archiveChecked(opened.value, has === false ? undefined : archive), alone),
    );
    account.listsAreComplete();
    ended = account.run(alive.signal);
    world.account = account;
  }

  const world: LineWorld = {
    account: undefined as unknown as Account,
    bugs: [],
    archiveDir,
    get recorded() {
      return (kinds.get('line') ?? new Map()) as ReadonlyMap<string, RecordedLine>;
    },
    admin,
    ledger: async (endpoint) =>
      (await admin('GET', `/ledger?endpoint=${endpoint}`)) as readonly LedgerEntry[],
    deletions: async () => (await admin('GET', '/deletions')) as readonly Deletion[],
    addLines: async (count, more = {}) => {
      await admin('POST', '/devices/generate', { count, state: 'deactive', ...more });
    },
    start,
    kill: () => process.abort('killed'),
    declare(names, wish = {}, holder = 'a') {
      const items = names.map((name) => {
        const [kind = '', identifier = ''] = name.split(':');
        const parsed = parseLineName(kind, identifier);
        if (!parsed.ok) throw new Error(parsed.failure.message);
        return { key: parsed.key, subject: parsed.name };
      });
      const desired = { ...WISH, ...wish };
      world.account.lines.declare({ holder, createdAtMs: 0, suspended: false, whole: true, desired }, items);
    },
    verdict(name, holder = 'a') {
      for (const { subject, verdict } of world.account.lines.report(holder).verdicts) {
        if (lineKey(subject) === name) return verdict;
      }
      return undefined;
    },
    async reaches(name, state, code) {
      const deadline = Date.now() + PATIENCE_MS;
      for (;;) {
        const verdict = world.verdict(name);
        if (verdict?.state === state && (code === undefined || verdict.code === code)) return verdict;
        if (Date.now() > deadline)
          throw new Error(`${name} is ${JSON.stringify(verdict)}, not ${state} ${code ?? ''}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    async filed(name) {
      const deadline = Date.now() + PATIENCE_MS;
      while (world.recorded.get(name)?.gone?.isFiled !== true) {
        if (Date.now() > deadline) throw new Error(`the proof of ${name} was not filed`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
    pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms / SPEED)),
    async checkLaws() {
      const users = (await admin('GET', '/users')) as readonly { readonly locked: boolean }[];
      const broken = await brokenLineLaws({ archiveDir, deletions: await world.deletions(), users });
      if (broken.length > 0) throw new Error(broken.join('\n'));
      if (world.bugs.length > 0) throw new Error(`faults of our own: ${String(world.bugs[0])}`);
    },
    async [Symbol.asyncDispose]() {
      process.abort();
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 2_000).unref())]);
      await simulator.close();
      await rm(archiveDir, { recursive: true, force: true });
    },
  };
  return world;
}

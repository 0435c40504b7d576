import { afterEach, expect, test } from 'vitest';
import type { ChargeRow, ChargeTypes, ObservedCharge } from '../../src/domain/charge/facts.ts';
import { type Account, createAccount } from '../../src/engine/account.ts';
import { ok } from '../../src/ports/failure.ts';
import type { ItemStore } from '../../src/ports/item-store.ts';
import type { VendorAdapter } from '../../src/ports/vendor.ts';
import { createTestClock } from '../support/clock.ts';
import { memoryJournal } from './memory-journal.ts';
import { memoryRecords } from './memory-records.ts';
import { SETTINGS } from './world.ts';

/** Charges are what adopting is for: their lists say what there is, and an acknowledgement takes it off. */

const CHARGE: ObservedCharge = {
  set: 'PROCESSED',
  customer: 'ann',
  amountMinor: 599,
  currency: 'EUR',
  status: 'APPROVED',
  asReceived: {},
};
const FEED = { holder: 'NetflixChargeFeed/tv/charges', createdAtMs: 0, suspended: false, whole: true };

const running: AbortController[] = [];
afterEach(() => {
  for (const process of running.splice(0)) process.abort();
});

function createFeed(records = memoryRecords(), pageSize = Number.POSITIVE_INFINITY) {
  const clock = createTestClock();
  const listed = new Set<string>();
  const stored: string[] = [];
  const acknowledged: string[] = [];
  const bugs: unknown[] = [];
  let pages = 0;
  /** The page behind this number; acknowledged charges leave the list, and no others move. */
  const page = (after = ''): { readonly rows: readonly ChargeRow[]; readonly next?: string } => {
    pages += 1;
    const numbers = [...listed].filter((number) => number > after).slice(0, pageSize);
    const rows = numbers.map((number) => ({ number, charge: CHARGE }));
    const last = numbers.at(-1);
    return numbers.length < pageSize || last === undefined ? { rows } : { rows, next: last };
  };
  const adapter: VendorAdapter = {
    charges: {
      check: () => undefined,
      sets: {
        pageSize: 50,
        readPage: async (set, cursor) => ok(set === 'PROCESSED' ? page(cursor) : { rows: [] }),
      },
      writer: {
        verbs: {
          acknowledgeCharge: {
            repeat: 'afterProof',
            effect: 'additive',
            maxItemsPerCall: 50,
            visibilityMs: 0,
          },
        },
        partition: () => ({}),
        send: async ({ items }) => {
          for (const { subject, desired } of items) {
            if (desired.receipt === undefined) throw new Error('no receipt');
            acknowledged.push(subject.number);
            listed.delete(subject.number);
          }
          return ok({ is: 'answered', outcomes: items.map(({ key }) => ({ key })) });
        },
      },
    },
    quota: {
      availableAt: () => 0,
      within: (request) => request(),
      snapshot: () => ({ windowRemaining: 1, dayRemaining: 1 }),
    },
    close: async () => {},
  };
  const store: ItemStore<ChargeTypes> = {
    with: 'own',
    maxItems: 500,
    store: async (items) =>
      ok(
        items.map(({ key, holder, recorded }) => {
          stored.push(`${key} ${recorded?.is ?? 'new'}`);
          const receipt = { uid: key, customer: 'ann', referenceNumber: key };
          if (recorded?.is === 'acknowledged') return { key, record: undefined };
          return {
            key,
            record: { is: 'recorded', holder, set: 'PROCESSED', status: 'APPROVED', receipt },
          } as const;
        }),
      ),
  };
  let keys = 0;
  const process = new AbortController();
  running.push(process);
  const account: Account = createAccount(
    {
      journal: memoryJournal(),
      records,
      leadership: { fence: 1, mayWrite: () => true, confirm: async () => true },
      clock,
      random: () => 0.5,
      newRequestKey: () => `r${(keys += 1)}`,
      stores: () => ({ charges: store }),
      onChanged: () => {},
      onBug: (error) => bugs.push(error),
    },
    { ...SETTINGS, resyncIntervalMs: 60_000 },
  );
  account.connect(adapter);
  account.listsAreComplete();
  void account.run(process.signal);
  const adopt = (acknowledge: 'Never' | 'AfterRecording', suspended = false): void => {
    account.charges.adopt({ ...FEED, suspended, desired: { acknowledge } }, ['PROCESSED']);
  };
  const states = (): readonly string[] =>
    [...account.charges.report(FEED.holder).verdicts].map(({ verdict }) => verdict.state);
  const known = (): readonly string[] => {
    const all: string[] = [];
    account.charges.survey(({ key }) => all.push(key));
    return all.filter((key) => key !== '');
  };
  const pagesRead = (): number => pages;
  return { account, clock, listed, stored, acknowledged, bugs, adopt, states, known, records, pagesRead };
}

test('whatever a set shows is declared by the resource that adopts it, newcomers too', async () => {
  const feed = createFeed();
  feed.listed.add('I1').add('I2');
  feed.adopt('Never');
  await feed.clock.advance(10_000);
  expect(feed.states()).toEqual(['recorded', 'recorded']);
  feed.listed.add('I3');
  await feed.clock.advance(120_000);
  expect(feed.states()).toHaveLength(3);
  expect(feed.acknowledged).toEqual([]);
  expect(feed.bugs).toEqual([]);
});

test('a charge is stored before it is acknowledged, once each, and forgotten when nothing is left to do', async () => {
  const feed = createFeed();
  for (const number of ['I1', 'I2', 'I3']) feed.listed.add(number);
  feed.adopt('AfterRecording');
  await feed.clock.advance(60_000);
  expect([...feed.acknowledged].sort()).toEqual(['I1', 'I2', 'I3']);
  expect(feed.stored.slice(0, 3).every((text) => text.endsWith('new'))).toBe(true);
  expect(feed.stored.slice(3).sort()).toEqual(
    ['I1', 'I2', 'I3'].map((number) => `charge:${number} acknowledged`),
  );
  await feed.clock.advance(240_000);
  expect(feed.known()).toEqual([]);
  expect(feed.states()).toEqual([]);
  expect(feed.bugs).toEqual([]);
});

test('the place of a forgotten item serves the next one, and nothing of the first clings to it', async () => {
  const feed = createFeed();
  feed.adopt('AfterRecording');
  for (let round = 0; round < 4; round += 1) {
    for (const number of ['a', 'b', 'c']) feed.listed.add(`${number}${round}`);
    await feed.clock.advance(300_000);
  }
  expect(new Set(feed.acknowledged).size).toBe(12);
  expect(feed.acknowledged).toHaveLength(12);
  expect(feed.known()).toEqual([]);
  expect(feed.bugs).toEqual([]);
});

test('what is recorded and not written down yet stays declared after a restart, though no set shows it', async () => {
  const records = memoryRecords();
  const receipt = { uid: 'u', customer: 'ann', referenceNumber: 'r' };
  const value = { is: 'acknowledged', holder: FEED.holder, set: 'PROCESSED', status: 'APPROVED', receipt };
  await records.keep('charge', [{ key: 'charge:I9', value }], new AbortController().signal);
  const feed = createFeed(records);
  feed.adopt('AfterRecording');
  await feed.clock.advance(30_000);
  expect(feed.stored).toEqual(['charge:I9 acknowledged']);
  expect(feed.acknowledged).toEqual([]);
});

test('of a long list no more is held than is on its way, and each page is read once', async () => {
  const [count, pageSize] = [20_000, 500];
  const feed = createFeed(memoryRecords(), pageSize);
  for (let number = 0; number < count; number += 1) feed.listed.add(`I${String(number).padStart(6, '0')}`);
  feed.adopt('AfterRecording');
  let most = 0;
  for (let turns = 0; feed.acknowledged.length < count && turns < 2_000; turns += 1) {
    await feed.clock.advance(50);
    // As its controller does whenever it is told of news.
    feed.adopt('AfterRecording');
    most = Math.max(most, feed.known().length);
  }
  expect(feed.acknowledged).toHaveLength(count);
  expect(new Set(feed.acknowledged).size).toBe(count);
  // What waits, what is being stored and written, and what was over since the last look.
  expect(most).toBeLessThan(count / 2);
  expect(feed.pagesRead()).toBeLessThanOrEqual(count / pageSize + 1);
  expect(feed.bugs).toEqual([]);
});

test('declaring the same again plans nothing, however much is recorded', async () => {
  const feed = createFeed();
  for (let number = 0; number < 3_000; number += 1) feed.listed.add(`I${number}`);
  feed.adopt('Never');
  await feed.clock.advance(30_000);
  expect(feed.states()).toHaveLength(3_000);
  const planned = feed.account.summary().plannedItems;
  for (let pass = 0; pass < 50; pass += 1) feed.adopt('Never');
  await feed.clock.advance(1_000);
  expect(feed.account.summary().plannedItems).toBe(planned);
});

test('a suspended or forgotten resource starts nothing', async () => {
  const feed = createFeed();
  feed.listed.add('I1');
  feed.adopt('AfterRecording', true);
  await feed.clock.advance(30_000);
  expect(feed.account.charges.report(FEED.holder).held).toBe('ResourceSuspended');
  feed.account.charges.forget(FEED.holder);
  feed.listed.add('I2');
  await feed.clock.advance(120_000);
  expect(feed.stored).toEqual([]);
  expect(feed.states()).toEqual([]);
});

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

function createFeed(records = memoryRecords()) {
  const clock = createTestClock();
  const listed = new Set<string>();
  const stored: string[] = [];
  const acknowledged: string[] = [];
  const bugs: unknown[] = [];
  const rows = (): readonly ChargeRow[] => [...listed].map((number) => ({ number, charge: CHARGE }));
  const adapter: VendorAdapter = {
    charges: {
      check: () => undefined,
      sets: {
        pageSize: 50,
        readPage: async (set) => ok({ rows: set === 'PROCESSED' ? rows() : [] }),
      },
      writer: {
        verbs: {
          acknowledgeCharge: {
            repeat: 'afterProof',
            effect: 'additive',
            maxItemsPerCall: 2,
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
    maxItems: 10,
    store: async (items) =>
      ok(
        items.map(({ key, holder, recorded }) => {
          stored.push(`${key} ${recorded?.is ?? 'new'}`);
          const receipt = { uid: key, customer: 'ann', referenceNumber: key };
          const is = recorded?.is === 'acknowledged' ? ('done' as const) : ('recorded' as const);
          return { key, record: { is, holder, set: 'PROCESSED', status: 'APPROVED', receipt } } as const;
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
  return { account, clock, listed, stored, acknowledged, bugs, adopt, states, known, records };
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

import { describe, expect, test } from 'vitest';
import { beginGathering, type GatherParts, gather, namesToAskBy } from '../../src/archive/gather.ts';
import { type QuotaLimits, type RequestQuota, requestQuota } from '../../src/http/quota.ts';
import { failed, ok } from '../../src/ports/failure.ts';
import type { HistoryQuery, HistoryRow, LineHistories } from '../../src/ports/line-histories.ts';
import { createTestClock } from '../support/clock.ts';
import { PHONE, SIM } from './histories.ts';

const { signal } = new AbortController();
const PAGE_ROWS = 5;
const END_MS = 1_000_000;

interface PastRow {
  readonly atMs: number;
  readonly text: string;
}

/** A vendor with one past for every name, which shows a few rows at once, in no order. */
function vendor(past: readonly PastRow[], fails: (query: HistoryQuery) => boolean = () => false) {
  const asked: HistoryQuery[] = [];
  const histories: LineHistories = {
    accountName: 'a',
    windowMs: { usage: 400_000, connection: 100_000, provisioning: 10_000_000 },
    async read(query) {
      asked.push(query);
      if (fails(query)) return failed({ kind: 'transient', code: 'SLOW', message: 'too slow' });
      const found =
        query.history === 'usage'
          ? past.filter(({ atMs }) => atMs >= query.earliestMs && atMs <= query.latestMs)
          : [];
      const rows = found
        .slice(0, PAGE_ROWS)
        .reverse()
        .map(({ atMs, text }): HistoryRow => ({ at: new Date(atMs).toISOString(), content: text }));
      return ok({ rows, isComplete: found.length <= PAGE_ROWS });
    },
    describe: () => Promise.resolve(ok({})),
  };
  return { asked, histories };
}

function quotaOf(limits: Pick<QuotaLimits, 'requestsPerSecond'>, clock = createTestClock()): RequestQuota {
  return requestQuota({ requestsPerDay: 1_000_000, concurrentRequests: 4, ...limits }, clock);
}

function parts(histories: LineHistories): GatherParts {
  return { histories, quota: quotaOf({ requestsPerSecond: 1_000_000 }) };
}

async function texts(past: readonly PastRow[], names = [PHONE]): Promise<readonly unknown[]> {
  const { histories } = vendor(past);
  const result = await gather(parts(histories), beginGathering(histories, names, 0, END_MS), signal);
  if (!result.ok) throw new Error(result.failure.code);
  return result.value.usage.map(({ content }) => content);
}

describe('a history that is read through', () => {
  test('has every row once and in the order of time, however the vendor pages', async () => {
    const past = Array.from({ length: 60 }, (_, index) => ({
      atMs: (index * 7_919) % END_MS,
      text: `row ${index}`,
    }));
    const inOrder = past.toSorted((a, b) => a.atMs - b.atMs).map(({ text }) => text);
    expect(await texts(past)).toEqual(inOrder);
  });

  test('has rows at the very ends of the range and of every window', async () => {
    const ends = [0, 399_999, 400_000, 799_999, 800_000, END_MS];
    expect(await texts(ends.map((atMs) => ({ atMs, text: String(atMs) })))).toEqual(ends.map(String));
  });

  test('has rows that are alike as often as they happened', async () => {
    const past = Array.from({ length: 4 }, () => ({ atMs: 5_000, text: 'alike' }));
    expect(await texts(past, [PHONE, SIM])).toEqual(['alike', 'alike', 'alike', 'alike']);
  });

  test('has what the vendor shows under one name only', async () => {
    const { histories } = vendor([]);
    const under: LineHistories = {
      ...histories,
      read: ({ line, history, earliestMs }) => {
        const rows =
          history === 'usage' && earliestMs === 0 ? [{ at: '1970-01-01T00:00:01Z', content: line.kind }] : [];
        return Promise.resolve(ok({ rows, isComplete: true }));
      },
    };
    const result = await gather(parts(under), beginGathering(under, [PHONE, SIM], 0, END_MS), signal);
    expect(new Set(result.ok ? result.value.usage.map(({ content }) => content) : [])).toEqual(
      new Set(['imei', 'iccid']),
    );
  });

  test('is not whole when one instant has more rows than a reply: no receipt for it', async () => {
    const { histories } = vendor(
      Array.from({ length: 6 }, (_, index) => ({ atMs: 5_000, text: `${index}` })),
    );
    expect(
      await gather(parts(histories), beginGathering(histories, [PHONE], 0, END_MS), signal),
    ).toMatchObject({
      ok: false,
      failure: { code: 'HISTORY_NOT_PAGEABLE' },
    });
  });

  test('goes on with the very query that failed, and asks nothing twice that was answered', async () => {
    let isSlow = true;
    const { histories, asked } = vendor(
      [{ atMs: 450_000, text: 'late' }],
      ({ earliestMs }) => isSlow && earliestMs === 400_000,
    );
    const gathering = beginGathering(histories, [PHONE], 0, END_MS);
    expect(await gather(parts(histories), gathering, signal)).toMatchObject({ failure: { code: 'SLOW' } });
    const failedAt = asked.length - 1;
    isSlow = false;
    const result = await gather(parts(histories), gathering, signal);
    expect(result.ok && result.value.usage).toHaveLength(1);
    expect(asked[failedAt + 1]).toEqual(asked[failedAt]);
    const others = asked.filter((_, index) => index !== failedAt).map((query) => JSON.stringify(query));
    expect(new Set(others).size).toBe(others.length);
  });

  test('waits for our own quota, and leaves the vendor’s wish to wait to the account', async () => {
    const { histories, asked } = vendor([]);
    const clock = createTestClock();
    const quota = quotaOf({ requestsPerSecond: 1 }, clock);
    const limited: LineHistories = {
      ...histories,
      async read(query, readSignal) {
        const permit = await quota.take();
        if (!permit.ok) return permit;
        permit.value.release();
        return await histories.read(query, readSignal);
      },
    };
    const reading = gather({ histories: limited, quota }, beginGathering(limited, [PHONE], 0, 1), signal);
    await clock.advance(3_000);
    expect(await reading).toMatchObject({ ok: true });
    expect(asked).toHaveLength(3);
    quota.pause(60_000);
    expect(
      await gather({ histories: limited, quota }, beginGathering(limited, [PHONE], 0, 1), signal),
    ).toMatchObject({ failure: { kind: 'throttled', code: 'VENDOR_PAUSE' } });
  });
});

test('a past is asked for by phone and SIM where they are known, else by the declared name', () => {
  const esn = { kind: 'esn', identifier: '09005470263' } as const;
  expect(namesToAskBy(SIM, { imei: PHONE.identifier, iccid: SIM.identifier })).toEqual([PHONE, SIM]);
  expect(namesToAskBy(SIM, { iccid: SIM.identifier })).toEqual([SIM]);
  expect(namesToAskBy(esn, { esn: esn.identifier })).toEqual([esn]);
});

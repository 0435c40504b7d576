import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VENDOR_RECORDS } from '../../../src/controllers/resources.ts';
import { createDayBook } from '../../../src/controllers/vendor-record/day-book.ts';
import { recordedOwner } from '../../../src/controllers/vendor-record/owner.ts';
import { createRecords } from '../../../src/controllers/vendor-record/records.ts';
import { sharedRecords } from '../../../src/controllers/vendor-record/shared-records.ts';
import { requestQuota } from '../../../src/http/quota.ts';
import type { KubeClient } from '../../../src/kube/client.ts';
import type { DayBook } from '../../../src/ports/day-book.ts';
import { failed } from '../../../src/ports/failure.ts';
import { manualClock } from '../../http/manual-clock.ts';
import { createSystemClock } from '../../support/system-clock.ts';
import { clientWith, startTestKube, type TestKube, valueOf } from '../support/kube.ts';

let kube: TestKube;
beforeAll(async () => {
  kube = await startTestKube();
});
afterAll(() => kube.close());

const HOUR_MS = 3_600_000;
const HOUR = 500_000;
const NOW_MS = HOUR * HOUR_MS;

/** The book of a scope in a new process; each test has a scope of its own. */
function bookOf(
  accountKey: string,
  scopeHash: string,
  nowMs: () => number = () => NOW_MS,
  client: KubeClient = kube.client,
): DayBook {
  const records = sharedRecords(
    {
      recordedOwner: (hash, signal) => recordedOwner(client, hash, signal),
      openRecords: (place) => createRecords(client, place, () => 1, createSystemClock()),
    },
    accountKey,
    { scope: 'Google x', scopeHash },
  );
  return createDayBook(records, nowMs);
}

/** Hour to requests. */
async function countedBy(book: DayBook): Promise<Readonly<Record<number, number>>> {
  const hours = valueOf(await book.read(kube.signal));
  return Object.fromEntries(hours.map(({ hour, requests }) => [hour, requests]));
}

describe('the requests of a day', () => {
  test('are known to a new process, with what was reserved and less what was given back', async () => {
    await kube.namespace('kept');
    const book = bookOf('kept/a', '00000000000a');
    expect(await countedBy(book)).toEqual({});
    valueOf(await book.reserve({ hour: HOUR - 1, requests: 4 }, kube.signal));
    valueOf(await book.reserve({ hour: HOUR - 1, requests: 8 }, kube.signal));
    const unused = { hour: HOUR - 1, requests: 5 };
    valueOf(await book.reserve({ hour: HOUR, requests: 8, unused }, kube.signal));
    expect(await countedBy(bookOf('kept/a', '00000000000a'))).toEqual({ [HOUR - 1]: 7, [HOUR]: 8 });
  });

  test('stand in one record, however many days pass', async () => {
    const namespace = await kube.namespace('days');
    let nowMs = NOW_MS;
    const book = bookOf('days/a', '00000000000b', () => nowMs);
    for (let hour = HOUR; hour < HOUR + 72; hour += 6) {
      nowMs = hour * HOUR_MS;
      valueOf(await book.reserve({ hour, requests: 3 }, kube.signal));
    }
    const page = valueOf(await kube.client.list(VENDOR_RECORDS, { namespace, limit: 10 }, kube.signal));
    expect(page.items.map(({ spec }) => [spec.content, spec.vendorScope])).toEqual([
      ['GuardLedger', 'Google x'],
    ]);
    const counted = await countedBy(bookOf('days/a', '00000000000b', () => nowMs));
    expect(Object.keys(counted).map((hour) => Number(hour) - HOUR)).toEqual([42, 48, 54, 60, 66]);
  });

  test('are found by an account of the same scope in another namespace', async () => {
    await kube.namespace('before');
    await kube.namespace('after');
    valueOf(await bookOf('before/a', '00000000000c').reserve({ hour: HOUR, requests: 9 }, kube.signal));
    const book = bookOf('after/a', '00000000000c');
    expect(await countedBy(book)).toEqual({ [HOUR]: 9 });
    valueOf(await book.reserve({ hour: HOUR, requests: 1 }, kube.signal));
    expect(await countedBy(bookOf('before/a', '00000000000c'))).toEqual({ [HOUR]: 10 });
  });

  test('are right after a write of which nobody knows whether it happened', async () => {
    await kube.namespace('lost');
    let isLost = true;
    const losing = clientWith(kube.client, {
      replace: async (type, draft, signal) => {
        const written = await kube.client.replace(type, draft, signal);
        if (!isLost) return written;
        isLost = false;
        return failed({ kind: 'unknownOutcome', code: 'CONNECTION_RESET', message: 'lost' });
      },
    });
    const book = bookOf('lost/a', '00000000000d', () => NOW_MS, losing);
    valueOf(await book.reserve({ hour: HOUR, requests: 4 }, kube.signal));
    expect((await book.reserve({ hour: HOUR, requests: 8 }, kube.signal)).ok).toBe(false);
    valueOf(await book.reserve({ hour: HOUR, requests: 2 }, kube.signal));
    expect(await countedBy(bookOf('lost/a', '00000000000d'))).toEqual({ [HOUR]: 6 });
  });

  test('are known to the next way to the vendor in the same process', async () => {
    await kube.namespace('two');
    const clock = manualClock();
    const book = bookOf('two/a', '00000000000e', () => clock.now());
    const limits = { requestsPerSecond: 100, requestsPerDay: 20, concurrentRequests: 100 };
    let taken = 0;
    for (let opening = 0; opening < 3; opening += 1) {
      // The one before is closed when an account is opened anew.
      const quota = requestQuota(limits, clock, book);
      for (let i = 0; i < 15; i += 1) if ((await quota.take()).ok) taken += 1;
    }
    expect(taken).toBeGreaterThanOrEqual(15);
    expect(taken).toBeLessThanOrEqual(20);
  });
});

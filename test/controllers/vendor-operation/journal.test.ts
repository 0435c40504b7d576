import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FINISHED_DAY_LABEL, OPEN_LABEL, VENDOR_OPERATIONS } from '../../../src/controllers/resources.ts';
import { createJournal } from '../../../src/controllers/vendor-operation/journal.ts';
import type { KubeClient } from '../../../src/kube/client.ts';
import { failed } from '../../../src/ports/failure.ts';
import type { Journal, OperationFacts, OperationIntent } from '../../../src/ports/journal.ts';
import { imei } from '../../support/fleet.ts';
import { clientWith, startTestKube, type TestKube, valueOf } from '../support/kube.ts';

let kube: TestKube;
beforeAll(async () => {
  kube = await startTestKube();
});
afterAll(() => kube.close());

function journalIn(namespace: string, client: KubeClient = kube.client, scopeHash = '0123456789ab'): Journal {
  return createJournal(client, { namespace, accountName: 'google', scopeHash });
}

function intent(requestKey: string, count = 3): OperationIntent {
  const keys = Array.from({ length: count }, (_, n) => `imei:${imei(n)}`);
  const records = [{ value: recordOf('phones'), items: `0-${count - 1}` }];
  return { requestKey, verb: 'claim', partition: { customer: '987654' }, keys, records, fence: 7 };
}

function recordOf(claim: string): object {
  return {
    companyId: '987654',
    holder: `DeviceClaim/fleet/${claim}`,
    releasePolicy: 'Unclaim',
    how: 'Claimed',
  };
}

const INTENDED: OperationFacts = {
  state: 'Intended',
  vendorOperationIds: [],
  succeeded: 0,
  failed: 0,
  outcomes: [],
};
const SUBMITTED: OperationFacts = {
  ...INTENDED,
  state: 'Submitted',
  vendorOperationIds: ['op-1'],
  submittedAtMs: 1_700_000_000_000,
};
const DONE: OperationFacts = {
  ...SUBMITTED,
  state: 'CompleteWithErrors',
  finishedAtMs: 1_700_000_005_000,
  succeeded: 2,
  failed: 1,
  outcomes: [{ code: 'INVALID_MODEL', message: 'no', count: 1, items: '2' }],
};

describe('an intent', () => {
  test('comes back as it was written, before anything else is known of it', async () => {
    const journal = journalIn(await kube.namespace('intent'));
    const { name } = valueOf(await journal.intend(intent('k1'), kube.signal));
    expect(name).toBe('vop-k1');
    expect(valueOf(await journal.open(kube.signal))).toEqual([
      { name, intent: intent('k1'), facts: INTENDED },
    ]);
  });

  test('written twice, because the first answer was lost, is one operation', async () => {
    const namespace = await kube.namespace('twice');
    const losing = clientWith(kube.client, {
      create: async (type, draft, signal) => {
        await kube.client.create(type, draft, signal);
        return failed({ kind: 'unknownOutcome', code: 'RESET', message: 'the answer was lost' });
      },
    });
    const lost = await journalIn(namespace, losing).intend(intent('k1'), kube.signal);
    expect(lost).toMatchObject({ ok: false, failure: { kind: 'transient' } });
    const again = await journalIn(namespace).intend(intent('k1'), kube.signal);
    expect(again).toEqual({ ok: true, value: { name: 'vop-k1' } });
    expect(valueOf(await journalIn(namespace).open(kube.signal))).toHaveLength(1);
  });

  test('is never written over an operation with another request key', async () => {
    const namespace = await kube.namespace('foreign');
    await journalIn(namespace).intend(intent('k1'), kube.signal);
    const renamed = clientWith(kube.client, {
      create: (type, draft, signal) =>
        kube.client.create(type, { ...draft, metadata: { ...draft.metadata, name: 'vop-k1' } }, signal),
      get: (type, ref, signal) => kube.client.get(type, { ...ref, name: 'vop-k1' }, signal),
    });
    const foreign = await journalIn(namespace, renamed).intend(intent('k2'), kube.signal);
    expect(foreign).toMatchObject({ ok: false, failure: { kind: 'conflict', code: 'ForeignOperation' } });
  });

  test('of 10,000 items fits', async () => {
    const journal = journalIn(await kube.namespace('large'));
    valueOf(await journal.intend(intent('k1', 10_000), kube.signal));
    const [entry] = valueOf(await journal.open(kube.signal));
    expect(entry?.intent.keys).toHaveLength(10_000);
  });

  test('of 10,000 items without a pattern fits, sent for as many resources as one intent names', async () => {
    const journal = journalIn(await kube.namespace('crowded'));
    const keys = Array.from({ length: 10_000 }, (_, n) => `esn:${noise(n, 36)}`);
    // 600,000 characters of records are the most that the engine puts into one intent.
    const records = Array.from({ length: 1_700 }, (_, n) => ({
      value: recordOf(noise(n, 253)),
      items: `${n}`,
    }));
    valueOf(await journal.intend({ ...intent('k1'), keys, records }, kube.signal));
    const [entry] = valueOf(await journal.open(kube.signal));
    expect(entry?.intent).toMatchObject({ keys, records });
  });
});

describe('what becomes of an operation', () => {
  test('is written whole, and can be written again', async () => {
    const journal = journalIn(await kube.namespace('noted'));
    const { name } = valueOf(await journal.intend(intent('k1'), kube.signal));
    for (let times = 0; times < 2; times += 1) valueOf(await journal.note(name, SUBMITTED, kube.signal));
    expect(valueOf(await journal.open(kube.signal))).toMatchObject([{ name, facts: SUBMITTED }]);
  });

  test('once finished is not open any more, and loses its label', async () => {
    const namespace = await kube.namespace('finished');
    const journal = journalIn(namespace);
    const { name } = valueOf(await journal.intend(intent('k1'), kube.signal));
    valueOf(await journal.intend(intent('k2'), kube.signal));
    valueOf(await journal.note(name, DONE, kube.signal));
    expect(valueOf(await journal.open(kube.signal)).map((entry) => entry.name)).toEqual(['vop-k2']);
    const standing = valueOf(await kube.client.get(VENDOR_OPERATIONS, { namespace, name }, kube.signal));
    expect(standing.metadata.labels).not.toHaveProperty(OPEN_LABEL);
    expect(standing.metadata.labels).toMatchObject({ [FINISHED_DAY_LABEL]: '2023-11-14' });
    expect(standing.status).toMatchObject({
      state: 'CompleteWithErrors',
      results: { succeeded: 2, failed: 1 },
    });
  });

  test('is finished although the stop came before its label was taken away', async () => {
    const namespace = await kube.namespace('labelled');
    const stopped = clientWith(kube.client, {
      mergePatch: async () => failed({ kind: 'transient', code: 'STOPPED', message: 'stopped' }),
    });
    const { name } = valueOf(await journalIn(namespace).intend(intent('k1'), kube.signal));
    expect(await journalIn(namespace, stopped).note(name, DONE, kube.signal)).toMatchObject({ ok: false });
    expect(valueOf(await journalIn(namespace).open(kube.signal))).toEqual([]);
    const standing = valueOf(await kube.client.get(VENDOR_OPERATIONS, { namespace, name }, kube.signal));
    expect(standing.metadata.labels).toMatchObject({ [FINISHED_DAY_LABEL]: '2023-11-14' });
    valueOf(await journalIn(namespace).note(name, DONE, kube.signal));
  });
});

describe('what is open', () => {
  test('is read over many pages, and only of this vendor scope', async () => {
    const namespace = await kube.namespace('pages');
    const journal = journalIn(namespace);
    for (let n = 0; n < 45; n += 1) valueOf(await journal.intend(intent(`k${n}`), kube.signal));
    valueOf(await journalIn(namespace, kube.client, 'ffffffffffff').intend(intent('other'), kube.signal));
    const names = valueOf(await journal.open(kube.signal)).map(({ name }) => name);
    expect(new Set(names).size).toBe(45);
    expect(names).not.toContain('vop-other');
  });

  test('is not known while one of its pages cannot be read', async () => {
    const namespace = await kube.namespace('half');
    for (let n = 0; n < 25; n += 1) valueOf(await journalIn(namespace).intend(intent(`k${n}`), kube.signal));
    const halting = clientWith(kube.client, {
      list: (type, page, signal) =>
        page.continueToken === undefined
          ? kube.client.list(type, page, signal)
          : Promise.resolve(failed({ kind: 'transient', code: 'HTTP_503', message: 'away' })),
    });
    expect(await journalIn(namespace, halting).open(kube.signal)).toMatchObject({ ok: false });
  });

  test.each([{ field: 'itemsGzip' }, { field: 'recordsGzip' }])(
    'is refused as a whole when $field of an operation cannot be understood: it may be under way',
    async ({ field }) => {
      const namespace = await kube.namespace(`unreadable-${field.toLowerCase()}`);
      const tampering = clientWith(kube.client, {
        list: async (type, page, signal) => {
          const listed = await kube.client.list(type, page, signal);
          if (!listed.ok) return listed;
          const items = listed.value.items.map((item) => ({
            ...item,
            spec: { ...(item.spec as object), [field]: 'AAAA' },
          }));
          return { ok: true, value: { ...listed.value, items } };
        },
      });
      valueOf(await journalIn(namespace).intend(intent('k1'), kube.signal));
      expect(await journalIn(namespace, tampering).open(kube.signal)).toMatchObject({
        ok: false,
        failure: { code: 'OperationUnreadable', message: expect.stringContaining('vop-k1') as unknown },
      });
    },
  );
});

/** Characters of a name that compress badly, the same for the same number. */
function noise(seed: number, length: number): string {
  let state = seed + 1;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return (state % 36).toString(36);
  }).join('');
}

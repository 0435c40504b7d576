import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VENDOR_RECORDS } from '../../../src/controllers/resources.ts';
import { recordedOwner } from '../../../src/controllers/vendor-record/owner.ts';
import { createRecords } from '../../../src/controllers/vendor-record/records.ts';
import type { KubeClient } from '../../../src/kube/client.ts';
import { failed } from '../../../src/ports/failure.ts';
import type { RecordGroup, Records } from '../../../src/ports/records.ts';
import { createSystemClock } from '../../support/system-clock.ts';
import { clientWith, startTestKube, type TestKube, valueOf } from '../support/kube.ts';

let kube: TestKube;
beforeAll(async () => {
  kube = await startTestKube();
});
afterAll(() => kube.close());

const SCOPE_HASH = '0123456789ab';
const A = { companyId: '1' };
const B = { companyId: '2' };

function recordsIn(namespace: string, client: KubeClient = kube.client): Records {
  return createRecords(
    client,
    { namespace, accountName: 'google', scope: 'Google x', scopeHash: SCOPE_HASH },
    () => 3,
    createSystemClock(),
  );
}

/** Key to value over all groups of a kind. */
function content(groups: readonly RecordGroup[], kind = 'device'): Readonly<Record<string, unknown>> {
  const own = groups.filter((group) => group.kind === kind);
  return Object.fromEntries(own.flatMap(({ value, keys }) => keys.map((key) => [key, value])));
}

async function slices(namespace: string): Promise<readonly string[]> {
  const page = valueOf(await kube.client.list(VENDOR_RECORDS, { namespace, limit: 500 }, kube.signal));
  return page.items.map(({ spec }) => spec.slice).sort();
}

/** Keys that compress badly, so that few of them fill a slice. */
function bulk(count: number): readonly { readonly key: string; readonly value: unknown }[] {
  return Array.from({ length: count }, () => ({
    key: `serial:${randomBytes(30).toString('base64url')}`,
    value: A,
  }));
}

describe('records', () => {
  test('nothing recorded is nothing known', async () => {
    expect(valueOf(await recordsIn(await kube.namespace('empty')).load(kube.signal))).toEqual([]);
  });

  test('come back to a new process, by kind; a removed one does not', async () => {
    const namespace = await kube.namespace('kept');
    const records = recordsIn(namespace);
    valueOf(
      await records.keep(
        'device',
        [
          { key: 'imei:1', value: A },
          { key: 'imei:2', value: B },
        ],
        kube.signal,
      ),
    );
    valueOf(await records.keep('company', [{ key: 'id:1', value: A }], kube.signal));
    valueOf(
      await records.keep(
        'device',
        [
          { key: 'imei:2', value: undefined },
          { key: 'imei:3', value: A },
        ],
        kube.signal,
      ),
    );
    const loaded = valueOf(await recordsIn(namespace).load(kube.signal));
    expect(content(loaded)).toEqual({ 'imei:1': A, 'imei:3': A });
    expect(content(loaded, 'company')).toEqual({ 'id:1': A });
  });

  test('kept side by side do not undo each other', async () => {
    const namespace = await kube.namespace('side-by-side');
    const records = recordsIn(namespace);
    const keeps = Array.from({ length: 20 }, (_, n) =>
      records.keep('device', [{ key: `imei:${n}`, value: A }], kube.signal),
    );
    for (const kept of await Promise.all(keeps)) valueOf(kept);
    expect(Object.keys(content(valueOf(await recordsIn(namespace).load(kube.signal))))).toHaveLength(20);
  });

  test('that are kept while another write is under way travel together', async () => {
    const namespace = await kube.namespace('together');
    let writes = 0;
    const counting = clientWith(kube.client, {
      create: (type, draft, signal) => {
        writes += 1;
        return kube.client.create(type, draft, signal);
      },
      replace: (type, draft, signal) => {
        writes += 1;
        return kube.client.replace(type, draft, signal);
      },
    });
    const records = recordsIn(namespace, counting);
    const keeps = Array.from({ length: 20 }, (_, n) => [
      records.keep('device', [{ key: 'imei:0', value: { n } }], kube.signal),
      records.keep('device', [{ key: `imei:${n + 1}`, value: n % 2 === 0 ? A : undefined }], kube.signal),
    ]);
    for (const kept of await Promise.all(keeps.flat())) valueOf(kept);
    expect(writes).toBeLessThanOrEqual(2);
    const loaded = content(valueOf(await recordsIn(namespace).load(kube.signal)));
    expect(Object.keys(loaded)).toHaveLength(11);
    // What was said last of one key stands.
    expect(loaded['imei:0']).toEqual({ n: 19 });
  });

  test('of several kinds travel together by kind, in whatever order they come', async () => {
    const namespace = await kube.namespace('together-by-kind');
    let writes = 0;
    const counting = clientWith(kube.client, {
      create: (type, draft, signal) => {
        writes += 1;
        return kube.client.create(type, draft, signal);
      },
      replace: (type, draft, signal) => {
        writes += 1;
        return kube.client.replace(type, draft, signal);
      },
    });
    const records = recordsIn(namespace, counting);
    const keeps = Array.from({ length: 20 }, (_, n) => [
      records.keep('ledger', [{ key: `r${n}`, value: A }], kube.signal),
      records.keep('device', [{ key: `imei:${n}`, value: A }], kube.signal),
    ]);
    for (const kept of await Promise.all(keeps.flat())) valueOf(kept);
    // The first of each goes by itself at the most.
    expect(writes).toBeLessThanOrEqual(4);
    const loaded = valueOf(await recordsIn(namespace).load(kube.signal));
    expect(loaded.flatMap(({ keys }) => keys)).toHaveLength(40);
  });

  test('kept by two processes: the one that read an older version is refused, to try again', async () => {
    const namespace = await kube.namespace('two-processes');
    valueOf(await recordsIn(namespace).keep('device', [{ key: 'imei:1', value: A }], kube.signal));
    const late = clientWith(kube.client, {
      get: async (type, ref, signal) => {
        const standing = await kube.client.get(type, ref, signal);
        valueOf(await recordsIn(namespace).keep('device', [{ key: 'imei:2', value: A }], kube.signal));
        return standing;
      },
    });
    const refused = await recordsIn(namespace, late).keep(
      'device',
      [{ key: 'imei:3', value: A }],
      kube.signal,
    );
    expect(refused).toMatchObject({ ok: false, failure: { kind: 'transient' } });
    expect(Object.keys(content(valueOf(await recordsIn(namespace).load(kube.signal))))).toEqual([
      'imei:1',
      'imei:2',
    ]);
  });

  test('many thousands stand in slices that each fit, and each change finds its slice', async () => {
    const namespace = await kube.namespace('thousands');
    const records = recordsIn(namespace);
    const changes = bulk(12_000);
    for (let from = 0; from < changes.length; from += 3_000) {
      valueOf(await records.keep('device', changes.slice(from, from + 3_000), kube.signal));
    }
    const names = await slices(namespace);
    expect(names.length).toBeGreaterThan(1);
    const page = valueOf(await kube.client.list(VENDOR_RECORDS, { namespace, limit: 500 }, kube.signal));
    for (const { spec } of page.items) expect(spec.dataGzip.length).toBeLessThan(256 * 1024);

    const fresh = recordsIn(namespace);
    expect(content(valueOf(await fresh.load(kube.signal)))).toEqual(
      Object.fromEntries(changes.map(({ key, value }) => [key, value])),
    );
    const [first] = changes;
    valueOf(await fresh.keep('device', [{ key: first?.key ?? '', value: B }], kube.signal));
    const after = content(valueOf(await recordsIn(namespace).load(kube.signal)));
    expect(after[first?.key ?? '']).toEqual(B);
    expect(Object.keys(after)).toHaveLength(12_000);
  });
});

test('more than two slices hold, kept in one go, stand in as many as it takes', async () => {
  const namespace = await kube.namespace('one-go');
  const changes = bulk(15_000);
  valueOf(await recordsIn(namespace).keep('device', changes, kube.signal));
  const page = valueOf(await kube.client.list(VENDOR_RECORDS, { namespace, limit: 500 }, kube.signal));
  expect(page.items.length).toBeGreaterThan(2);
  for (const { spec } of page.items) expect(spec.dataGzip.length).toBeLessThan(256 * 1024);
  expect(Object.keys(content(valueOf(await recordsIn(namespace).load(kube.signal))))).toHaveLength(15_000);
});

describe('a split that is stopped', () => {
  test('leaves a half that a later split, into smaller parts, takes away', async () => {
    const namespace = await kube.namespace('stopped-older');
    let creations = 0;
    const failsOnce = clientWith(kube.client, {
      create: (type, draft, signal) => {
        creations += 1;
        // The slice itself, its first half, and here its second.
        return creations === 3
          ? Promise.resolve(failed({ kind: 'transient', code: 'DOWN', message: 'not now' }))
          : kube.client.create(type, draft, signal);
      },
    });
    const records = recordsIn(namespace, failsOnce);
    const [before, more, most] = [bulk(2_500), bulk(2_500), bulk(12_000)];
    valueOf(await records.keep('device', before, kube.signal));
    expect(await records.keep('device', more, kube.signal)).toMatchObject({ ok: false });
    expect(await slices(namespace)).toEqual(['device', 'device-0']);
    valueOf(await records.keep('device', [...more, ...most], kube.signal));
    const loaded = content(valueOf(await recordsIn(namespace).load(kube.signal)));
    expect(Object.keys(loaded)).toHaveLength(17_000);
  });

  /** The calls of a split that may be the last ones before the end of the process. */
  const STOPS = ['before the first half', 'before the second half', 'before the whole is deleted'] as const;

  test.each(STOPS)('%s loses nothing and leaves nothing behind', async (stop) => {
    const namespace = await kube.namespace(`stopped-${STOPS.indexOf(stop)}`);
    const before = bulk(2_500);
    const records = recordsIn(namespace);
    valueOf(await records.keep('device', before, kube.signal));
    expect(await slices(namespace)).toEqual(['device']);

    const stopped = failed({ kind: 'transient', code: 'STOPPED', message: 'the process ended' });
    let creations = 0;
    const dying = clientWith(kube.client, {
      create: (type, draft, signal) => {
        creations += 1;
        return creations > STOPS.indexOf(stop)
          ? Promise.resolve(stopped)
          : kube.client.create(type, draft, signal);
      },
      delete: async () => stopped,
    });
    const more = bulk(2_500);
    const dies = recordsIn(namespace, dying);
    valueOf(await dies.load(kube.signal));
    expect(await dies.keep('device', more, kube.signal)).toMatchObject({ ok: false });

    const next = recordsIn(namespace);
    const loaded = content(valueOf(await next.load(kube.signal)));
    expect(Object.keys(loaded).sort()).toEqual(before.map(({ key }) => key).sort());
    expect(await slices(namespace)).toEqual(['device']);
    valueOf(await next.keep('device', more, kube.signal));
    expect(Object.keys(content(valueOf(await recordsIn(namespace).load(kube.signal))))).toHaveLength(5_000);
    expect(await slices(namespace)).toEqual(['device-0', 'device-1']);
  });
});

describe('records that cannot be believed', () => {
  test.each([
    ['of another format', { formatVersion: 2 }],
    ['whose data was changed', { sha256: '0'.repeat(64) }],
  ])('%s are neither loaded in part nor written over', async (_what, change) => {
    const namespace = await kube.namespace(`unreadable-${Object.keys(change)[0]?.toLowerCase()}`);
    const records = recordsIn(namespace);
    valueOf(await records.keep('device', [{ key: 'imei:1', value: A }], kube.signal));
    const ref = { namespace, name: `vrec-${SCOPE_HASH}-device` };
    valueOf(await kube.client.mergePatch(VENDOR_RECORDS, ref, { spec: change }, kube.signal));
    const unreadable = {
      ok: false,
      failure: { code: 'RecordUnreadable', message: expect.stringContaining(ref.name) as unknown },
    };
    expect(await recordsIn(namespace).load(kube.signal)).toMatchObject(unreadable);
    expect(await records.keep('device', [{ key: 'imei:2', value: A }], kube.signal)).toMatchObject(
      unreadable,
    );
  });
});

test('the records of a scope name the account they were written for', async () => {
  const namespace = await kube.namespace('owner');
  expect(valueOf(await recordedOwner(kube.client, 'aaaaaaaaaaaa', kube.signal))).toBeUndefined();
  const place = { namespace, accountName: 'google', scope: 'Google y', scopeHash: 'aaaaaaaaaaaa' };
  valueOf(
    await createRecords(kube.client, place, () => 0, createSystemClock()).keep(
      'device',
      [{ key: 'imei:1', value: A }],
      kube.signal,
    ),
  );
  expect(valueOf(await recordedOwner(kube.client, 'aaaaaaaaaaaa', kube.signal))).toBe('owner/google');
});

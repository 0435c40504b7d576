import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FINISHED_DAY_LABEL, OPEN_LABEL, VENDOR_OPERATIONS } from '../../../src/controllers/resources.ts';
import { operationRetention } from '../../../src/controllers/vendor-operation/retention.ts';
import type { KubeClient } from '../../../src/kube/client.ts';
import { removeOld } from '../../../src/kube/retention.ts';
import { type Mended, mendUnlabelled } from '../../../src/kube/unlabelled.ts';
import { writeOperation } from '../../support/operations.ts';
import { clientWith, startTestKube, type TestKube, valueOf } from '../support/kube.ts';

let kube: TestKube;
beforeAll(async () => {
  kube = await startTestKube();
});
afterAll(() => kube.close());

const HOUR_MS = 3_600_000;
const NOW_MS = Date.parse('2026-11-22T12:00:00Z');
const WEEK_MS = 168 * HOUR_MS;

async function sweep(
  namespace: string,
  { keepForMs = WEEK_MS, most = 100, client = kube.client }: Sweep = {},
): Promise<number> {
  return valueOf(
    await removeOld(client, operationRetention(keepForMs, namespace), most, NOW_MS, kube.signal),
  );
}

interface Sweep {
  readonly keepForMs?: number;
  readonly most?: number;
  readonly client?: KubeClient;
}

async function left(namespace: string): Promise<readonly string[]> {
  const page = valueOf(await kube.client.list(VENDOR_OPERATIONS, { namespace, limit: 500 }, kube.signal));
  return page.items.map(({ metadata }) => metadata.name).sort();
}

async function write(namespace: string, ages: Readonly<Record<string, number | undefined>>): Promise<void> {
  for (const [name, hours] of Object.entries(ages)) {
    await writeOperation(
      kube.client,
      namespace,
      name,
      hours === undefined ? undefined : NOW_MS - hours * HOUR_MS,
    );
  }
}

describe('finished operations', () => {
  test('stay for the audit time to the hour, and go after it; what is open stays for ever', async () => {
    const namespace = await kube.namespace('audit-time');
    await write(namespace, { fresh: 1, almost: 167, over: 169, old: 2_000, open: undefined });
    expect(await sweep(namespace)).toBe(2);
    expect(await left(namespace)).toEqual(['almost', 'fresh', 'open']);
    expect(await sweep(namespace)).toBe(0);
  });

  test.each([
    { keep: 'an hour', keepForMs: HOUR_MS, name: 'keep-hour', stays: ['young'] },
    { keep: 'a month', keepForMs: 720 * HOUR_MS, name: 'keep-month', stays: ['day', 'week', 'young'] },
    {
      keep: 'ten years',
      keepForMs: 87_600 * HOUR_MS,
      name: 'keep-years',
      stays: ['day', 'old', 'week', 'young'],
    },
  ])('stay for $keep when that is asked for', async ({ keepForMs, name, stays }) => {
    const namespace = await kube.namespace(name);
    await write(namespace, { young: 0.5, day: 25, week: 200, old: 5_000 });
    await sweep(namespace, { keepForMs });
    expect(await left(namespace)).toEqual(stays);
  });

  test('go a few at a time', async () => {
    const namespace = await kube.namespace('few');
    await write(namespace, Object.fromEntries(Array.from({ length: 45 }, (_, n) => [`old-${n}`, 500])));
    expect(await sweep(namespace, { most: 30 })).toBe(30);
    expect(await left(namespace)).toHaveLength(15);
    expect(await sweep(namespace, { most: 30 })).toBe(15);
  });

  test('stay when nobody noted their end, whatever their labels say', async () => {
    const namespace = await kube.namespace('labels-alone');
    await write(namespace, { relabelled: undefined, reopened: 500 });
    const label = (name: string, labels: Readonly<Record<string, string | null>>) =>
      kube.client.mergePatch(VENDOR_OPERATIONS, { namespace, name }, { metadata: { labels } }, kube.signal);
    valueOf(await label('relabelled', { [OPEN_LABEL]: null, [FINISHED_DAY_LABEL]: '2020-01-01' }));
    valueOf(await label('reopened', { [OPEN_LABEL]: 'true' }));
    expect(await sweep(namespace)).toBe(0);
    expect(await left(namespace)).toHaveLength(2);
  });

  test('stay when they were changed since they were read', async () => {
    const namespace = await kube.namespace('changed');
    await write(namespace, { old: 500 });
    const changing = clientWith(kube.client, {
      delete: async (type, ref, options, signal) => {
        const metadata = { annotations: { note: 'keep me' } };
        valueOf(await kube.client.mergePatch(VENDOR_OPERATIONS, ref, { metadata }, signal));
        return kube.client.delete(type, ref, options, signal);
      },
    });
    expect(await sweep(namespace, { client: changing })).toBe(0);
    expect(await left(namespace)).toEqual(['old']);
  });
});

describe('finished operations without the label', () => {
  const label = (namespace: string, name: string, labels: Readonly<Record<string, string | null>>) =>
    kube.client.mergePatch(VENDOR_OPERATIONS, { namespace, name }, { metadata: { labels } }, kube.signal);

  async function writeUnlabelled(namespace: string, ages: Readonly<Record<string, number>>): Promise<void> {
    await write(namespace, ages);
    for (const name of Object.keys(ages)) {
      valueOf(await label(namespace, name, { [FINISHED_DAY_LABEL]: null }));
    }
  }

  async function mend(namespace: string, most = 100, client = kube.client): Promise<Mended> {
    const rule = operationRetention(WEEK_MS, namespace);
    return valueOf(await mendUnlabelled(client, rule, most, NOW_MS, kube.signal));
  }

  test('go when their time is over, and are labelled so that they go later when it is not', async () => {
    const namespace = await kube.namespace('unlabelled');
    await writeUnlabelled(namespace, { fresh: 1, almost: 167, old: 2_000 });
    expect(await sweep(namespace)).toBe(0);
    expect(await mend(namespace)).toEqual({ removed: 1, labelled: 2 });
    expect(await left(namespace)).toEqual(['almost', 'fresh']);
    expect(await mend(namespace)).toEqual({ removed: 0, labelled: 0 });
    const later = NOW_MS + WEEK_MS + 2 * HOUR_MS;
    const rule = operationRetention(WEEK_MS, namespace);
    expect(valueOf(await removeOld(kube.client, rule, 100, later, kube.signal))).toBe(2);
  });

  test('are left alone while they are open, or when nobody noted their end', async () => {
    const namespace = await kube.namespace('unlabelled-open');
    await write(namespace, { open: undefined, orphan: undefined });
    await writeUnlabelled(namespace, { reopened: 2_000 });
    valueOf(await label(namespace, 'orphan', { [OPEN_LABEL]: null }));
    valueOf(await label(namespace, 'reopened', { [OPEN_LABEL]: 'true' }));
    expect(await mend(namespace)).toEqual({ removed: 0, labelled: 0 });
    expect(await left(namespace)).toEqual(['open', 'orphan', 'reopened']);
  });

  test('are mended a few at a time, over all pages', async () => {
    const namespace = await kube.namespace('unlabelled-many');
    const ages = Array.from({ length: 45 }, (_, n) => [`op-${n}`, n % 2 === 0 ? 500 : 5] as const);
    await writeUnlabelled(namespace, Object.fromEntries(ages));
    const first = await mend(namespace, 30);
    expect(first.removed + first.labelled).toBe(30);
    const second = await mend(namespace, 30);
    expect([first.removed + second.removed, first.labelled + second.labelled]).toEqual([23, 22]);
    expect(await mend(namespace, 30)).toEqual({ removed: 0, labelled: 0 });
  });

  test('are not touched when they were changed since they were read', async () => {
    const namespace = await kube.namespace('unlabelled-changed');
    await writeUnlabelled(namespace, { old: 500, young: 5 });
    const touch = async (name: string) => valueOf(await label(namespace, name, { somebody: 'was-here' }));
    const changing = clientWith(kube.client, {
      delete: async (type, ref, options, signal) => {
        await touch(ref.name);
        return kube.client.delete(type, ref, options, signal);
      },
      mergePatch: async (type, ref, patch, signal) => {
        await touch(ref.name);
        return kube.client.mergePatch(type, ref, patch, signal);
      },
    });
    expect(await mend(namespace, 10, changing)).toEqual({ removed: 0, labelled: 0 });
    expect(await left(namespace)).toEqual(['old', 'young']);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FINISHED_DAY_LABEL, OPEN_LABEL, VENDOR_OPERATIONS } from '../../../src/controllers/resources.ts';
import { operationRetention } from '../../../src/controllers/vendor-operation/retention.ts';
import type { KubeClient } from '../../../src/kube/client.ts';
import { removeOld } from '../../../src/kube/retention.ts';
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

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { NetflixChargeStatus } from '../../../src/api/netflix-charge.generated.ts';
import { whileHeld } from '../../../src/cli/controller/leadership/while-held.ts';
import {
  chargeRetention,
  createChargeRetention,
} from '../../../src/controllers/netflix-charge-feed/retention.ts';
import { NETFLIX_CHARGES, RECORDED_DAY_LABEL, SCOPE_LABEL } from '../../../src/controllers/resources.ts';
import { dayOf, removeOld } from '../../../src/kube/retention.ts';
import { decorate } from '../../../src/observability/decorate.ts';
import { createSystemClock } from '../../support/system-clock.ts';
import { startTestKube, type TestKube, valueOf } from '../support/kube.ts';

let kube: TestKube;
beforeAll(async () => {
  kube = await startTestKube();
});
afterAll(() => kube.close());

const HOUR_MS = 3_600_000;
const NOW_MS = Date.parse('2026-11-22T12:00:00Z');
const MONTH_MS = 720 * HOUR_MS;
const SCOPE_HASH = '0123456789ab';

/** Hours ago: when a charge was recorded, and when the vendor was told; undefined: it was not. */
interface Age {
  readonly recorded: number;
  readonly acknowledged?: number;
  readonly review?: true;
  readonly scopeHash?: string;
}

async function write(namespace: string, ages: Readonly<Record<string, Age>>): Promise<void> {
  const options = { fieldManager: 'test', force: true };
  for (const [name, { recorded, acknowledged, review, scopeHash = SCOPE_HASH }] of Object.entries(ages)) {
    const labels = { [SCOPE_LABEL]: scopeHash, [RECORDED_DAY_LABEL]: dayOf(NOW_MS - recorded * HOUR_MS) };
    const spec = {
      accountRef: { name: 'operator' },
      number: name,
      billingSystemCustomerIdentifier: 'pci150',
      currency: 'EUR',
      chargeStatus: 'APPROVED',
    } as const;
    const draft = { metadata: { namespace, name, labels }, spec };
    valueOf(await kube.client.apply(NETFLIX_CHARGES, draft, options, kube.signal));
    const status: NetflixChargeStatus = {
      acknowledged: acknowledged !== undefined,
      ...(acknowledged === undefined
        ? {}
        : { acknowledgedAt: new Date(NOW_MS - acknowledged * HOUR_MS).toISOString() }),
      ...(review === undefined ? {} : { review: { reason: 'StatusContradicted', message: 'm' } }),
    };
    valueOf(
      await kube.client.applyStatus(NETFLIX_CHARGES, { namespace, name }, status, options, kube.signal),
    );
  }
}

async function sweep(namespace: string, keepForMs = MONTH_MS, most = 100): Promise<number> {
  const place = { namespace, accountName: 'operator', scope: 'scope', scopeHash: SCOPE_HASH };
  return valueOf(await removeOld(kube.client, chargeRetention(place, keepForMs), most, NOW_MS, kube.signal));
}

async function left(namespace: string): Promise<readonly string[]> {
  const page = valueOf(await kube.client.list(NETFLIX_CHARGES, { namespace, limit: 500 }, kube.signal));
  return page.items.map(({ metadata }) => metadata.name).sort();
}

describe('recorded charges', () => {
  test('go once the vendor was told of them for as long as they are kept, counted from then', async () => {
    const namespace = await kube.namespace('charge-retention');
    await write(namespace, {
      fresh: { recorded: 1, acknowledged: 1 },
      almost: { recorded: 719, acknowledged: 719 },
      over: { recorded: 722, acknowledged: 721 },
      old: { recorded: 9_000, acknowledged: 9_000 },
      // Recorded long ago, and told of yesterday.
      late: { recorded: 9_000, acknowledged: 24 },
    });
    expect(await sweep(namespace)).toBe(2);
    expect(await left(namespace)).toEqual(['almost', 'fresh', 'late']);
    expect(await sweep(namespace)).toBe(0);
  });

  test('stay for ever while the vendor was not told, and while a person must look', async () => {
    const namespace = await kube.namespace('charge-kept');
    await write(namespace, {
      waiting: { recorded: 90_000 },
      review: { recorded: 90_000, review: true },
      done: { recorded: 90_000, acknowledged: 90_000 },
    });
    expect(await sweep(namespace)).toBe(1);
    expect(await sweep(namespace, HOUR_MS)).toBe(0);
    expect(await left(namespace)).toEqual(['review', 'waiting']);
  });

  test('stay where this process does not lead: the next leader removes them', async () => {
    const namespace = await kube.namespace('charge-leader');
    await write(namespace, { over: { recorded: 9_000, acknowledged: 9_000 } });
    const clock = { ...createSystemClock(), now: () => NOW_MS };
    const place = { namespace, accountName: 'operator', scope: 'scope', scopeHash: SCOPE_HASH };
    const sweepAs = (isLeader: boolean) =>
      decorate(
        'retention',
        createChargeRetention(kube.client, clock),
        whileHeld(() => isLeader),
      ).sweep(place, MONTH_MS, kube.signal);
    expect(await sweepAs(false)).toMatchObject({ ok: false, failure: { code: 'NotLeader' } });
    expect(await left(namespace)).toEqual(['over']);
    expect(valueOf(await sweepAs(true))).toBe(1);
    expect(await left(namespace)).toEqual([]);
  });

  test('of another operator are not looked at', async () => {
    const namespace = await kube.namespace('charge-scopes');
    await write(namespace, { theirs: { recorded: 9_000, acknowledged: 9_000, scopeHash: 'ba9876543210' } });
    expect(await sweep(namespace)).toBe(0);
    expect(await left(namespace)).toEqual(['theirs']);
  });

  test('go a few at a time, and the rest the next time', async () => {
    const namespace = await kube.namespace('charge-few');
    const ages = Array.from({ length: 7 }, (_, n) => [`c${n}`, { recorded: 9_000, acknowledged: 9_000 }]);
    await write(namespace, Object.fromEntries(ages) as Record<string, Age>);
    expect(await sweep(namespace, MONTH_MS, 5)).toBe(5);
    expect(await sweep(namespace, MONTH_MS, 5)).toBe(2);
    expect(await left(namespace)).toEqual([]);
  });
});

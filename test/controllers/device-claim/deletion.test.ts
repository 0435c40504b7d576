import { describe, expect, test } from 'vitest';
import { createDeclarationMemory } from '../../../src/controllers/device-claim/declaration-memory.ts';
import { stepDeletion } from '../../../src/controllers/device-claim/deletion.ts';
import type { DeviceClaimDeps } from '../../../src/controllers/device-claim/reconcile.ts';
import type { Target } from '../../../src/controllers/device-claim/target.ts';
import { createFleet, type Fleet } from '../../../src/controllers/fleet.ts';
import type { Leave } from '../../../src/controllers/release.ts';
import type { Announcement } from '../../../src/controllers/reporter.ts';
import { RELEASE_FINALIZER, type ServedDeviceClaim } from '../../../src/controllers/resources.ts';
import type { KubeObject } from '../../../src/kube/object.ts';
import { failed, ok, type Result } from '../../../src/ports/failure.ts';
import { createWorld, devices, running, SETTINGS, type World } from '../../engine/world.ts';
import { createTestClock } from '../../support/clock.ts';
import { servedClaim } from '../support/resources.ts';

const HOLDER = 'DeviceClaim/fleet/phones';
const AWAY = failed<boolean>({ kind: 'transient', code: 'HTTP_503', message: 'away' });
const NOBODY: Target = { ok: false, standing: { is: 'moving', reason: 'CustomerNotFound', message: 'gone' } };

interface Stage {
  readonly world: World;
  readonly events: Announcement[];
  /** The uids of what the events are about. */
  readonly about: string[];
  readonly removed: string[];
  readonly fleet: Fleet;
  readonly step: (target?: Target) => Promise<Result<Leave>>;
}

/** A claim of three recorded devices that is being deleted. */
async function deleting(options: {
  readonly spec?: Partial<ServedDeviceClaim['spec']>;
  readonly finalizers?: readonly string[];
  readonly gate?: Result<boolean>;
  readonly prepare?: (world: World) => void;
  readonly account?: { readonly mode?: string; readonly suspend?: boolean; readonly reason?: string };
}): Promise<Stage> {
  const world = createWorld();
  world.start();
  world.claim(HOLDER, devices(0, 3), { releasePolicy: 'Unclaim' });
  await running(world, 60_000);
  options.prepare?.(world);
  await world.advance(2_000);
  const fleet = createFleet();
  fleet.open('fleet/google', { account: world.account, scope: 'google' });
  const events: Announcement[] = [];
  const about: string[] = [];
  const removed: string[] = [];
  const plain = servedClaim(undefined, { releasePolicy: 'Unclaim', ...options.spec });
  const { finalizers = [RELEASE_FINALIZER] } = options;
  const claim = { ...plain, metadata: { ...plain.metadata, finalizers } };
  const { mode = 'Enforce', suspend = false, reason = 'Connected' } = options.account ?? {};
  const account = {
    metadata: { namespace: plain.metadata.namespace, name: 'google' },
    spec: { mode, suspend },
    status: { conditions: [{ type: 'Ready', reason }] },
  };
  let customer: object | undefined = { spec: { accountRef: { name: 'google' } } };
  const deps = {
    fleet,
    accounts: { list: () => [account] },
    customers: { get: () => customer },
    memory: createDeclarationMemory(),
    finalizers: {
      isOn: ({ metadata }: KubeObject) => metadata.finalizers?.includes(RELEASE_FINALIZER) ?? false,
      add: async () => ok(undefined),
      remove: async (_type: unknown, { metadata }: KubeObject) => {
        removed.push(metadata.name);
        return ok(undefined);
      },
    },
    releaseGate: async () => options.gate ?? ok(true),
    namespaceLookup: async (name: string) => {
      expect(removed).toEqual([]);
      return { metadata: { name, uid: 'uid-of-the-namespace', resourceVersion: '1' } };
    },
    reporter: {
      status: { write: async () => ok('written') },
      announce: (_type: unknown, { metadata }: KubeObject, event: Announcement) => {
        about.push(metadata.uid);
        events.push(event);
      },
      clock: createTestClock(),
    },
  };
  const target: Target = { ok: true, account: world.account, companyId: 'acme', customerSuspended: false };
  return {
    world,
    events,
    about,
    removed,
    fleet,
    step: (found = target) => {
      if (!found.ok) customer = undefined;
      return stepDeletion(
        deps as unknown as DeviceClaimDeps,
        claim,
        HOLDER,
        found,
        new AbortController().signal,
      );
    },
  };
}

function unclaims(world: World): number {
  return world.vendor.writes().filter(({ verb }) => verb === 'unclaim').length;
}

describe('a claim that is being deleted', () => {
  test('without our finalizer goes by itself, and nothing is released', async () => {
    const { world, removed, step } = await deleting({ finalizers: ['somebody.else/finalizer'] });
    expect(await step()).toMatchObject({ ok: true, value: { is: 'gone' } });
    await world.advance(3_600_000);
    expect(removed).toEqual([]);
    expect(unclaims(world)).toBe(0);
  });

  test.each<{ why: string; with: Parameters<typeof deleting>[0]; says: string }>([
    { why: 'whose policy is Keep by now', with: { spec: { releasePolicy: 'Keep' } }, says: 'Keep' },
    {
      why: 'because its namespace or definition goes away',
      with: { gate: ok(false) },
      says: 'its namespace or its definition',
    },
    { why: 'that is suspended', with: { spec: { suspend: true } }, says: 'suspended' },
    {
      why: 'whose account only observes',
      with: {
        prepare: ({ account }) => account.configure({ ...SETTINGS, mode: 'Observe' }),
        account: { mode: 'Observe' },
      },
      says: 'mode',
    },
    {
      why: 'whose account is suspended',
      with: {
        prepare: ({ account }) => account.configure({ ...SETTINGS, suspended: true }),
        account: { suspend: true },
      },
      says: 'suspension',
    },
    {
      why: 'whose account has no Secret that works',
      with: { prepare: ({ account }) => account.disconnect(), account: { reason: 'SecretNotFound' } },
      says: 'credentials',
    },
  ])('$why keeps its devices at the vendor, goes, and says so', async ({ with: options, says }) => {
    const { world, events, about, removed, step } = await deleting(options);
    expect(await step()).toMatchObject({ ok: true, value: { is: 'gone' } });
    expect(removed).toEqual(['phones']);
    expect(about).toEqual(['uid-of-the-namespace']);
    expect(events).toMatchObject([
      {
        type: 'Warning',
        reason: 'KeptAtVendor',
        message: expect.stringContaining(says) as unknown,
      },
    ]);
    world.account.devices.forget(HOLDER);
    await world.advance(3_600_000);
    expect(unclaims(world)).toBe(0);
  });

  test('whose customer is suspended keeps them, too', async () => {
    const { world, events, removed, step } = await deleting({});
    const { account } = world;
    const found = { ok: true, account, companyId: 'acme', customerSuspended: true } as const;
    expect(await step(found)).toMatchObject({ ok: true, value: { is: 'gone' } });
    expect(removed).toEqual(['phones']);
    expect(events).toMatchObject([{ message: expect.stringContaining('Customer is suspended') as unknown }]);
  });

  test('waits for an account that is not open yet: what is not known is no reason to keep', async () => {
    const { removed, events, fleet, step } = await deleting({});
    fleet.close('fleet/google');
    expect(await step()).toEqual(ok({ is: 'waiting' }));
    expect(await step(NOBODY)).toEqual(ok({ is: 'waiting' }));
    expect([removed, events]).toEqual([[], []]);
  });

  test('waits while nobody can tell whether its namespace goes away', async () => {
    const { world, removed, step } = await deleting({ gate: AWAY });
    expect(await step()).toEqual(AWAY);
    await world.advance(3_600_000);
    expect(removed).toEqual([]);
    expect(unclaims(world)).toBe(0);
  });

  test('waits until its devices are released, and goes then', async () => {
    const { world, removed, events, step } = await deleting({});
    expect(await step()).toMatchObject({ ok: true, value: { is: 'releasing' } });
    expect(removed).toEqual([]);
    await world.advance(180_000);
    expect(unclaims(world)).toBe(1);
    expect(await step()).toMatchObject({ ok: true, value: { is: 'gone' } });
    expect(removed).toEqual(['phones']);
    expect(events).toEqual([]);
  });

  test('does not need its Customer: the record says where its devices are', async () => {
    const { world, removed, step } = await deleting({});
    expect(await step(NOBODY)).toMatchObject({ ok: true, value: { is: 'releasing' } });
    await world.advance(180_000);
    expect(unclaims(world)).toBe(1);
    expect(await step(NOBODY)).toMatchObject({ value: { is: 'gone' } });
    expect(removed).toEqual(['phones']);
  });

  test('waits for a new process to read its records', async () => {
    const { world, removed, fleet, step } = await deleting({});
    await world.stop();
    world.start();
    fleet.open('fleet/google', { account: world.account, scope: 'google' });
    const target: Target = { ok: true, account: world.account, companyId: 'acme', customerSuspended: false };
    expect(await step(target)).toEqual(ok({ is: 'waiting' }));
    expect(removed).toEqual([]);
    await running(world, 1_000);
    expect(await step(target)).toMatchObject({ value: { is: 'releasing' } });
    await running(world, 300_000);
    expect(unclaims(world)).toBe(1);
    expect(await step(target)).toMatchObject({ value: { is: 'gone' } });
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { VENDOR_OPERATIONS } from '../../src/controllers/resources.ts';
import { unpackItems } from '../../src/controllers/vendor-operation/items.ts';
import { LEASES } from '../../src/kube/lease/elector.ts';
import type { LedgerEntry } from '../../src/simulators/ledger.ts';
import { type ControlledFleet, startControlledFleet } from '../cli/support/controlled-fleet.ts';
import { type ControllerProcess, eventually } from '../cli/support/controller-process.ts';
import { type Fleet, unwrap } from '../cli/support/fleet.ts';
import { bePatient } from '../support/patience.ts';

bePatient();

/** Long enough that a busy machine does not miss a renewal, short enough to be outlasted. */
const LEASE_SECONDS = 4;
const FLAGS = [
  '--leader-elect',
  '--lease-duration',
  `${LEASE_SECONDS}s`,
  '--renew-deadline',
  '3s',
  '--retry-period',
  '200ms',
  '--lease-namespace',
  'default',
];
const LEASE = { namespace: 'default', name: 'vendorplane-controller' };
const { signal } = new AbortController();

const stopBehindIntent = (fleet: Fleet): string => join(fleet.folder, 'stop');

function start(fleet: ControlledFleet, identity: string, orders: object = {}): ControllerProcess {
  return fleet.start(identity, { longestRequestMs: 500, ...orders }, FLAGS);
}

async function fenceOf(controller: ControllerProcess): Promise<number> {
  return (await controller.logged('leading'))['fence'] as number;
}

async function lease(fleet: Fleet) {
  return unwrap(await fleet.client.get(LEASES, LEASE, signal));
}

/** Every operation of the journal. */
async function operations(fleet: Fleet) {
  const page = unwrap(await fleet.client.list(VENDOR_OPERATIONS, { limit: 500 }, signal));
  return page.items.map(({ spec, status }) => ({
    fence: spec.fence,
    state: status?.state,
    finished: status?.finishedAt !== undefined,
    imeis: (unpackItems(spec) ?? []).map((key) => key.replace('imei:', '')),
  }));
}

/** Whose write each one is: by the operation that names the same devices. */
async function fencesOf(fleet: Fleet, writes: readonly LedgerEntry[]): Promise<readonly number[]> {
  const journal = await operations(fleet);
  return writes.map((write) => {
    const sent = imeisOf(write);
    const own = journal.filter(({ imeis }) => sent.every((imei) => imeis.includes(imei)));
    expect(own).toHaveLength(1);
    return own[0]?.fence ?? -1;
  });
}

function imeisOf({ items = [] }: LedgerEntry): readonly string[] {
  return items.map(
    (item) => (item as { readonly deviceIdentifier: { readonly imei: string } }).deviceIdentifier.imei,
  );
}

async function claimedAll(fleet: Fleet, name: string, count: number): Promise<void> {
  await eventually(`${count} devices of ${name}`, async () =>
    (await fleet.claimed(name)) === count ? true : undefined,
  );
}

describe.concurrent('two controllers', () => {
  test('one that was stopped past its lease, right before a write, never sends it; the other leads', async () => {
    await using fleet = await startControlledFleet();
    const one = start(fleet, 'one', { stopBehindIntent: stopBehindIntent(fleet) });
    const firstFence = await fenceOf(one);
    const two = start(fleet, 'two');
    await two.logged('standing by for the lease');
    await fleet.claim('before', 3);
    await claimedAll(fleet, 'before', 3);

    // The first process stops between its durable intent and the request to the vendor.
    writeFileSync(stopBehindIntent(fleet), '');
    const doomed = await fleet.claim('doomed', 4);
    await eventually('the stop', () => (one.isStopped() ? true : undefined));
    const secondFence = await fenceOf(two);
    expect(secondFence).toBeGreaterThan(firstFence);
    await fleet.claim('after', 5);
    await claimedAll(fleet, 'after', 5);

    // It goes on where it stood: everything it checked before it stopped was true then.
    one.signal('SIGCONT');
    expect(await one.ended).toBe(1);
    expect(one.stderr()).toContain('the lease is lost');

    const writes = await fleet.writes();
    expect(await fencesOf(fleet, writes)).toEqual([firstFence, secondFence]);
    expect(writes.flatMap(imeisOf)).not.toContain(doomed[0]);
    // Its intent stands, under its own fence, for the next leader to read back; it wrote down nothing more.
    const journal = await operations(fleet);
    const intent = journal.find(({ imeis }) => imeis.includes(doomed[0] as string));
    expect(intent).toMatchObject({ fence: firstFence, finished: false });
    expect((await lease(fleet)).spec).toMatchObject({ holderIdentity: 'two', leaseTransitions: secondFence });
  });

  test('a new leader waits for the lease duration and the longest request before its first write', async () => {
    await using fleet = await startControlledFleet();
    await fleet.claim('waiting', 2);
    const longestRequestMs = 3_000;
    const one = start(fleet, 'one', { longestRequestMs });
    const leading = await one.logged('leading');
    await claimedAll(fleet, 'waiting', 2);
    const [write] = await fleet.writes();
    const waitedMs = Date.parse(write?.at ?? '') - Date.parse(leading['time'] as string);
    expect(leading['writesAfterMs']).toBe(LEASE_SECONDS * 1_000 + longestRequestMs);
    expect(waitedMs).toBeGreaterThanOrEqual(LEASE_SECONDS * 1_000 + longestRequestMs);
  });

  test('on SIGTERM what was sent is journaled, then the lease is given back, and the next one need not wait for it', async () => {
    await using fleet = await startControlledFleet();
    const one = start(fleet, 'one');
    const firstFence = await fenceOf(one);
    const two = start(fleet, 'two');
    await two.logged('standing by for the lease');
    await fleet.claim('orders', 6);
    await eventually('the first write', async () => ((await fleet.writes()).length > 0 ? true : undefined));
    one.signal('SIGTERM');
    expect(await one.ended).toBe(0);
    const [sent] = await operations(fleet);
    // The vendor answered with the name of its own operation, and that is written down.
    expect(sent).toMatchObject({ fence: firstFence });
    expect(sent?.state).not.toBe('Intended');
    expect(one.log().map(({ msg }) => msg)).toContain('the lease is given back');

    expect(await fenceOf(two)).toBeGreaterThan(firstFence);
    await claimedAll(fleet, 'orders', 6);
    expect(await fencesOf(fleet, await fleet.writes())).toEqual([firstFence]);
  });

  test('one that stands by ends at once on SIGTERM, and touches neither the lease nor the vendor', async () => {
    await using fleet = await startControlledFleet();
    const one = start(fleet, 'one');
    await fenceOf(one);
    const two = start(fleet, 'two');
    await two.logged('standing by for the lease');
    two.signal('SIGTERM');
    expect(await two.ended).toBe(0);
    expect((await lease(fleet)).spec?.holderIdentity).toBe('one');
    expect(await fleet.writes()).toEqual([]);
  });
});

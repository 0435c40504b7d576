import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Election, startElection } from '../../src/cli/controller/leadership/election.ts';
import { beginTerm } from '../../src/cli/controller/leadership/leadership.ts';
import { processClock } from '../../src/cli/controller/leadership/process-clock.ts';
import { whileHeld } from '../../src/cli/controller/leadership/while-held.ts';
import { createKubeClient, type KubeClient } from '../../src/kube/client.ts';
import { openAccess } from '../../src/kube/config.ts';
import { type Connection, createConnection } from '../../src/kube/connection.ts';
import type { LeaseTerms } from '../../src/kube/lease/decide.ts';
import { LEASES } from '../../src/kube/lease/elector.ts';
import { type Failure, ok } from '../../src/ports/failure.ts';
import type { ApiThreadReady } from './support/api-thread.ts';

/** Long enough that a busy machine does not miss a renewal, short enough to be outlasted. */
const TERMS: Omit<LeaseTerms, 'identity'> = {
  leaseDurationMs: 4_000,
  renewDeadlineMs: 3_000,
  retryPeriodMs: 200,
};

let api: Worker;
let url: string;
let connection: Connection;
let client: KubeClient;
let elections: Election[] = [];
let nextLease = 0;

beforeAll(async () => {
  api = new Worker(new URL('./support/api-thread.ts', import.meta.url));
  const [ready] = (await once(api, 'message')) as [ApiThreadReady];
  ({ url } = ready);
  connection = createConnection({ access: openAccess(url), clock: processClock, userAgent: 'test' });
  client = createKubeClient(connection, processClock);
});

afterEach(async () => {
  await Promise.all(elections.map((election) => election.giveBack()));
  elections = [];
});

afterAll(async () => {
  await connection.close();
  await api.terminate();
});

const never = new AbortController().signal;

interface Candidate {
  readonly election: Election;
  readonly failures: Failure[];
}

async function stand(name: string, identity: string, server = url): Promise<Candidate> {
  const failures: Failure[] = [];
  const election = await startElection({
    access: openAccess(server),
    userAgent: 'test',
    lease: { namespace: 'default', name },
    terms: { ...TERMS, identity },
    onFailure: (failure) => failures.push(failure),
  });
  elections.push(election);
  return { election, failures };
}

function leaseName(): string {
  nextLease += 1;
  return `lead-${nextLease}`;
}

async function read(name: string) {
  const lease = await client.get(LEASES, { namespace: 'default', name }, never);
  if (!lease.ok) throw new Error(lease.failure.message);
  return lease.value;
}

/** Holds this thread's event loop, as a long computation does. */
function block(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe('an election', () => {
  test('is won, held and given back', async () => {
    const name = leaseName();
    const { election } = await stand(name, 'one');
    expect(election.isHeld()).toBe(false);
    const fence = await election.leading(never);
    expect(election.isHeld()).toBe(true);
    expect((await read(name)).spec).toMatchObject({ holderIdentity: 'one', leaseTransitions: fence });
    await election.giveBack();
    expect(election.isHeld()).toBe(false);
    expect((await read(name)).spec).toMatchObject({ holderIdentity: '', leaseTransitions: fence });
  });

  test('a blocked event loop loses nothing: the lease is renewed beside it, and is held the moment it goes on', async () => {
    const name = leaseName();
    const { election, failures } = await stand(name, 'busy');
    await election.leading(never);
    const rival = await stand(name, 'rival');
    const before = (await read(name)).spec?.renewTime;
    // Three lease durations without one turn of the event loop.
    block(3 * TERMS.leaseDurationMs);
    expect(election.isHeld()).toBe(true);
    const { spec } = await read(name);
    expect(spec).toMatchObject({ holderIdentity: 'busy' });
    expect(Date.parse(spec?.renewTime ?? '') - Date.parse(before ?? '')).toBeGreaterThan(
      2 * TERMS.leaseDurationMs,
    );
    expect(rival.election.isHeld()).toBe(false);
    expect(failures).toEqual([]);
  });

  test('a lease given back is taken over before its duration is over, with a higher fence', async () => {
    const name = leaseName();
    const one = await stand(name, 'one');
    const first = await one.election.leading(never);
    const two = await stand(name, 'two');
    await one.election.giveBack();
    const second = await two.election.leading(never);
    expect(second).toBeGreaterThan(first as number);
  });

  test('a lease that somebody deleted does not let fences begin anew', async () => {
    const name = leaseName();
    const one = await stand(name, 'one');
    const first = await one.election.leading(never);
    await one.election.giveBack();
    await client.delete(LEASES, { namespace: 'default', name }, {}, never);
    // Fences count seconds.
    await sleep(1_100);
    const two = await stand(name, 'two');
    expect(await two.election.leading(never)).toBeGreaterThan(first as number);
  });

  test('is lost at once when another process holds the lease, and is not held from then on', async () => {
    const name = leaseName();
    const { election } = await stand(name, 'one');
    await election.leading(never);
    const { metadata, spec } = await read(name);
    const stolen = { ...spec, holderIdentity: 'thief', leaseTransitions: (spec?.leaseTransitions ?? 0) + 1 };
    const written = await client.replace(LEASES, { metadata, spec: stolen }, never);
    expect(written.ok).toBe(true);
    expect(await election.lost).toContain('another process holds it');
    expect(election.isHeld()).toBe(false);
    expect((await read(name)).spec?.holderIdentity).toBe('thief');
  });

  test('an API server that cannot be reached is told and tried again', async () => {
    const { election, failures } = await stand(leaseName(), 'lonely', 'http://127.0.0.1:1');
    const over = new AbortController();
    const leading = election.leading(over.signal);
    await expect.poll(() => failures.length).toBeGreaterThan(1);
    over.abort();
    expect(await leading).toBeUndefined();
    expect(failures[0]).toMatchObject({ kind: 'transient' });
    expect(election.isHeld()).toBe(false);
  });
});

describe('a live look at the lease', () => {
  test('confirms a term that runs, and none that another process took', async () => {
    const name = leaseName();
    const { election } = await stand(name, 'one');
    expect(await election.confirm(never)).toBe(false);
    await election.leading(never);
    expect(await election.confirm(never)).toBe(true);
    const lease = await read(name);
    const spec = { ...lease.spec, holderIdentity: 'thief' };
    await client.replace(LEASES, { metadata: lease.metadata, spec }, never);
    expect(await election.confirm(never)).toBe(false);
  });

  test('that cannot be taken confirms nothing', async () => {
    const { election } = await stand(leaseName(), 'lonely', 'http://127.0.0.1:1');
    expect(await election.confirm(never)).toBe(false);
    expect(await election.confirm(AbortSignal.abort())).toBe(false);
  });
});

describe('a term', () => {
  function held(isHeld: boolean): Election {
    return { isHeld: () => isHeld } as Election;
  }

  test('holds its vendor writes back for the lease duration and the longest request', async () => {
    const terms = { ...TERMS, identity: 'x', leaseDurationMs: 2_000 };
    const { leadership, writesAfterMs } = beginTerm(held(true), 7, terms, 50);
    expect([leadership.fence, writesAfterMs]).toEqual([7, 2_050]);
    expect(leadership.mayWrite()).toBe(false);
    block(2_051);
    expect(leadership.mayWrite()).toBe(true);
  });

  test('allows no vendor write without the lease, however old it is', () => {
    const terms = { ...TERMS, identity: 'x', leaseDurationMs: 0 };
    expect(beginTerm(held(false), 7, terms, 0).leadership.mayWrite()).toBe(false);
  });

  test.each([
    ['journal', 'an intent would be sent'],
    ['records', 'the next leader goes by them'],
    ['status', 'two processes would contradict each other'],
    ['retention', 'the next leader may still count what is removed'],
    ['charges.store', 'a charge would be said to be acknowledged, or not to be'],
    ['subscriptions.store', 'a Secret would be made for what nobody creates'],
    ['lines.store', 'the next leader goes by what is archived'],
    ['finalizers', 'a claim could go before the next leader has released it'],
  ])('without the lease the port %s is not called, because %s', async (port) => {
    let calls = 0;
    const run = () => Promise.resolve(ok((calls += 1)));
    expect(await whileHeld(() => false)({ port, method: 'x' }, run)).toMatchObject({
      ok: false,
      failure: { kind: 'transient', code: 'NotLeader' },
    });
    expect(calls).toBe(0);
    expect(await whileHeld(() => true)({ port, method: 'x' }, run)).toEqual(ok(1));
  });

  test('a one-time token goes to its Secret without the lease: nobody else has it', () => {
    expect(whileHeld(() => false)({ port: 'tokenVault', method: 'deposit' }, () => 'kept')).toBe('kept');
  });

  test('reads of the vendor go on without the lease: they do no harm', () => {
    expect(whileHeld(() => false)({ port: 'devices.sets', method: 'readPage' }, () => 'read')).toBe('read');
  });
});

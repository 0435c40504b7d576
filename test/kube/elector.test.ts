import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Connection } from '../../src/kube/connection.ts';
import type { LeaseTerms } from '../../src/kube/lease/decide.ts';
import { type Elector, startElector } from '../../src/kube/lease/elector.ts';
import type { Failure } from '../../src/ports/failure.ts';
import { createTestClock, type TestClock, until } from '../support/clock.ts';
import { type LeaseServer, startLeaseServer } from './support/lease-server.ts';
import { clientOf } from './support/widgets.ts';

const TERMS: Omit<LeaseTerms, 'identity'> = {
  leaseDurationMs: 15_000,
  renewDeadlineMs: 10_000,
  retryPeriodMs: 2_000,
};

interface Candidate {
  readonly elector: Elector;
  readonly history: string[];
  readonly failures: Failure[];
  stop(): Promise<void>;
}

let server: LeaseServer;
let clock: TestClock;
let connections: Connection[];
let candidates: Candidate[];

beforeEach(async () => {
  server = await startLeaseServer();
  clock = createTestClock();
  connections = [];
  candidates = [];
});

afterEach(async () => {
  server.fault = 'none';
  await Promise.all(candidates.map((candidate) => candidate.stop()));
  await Promise.all(connections.map((connection) => connection.close()));
  await server.close();
  expect(clock.sleeping()).toEqual([]);
});

function stand(identity: string, leastFence = 0): Candidate {
  const { client, connection } = clientOf(server.url, clock);
  connections.push(connection);
  const end = new AbortController();
  const history: string[] = [];
  const failures: Failure[] = [];
  const elector = startElector(
    {
      client,
      clock,
      random: () => 0,
      lease: { namespace: 'fleet', name: 'lead' },
      terms: { ...TERMS, identity },
      onStarted: (fence) => history.push(`started ${fence}`),
      onLost: () => void history.push('lost'),
      onFailure: (failure) => failures.push(failure),
      leastFence: () => leastFence,
    },
    end.signal,
  );
  const candidate: Candidate = {
    elector,
    history,
    failures,
    stop() {
      end.abort();
      return elector.done;
    },
  };
  candidates.push(candidate);
  return candidate;
}

/** Time passes in retry periods; in each, the requests it brings come to their end first. */
async function pass(ms: number): Promise<void> {
  for (let passedMs = 0; passedMs < ms; passedMs += 1_000) {
    await clock.advance(1_000);
    await quiet();
  }
}

/** Until every candidate sleeps between two attempts; a request under way has a longer deadline. */
async function quiet(): Promise<void> {
  await until(
    () => clock.sleeping().filter((ms) => ms <= TERMS.retryPeriodMs).length === candidates.length,
    'the candidates to sleep',
  );
}

async function leading(identity: string): Promise<Candidate> {
  const candidate = stand(identity);
  await until(() => candidate.elector.isLeader(), 'leadership');
  await quiet();
  return candidate;
}

describe('one candidate', () => {
  test('takes a lease that is not there, and renews it', async () => {
    const one = await leading('one');
    await pass(60_000);
    expect(one.elector.isLeader()).toBe(true);
    expect(one.history).toEqual(['started 0']);
    expect(server.lease()?.spec).toMatchObject({ holderIdentity: 'one', leaseTransitions: 0 });
    expect(server.writes()).toBeGreaterThanOrEqual(30);
  });

  test('begins above every fence that the records know, though the lease is gone', async () => {
    const one = stand('one', 7);
    await until(() => one.elector.isLeader(), 'leadership');
    expect(one.elector.fence()).toBe(7);
    await quiet();
  });

  test('gives the lease back at the end, after its work has ended', async () => {
    const one = await leading('one');
    await one.stop();
    candidates = [];
    expect(one.history).toEqual(['started 0', 'lost']);
    expect(one.elector.isLeader()).toBe(false);
    expect(server.lease()?.spec?.holderIdentity).toBe('');
  });

  test('survives failures shorter than the deadline', async () => {
    const one = await leading('one');
    server.fault = 'refuse';
    await pass(8_000);
    expect(one.elector.isLeader()).toBe(true);
    expect(one.failures).not.toEqual([]);
    server.fault = 'none';
    await pass(20_000);
    expect(one.history).toEqual(['started 0']);
  });

  test('gives up when it could not renew for the deadline, and may lead again in a new term', async () => {
    const one = await leading('one');
    server.fault = 'refuse';
    await pass(12_000);
    expect(one.elector.isLeader()).toBe(false);
    expect(one.history).toEqual(['started 0', 'lost']);
    server.fault = 'none';
    await pass(20_000);
    expect(one.history).toEqual(['started 0', 'lost', 'started 1']);
  });

  test('does not believe itself leader while a renewal hangs beyond the deadline', async () => {
    const one = await leading('one');
    server.fault = 'hang';
    await clock.advance(9_999);
    expect(one.elector.isLeader()).toBe(true);
    await clock.advance(1);
    expect(one.elector.isLeader()).toBe(false);
    await until(() => one.history.includes('lost'), 'the loss');
    server.fault = 'none';
    await quiet();
  });

  test('a slow renewal counts from when it was asked for, not from when it was answered', async () => {
    const one = await leading('one');
    server.fault = 'hold';
    await clock.advance(2_000);
    await until(() => server.held() === 1, 'the renewal');
    await clock.advance(5_000);
    server.fault = 'hang';
    server.letGo();
    await quiet();
    await clock.advance(4_999);
    expect(one.elector.isLeader()).toBe(true);
    await clock.advance(1);
    expect(one.elector.isLeader()).toBe(false);
    await until(() => one.history.includes('lost'), 'the loss');
    server.fault = 'none';
    await quiet();
  });

  test('a machine that slept is no leader when it wakes, before any timer has fired', async () => {
    const one = await leading('one');
    clock.jumpWall(60_000);
    expect(one.elector.isLeader()).toBe(false);
    clock.jumpWall(-60_000);
  });

  test('a renewal whose answer was lost is recognised as its own', async () => {
    const one = await leading('one');
    server.fault = 'write-then-drop';
    await pass(2_000);
    server.fault = 'none';
    await pass(20_000);
    expect(one.history).toEqual(['started 0']);
    expect(one.elector.isLeader()).toBe(true);
  });

  test('a label that a person sets costs nothing and stays', async () => {
    const one = await leading('one');
    server.edit((lease) => ({ ...lease, metadata: { ...lease.metadata, labels: { team: 'x' } } }));
    await pass(10_000);
    expect(one.history).toEqual(['started 0']);
    expect(server.lease()?.metadata.labels).toEqual({ team: 'x' });
  });

  test('a lease that is deleted ends the term; the next one has a higher fence', async () => {
    const one = await leading('one');
    server.remove();
    await pass(6_000);
    expect(one.history).toEqual(['started 0', 'lost', 'started 1']);
  });
});

describe('two candidates', () => {
  test('only one leads; the other takes over only after the lease duration, with a higher fence', async () => {
    const one = await leading('one');
    const two = stand('two');
    await quiet();
    await pass(20_000);
    expect([one.elector.isLeader(), two.elector.isLeader()]).toEqual([true, false]);
    server.fault = 'refuse';
    let wereBoth = false;
    for (let second = 0; second < 14; second += 1) {
      await pass(1_000);
      wereBoth ||= one.elector.isLeader() && two.elector.isLeader();
    }
    server.fault = 'none';
    expect(two.elector.isLeader()).toBe(false);
    await pass(20_000);
    const fences = [...one.history, ...two.history].filter((line) => line.startsWith('started')).sort();
    expect(wereBoth).toBe(false);
    expect(fences).toEqual(['started 0', 'started 1']);
  });

  test('a lease given back is taken at the next attempt', async () => {
    const one = await leading('one');
    const two = stand('two');
    await quiet();
    const stopped = one.stop();
    await stopped;
    candidates = [two];
    await pass(3_000);
    expect(two.elector.isLeader()).toBe(true);
    expect(two.elector.fence()).toBe(1);
  });

  test('a holder that was pushed out loses at its next renewal, and a live read says so before', async () => {
    const one = await leading('one');
    server.edit((lease) => ({
      ...lease,
      spec: { ...lease.spec, holderIdentity: 'thief', leaseTransitions: 9 },
    }));
    const signal = new AbortController().signal;
    expect(one.elector.isLeader()).toBe(true);
    expect(await one.elector.confirm(signal)).toEqual({ ok: true, value: false });
    await pass(3_000);
    expect(one.history).toEqual(['started 0', 'lost']);
    expect(server.lease()?.spec?.holderIdentity).toBe('thief');
  });

  test('the leader is confirmed by a live read', async () => {
    const one = await leading('one');
    expect(await one.elector.confirm(new AbortController().signal)).toEqual({ ok: true, value: true });
  });
});

test('terms that cannot hold are refused at once', () => {
  const { client, connection } = clientOf(server.url, clock);
  connections.push(connection);
  const options = {
    client,
    clock,
    random: () => 0,
    lease: { name: 'x' },
    onStarted: () => undefined,
    onLost: () => undefined,
  };
  const signal = new AbortController().signal;
  expect(() => startElector({ ...options, terms: { ...TERMS, identity: '' } }, signal)).toThrow('identity');
});

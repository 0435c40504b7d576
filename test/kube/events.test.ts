import { afterEach, beforeEach, expect, test } from 'vitest';
import { type EventRecorder, startEventRecorder } from '../../src/kube/events.ts';
import type { KubeObject } from '../../src/kube/object.ts';
import { NAMESPACES } from '../../src/kube/resource.ts';
import type { Failure } from '../../src/ports/failure.ts';
import { createTestClock, type TestClock, until } from '../support/clock.ts';
import {
  json,
  type Reply,
  type ScriptedServer,
  startScriptedServer,
  status,
  widget,
} from './support/scripted-server.ts';
import { clientOf, WIDGETS } from './support/widgets.ts';

let server: ScriptedServer;
let clock: TestClock;
let stop: AbortController;
let recorder: EventRecorder;
let failures: Failure[];
let close: () => Promise<void>;

beforeEach(async () => {
  server = await startScriptedServer();
  clock = createTestClock();
  stop = new AbortController();
  failures = [];
  const { client, connection } = clientOf(server.url, clock);
  close = () => connection.close();
  const onFailure = (failure: Failure): void => void failures.push(failure);
  recorder = startEventRecorder(
    { client, clock, component: 'vendorplane', maxWaiting: 3, onFailure },
    stop.signal,
  );
});

afterEach(async () => {
  stop.abort();
  await recorder.done;
  await close();
  await server.close();
  expect(clock.sleeping()).toEqual([]);
  expect(server.unscripted).toEqual([]);
});

const created = json(201, widget('e', '1'));
const patched = json(200, widget('e', '2'));
const taken = json(409, status(409, 'AlreadyExists'));

function record(message = 'Released 3 devices.', object: KubeObject = widget('a', '1')): void {
  recorder.record({ about: WIDGETS, object, type: 'Normal', reason: 'Released', message });
}

function sent(count: number): Promise<void> {
  return until(() => server.seen.length === count, `${count} requests`);
}

function body(index: number): unknown {
  return JSON.parse(server.seen[index]?.body ?? '');
}

test('an Event reads as kubectl describe wants it', async () => {
  server.script(created);
  record();
  await sent(1);
  expect(server.seen[0]).toMatchObject({ method: 'POST', path: '/api/v1/namespaces/fleet/events' });
  expect(body(0)).toMatchObject({
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { namespace: 'fleet', name: expect.stringMatching(/^a\.[0-9a-f]{16}$/) as unknown },
    involvedObject: {
      apiVersion: 'demo.vendorplane.dev/v1alpha1',
      kind: 'Widget',
      namespace: 'fleet',
      name: 'a',
      uid: 'uid-a',
    },
    type: 'Normal',
    reason: 'Released',
    message: 'Released 3 devices.',
    source: { component: 'vendorplane' },
    firstTimestamp: '2026-01-01T00:00:00Z',
    lastTimestamp: '2026-01-01T00:00:00Z',
    count: 1,
  });
});

test('what happens again is counted: nothing for a minute, then one write for all of it', async () => {
  server.script(created, taken, json(200, { ...widget('e', '1'), count: 1 }), patched);
  record();
  await sent(1);
  await clock.advance(10_000);
  for (let again = 0; again < 5; again += 1) record();
  await clock.advance(49_000);
  expect(server.seen).toHaveLength(1);
  await clock.advance(1_000);
  await sent(4);
  expect(server.seen[3]?.method).toBe('PATCH');
  expect(body(3)).toEqual({ count: 6, lastTimestamp: '2026-01-01T00:00:10Z' });
});

test('another message is another Event', async () => {
  server.script(created, created);
  record('Released 3 devices.');
  record('Released 4 devices.');
  await sent(2);
  expect(server.seen.map((seen) => seen.method)).toEqual(['POST', 'POST']);
});

test('a cluster-scoped object has its Events in default, and names no namespace', async () => {
  server.script(created);
  const { namespace: _, ...metadata } = widget('fleet', '1').metadata;
  recorder.record({
    about: NAMESPACES,
    object: { metadata },
    type: 'Warning',
    reason: 'VendorSideKept',
    message: 'm',
  });
  await sent(1);
  expect(server.seen[0]?.path).toBe('/api/v1/namespaces/default/events');
  expect((body(0) as { involvedObject: object }).involvedObject).not.toHaveProperty('namespace');
});

test('a long name and a long message still make a valid Event', async () => {
  server.script(created);
  record('x'.repeat(3000), widget('n'.repeat(253), '1'));
  await sent(1);
  const event = body(0) as { metadata: { name: string }; message: string };
  expect(event.metadata.name).toHaveLength(253);
  expect(event.message).toHaveLength(1024);
});

test('too many at once are dropped and counted; nobody waits', () => {
  server.script(created, created, created);
  for (let index = 0; index < 10; index += 1) record(`number ${index}`);
  expect(recorder.dropped()).toBe(7);
  return sent(3);
});

test('an Event that cannot be written is said, and the next one goes on', async () => {
  const refusal: Reply = json(403, status(403, 'Forbidden'));
  server.script(refusal, created);
  record('one');
  record('two');
  await sent(2);
  expect(failures).toMatchObject([{ code: 'Forbidden' }]);
});

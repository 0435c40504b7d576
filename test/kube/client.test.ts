import { afterEach, describe, expect, test } from 'vitest';
import type { KubeClient } from '../../src/kube/client.ts';
import type { Connection } from '../../src/kube/connection.ts';
import { SECRETS } from '../../src/kube/resource.ts';
import type { FailureKind } from '../../src/ports/failure.ts';
import { createTestClock, type TestClock, until } from '../support/clock.ts';
import {
  dropped,
  endedWatch,
  json,
  openWatch,
  page,
  type Reply,
  type ScriptedServer,
  silent,
  startScriptedServer,
  status,
  text,
  widget,
} from './support/scripted-server.ts';
import { clientOf, WIDGETS } from './support/widgets.ts';

const REF = { namespace: 'fleet', name: 'a' };
const DRAFT = { metadata: REF, spec: { colour: 'red' } };

let server: ScriptedServer;
let client: KubeClient;
let connection: Connection;
let clock: TestClock;
let stop: AbortController;

async function start(...replies: readonly Reply[]): Promise<void> {
  server = await startScriptedServer(...replies);
  clock = createTestClock();
  stop = new AbortController();
  ({ client, connection } = clientOf(server.url, clock, { maxResponseBytes: 10_000 }));
}

afterEach(async () => {
  await connection.close();
  await server.close();
});

describe('what goes over the wire', () => {
  test('a get asks for JSON under the product name', async () => {
    await start(json(200, widget('a', '7')));
    const got = await client.get(WIDGETS, REF, stop.signal);
    expect(got).toMatchObject({ ok: true, value: { metadata: { resourceVersion: '7' } } });
    expect(server.seen[0]).toMatchObject({
      method: 'GET',
      path: '/apis/demo.vendorplane.dev/v1alpha1/namespaces/fleet/widgets/a',
      headers: { accept: 'application/json', 'user-agent': 'vendorplane/test' },
    });
  });

  test('a core kind lives under /api', async () => {
    await start(json(200, widget('a', '7')));
    await client.get(SECRETS, REF, stop.signal);
    expect(server.seen[0]?.path).toBe('/api/v1/namespaces/fleet/secrets/a');
  });

  test('a list carries its limit, its token and its selectors', async () => {
    await start(page('9', [widget('a', '7')], { continue: 'next', remainingItemCount: 3 }));
    const selection = { namespace: 'fleet', labelSelector: 'a=b', fieldSelector: 'metadata.name=a' };
    const list = await client.list(WIDGETS, { ...selection, limit: 2, continueToken: 'this' }, stop.signal);
    expect(list).toMatchObject({ ok: true, value: { resourceVersion: '9', continueToken: 'next' } });
    expect(Object.fromEntries(server.seen[0]?.query ?? [])).toEqual({
      labelSelector: 'a=b',
      fieldSelector: 'metadata.name=a',
      limit: '2',
      continue: 'this',
    });
  });

  test('an apply names its manager and takes ownership only when told', async () => {
    await start(json(200, widget('a', '7')), json(200, widget('a', '7')));
    await client.apply(WIDGETS, DRAFT, { fieldManager: 'vendorplane' }, stop.signal);
    await client.applyStatus(
      WIDGETS,
      REF,
      { phase: 'x' },
      { fieldManager: 'vendorplane', force: true },
      stop.signal,
    );
    const [main, sub] = server.seen;
    expect(main?.headers['content-type']).toBe('application/apply-patch+yaml');
    expect(main?.query.toString()).toBe('fieldManager=vendorplane');
    expect(sub?.path).toMatch(/\/widgets\/a\/status$/);
    expect(sub?.query.toString()).toBe('fieldManager=vendorplane&force=true');
    expect(JSON.parse(sub?.body ?? '')).toEqual({
      apiVersion: 'demo.vendorplane.dev/v1alpha1',
      kind: 'Widget',
      metadata: REF,
      status: { phase: 'x' },
    });
  });

  test('a merge patch says so: the default for custom resources is another patch', async () => {
    await start(json(200, widget('a', '7')));
    await client.mergePatch(WIDGETS, REF, { metadata: { finalizers: null } }, stop.signal);
    expect(server.seen[0]?.headers['content-type']).toBe('application/merge-patch+json');
  });

  test('a delete carries its preconditions and asks for background propagation', async () => {
    await start(json(200, { kind: 'Status', status: 'Success' }));
    const options = { preconditions: { uid: 'u1' } };
    expect(await client.delete(WIDGETS, REF, options, stop.signal)).toEqual({ ok: true, value: 'deleted' });
    expect(JSON.parse(server.seen[0]?.body ?? '')).toMatchObject({
      propagationPolicy: 'Background',
      preconditions: { uid: 'u1' },
    });
  });

  test('a delete that finalizers hold up is told apart from one that is done', async () => {
    await start(json(200, widget('a', '8', { deletionTimestamp: '2026-01-01T00:00:00Z' })));
    expect(await client.delete(WIDGETS, REF, {}, stop.signal)).toEqual({ ok: true, value: 'terminating' });
  });
});

describe('failures', () => {
  type Call = 'read' | 'write';
  const rows: readonly [string, Reply, Call, FailureKind, string][] = [
    ['an object that is not there', json(404, status(404, 'NotFound')), 'read', 'notFound', 'NotFound'],
    ['a kind that is not installed', text(404, '404 page not found\n'), 'read', 'notFound', 'HTTP_404'],
    ['a name that is taken', json(409, status(409, 'AlreadyExists')), 'write', 'conflict', 'AlreadyExists'],
    ['a stale version', json(409, status(409, 'Conflict')), 'write', 'conflict', 'Conflict'],
    ['an expired continue token', json(410, status(410, 'Expired')), 'read', 'transient', 'Expired'],
    ['a token that ran out', json(401, status(401, 'Unauthorized')), 'read', 'unauthorized', 'Unauthorized'],
    ['a missing role', json(403, status(403, 'Forbidden')), 'write', 'unauthorized', 'Forbidden'],
    ['an invalid object', json(422, status(422, 'Invalid')), 'write', 'rejected', 'Invalid'],
    ['a throttled write was not done', json(429, status(429, 'x')), 'write', 'throttled', 'TooManyRequests'],
    ['a server error on a read', text(503, '<html>'), 'read', 'transient', 'HTTP_503'],
    ['a server error on a write', text(503, '<html>'), 'write', 'unknownOutcome', 'HTTP_503'],
    ['a dropped read', dropped(), 'read', 'transient', 'UND_ERR_SOCKET'],
    ['a dropped write', dropped(), 'write', 'unknownOutcome', 'UND_ERR_SOCKET'],
    ['HTML with status 200 after a read', text(200, '<html>'), 'read', 'transient', 'MalformedAnswer'],
    ['HTML with status 200 after a write', text(200, '<html>'), 'write', 'unknownOutcome', 'MalformedAnswer'],
    ['an answer that outgrows the limit', text(200, 'x'.repeat(10_001)), 'read', 'transient', 'BodyTooLarge'],
    [
      'an apply that does not fit the schema is a 500 without a reason',
      json(500, {
        kind: 'Status',
        code: 500,
        message: 'failed to create typed patch object (/a; x): .spec.b: y',
      }),
      'write',
      'rejected',
      'SchemaMismatch',
    ],
    [
      'an object beyond what etcd stores is a 500 too',
      json(500, { kind: 'Status', code: 500, message: 'etcdserver: request is too large' }),
      'write',
      'rejected',
      'RequestEntityTooLarge',
    ],
    [
      'a namespace that is going away takes nothing new, whoever asks',
      json(403, status(403, 'Forbidden', { details: { causes: [{ reason: 'NamespaceTerminating' }] } })),
      'write',
      'rejected',
      'NamespaceTerminating',
    ],
  ];

  test.each(rows)('%s', async (_why, reply, call, kind, code) => {
    await start(reply);
    const result =
      call === 'read'
        ? await client.get(WIDGETS, REF, stop.signal)
        : await client.create(WIDGETS, DRAFT, stop.signal);
    expect(result).toMatchObject({ ok: false, failure: { kind, code } });
    expect(server.seen).toHaveLength(1);
  });

  test('Retry-After is read from the header, else from the body', async () => {
    const body = status(429, 'TooManyRequests', { details: { retryAfterSeconds: 3 } });
    await start(json(429, body, { 'retry-after': '7' }), json(429, body));
    const first = await client.get(WIDGETS, REF, stop.signal);
    const second = await client.get(WIDGETS, REF, stop.signal);
    expect([first, second]).toMatchObject([
      { failure: { retryAfterMs: 7000 } },
      { failure: { retryAfterMs: 3000 } },
    ]);
  });

  test('a write that never reached a server has certainly not happened', async () => {
    await start();
    await server.close();
    const result = await client.create(WIDGETS, DRAFT, stop.signal);
    expect(result).toMatchObject({ ok: false, failure: { kind: 'transient', code: 'ECONNREFUSED' } });
  });

  test('messages name the fields at fault, never their values', async () => {
    const cause = {
      reason: 'FieldValueInvalid',
      field: 'data.password',
      message: 'Invalid value: "hunter2"',
    };
    await start(json(422, status(422, 'Invalid', { message: 'hunter2', details: { causes: [cause] } })));
    const result = await client.create(WIDGETS, DRAFT, stop.signal);
    expect(result).toMatchObject({
      failure: { message: 'cannot create widgets fleet/a: it is invalid: data.password (FieldValueInvalid)' },
    });
  });

  test('an answer that does not come is given up at the deadline', async () => {
    await start(silent());
    const call = client.create(WIDGETS, DRAFT, stop.signal);
    await until(() => server.seen.length === 1, 'the request to arrive');
    await clock.advance(60_000);
    expect(await call).toMatchObject({ failure: { kind: 'unknownOutcome', code: 'DeadlineExceeded' } });
  });

  test('an aborted call ends at once, and an aborted write is unknown once it was sent', async () => {
    await start(silent());
    const call = client.create(WIDGETS, DRAFT, stop.signal);
    await until(() => server.seen.length === 1, 'the request to arrive');
    stop.abort();
    expect(await call).toMatchObject({ failure: { kind: 'unknownOutcome', code: 'Aborted' } });
    expect(await client.create(WIDGETS, DRAFT, stop.signal)).toMatchObject({
      failure: { kind: 'transient', code: 'Aborted' },
    });
  });

  test('no timer is left after a call', async () => {
    await start(json(200, widget('a', '7')));
    await client.get(WIDGETS, REF, stop.signal);
    expect(clock.sleeping()).toEqual([]);
  });
});

describe('a list that is no list', () => {
  test.each([
    ['items are missing', { metadata: { resourceVersion: '9' } }],
    ['items are null', { metadata: { resourceVersion: '9' }, items: null }],
    ['the version is missing', { metadata: {}, items: [] }],
    ['an item has no uid', { metadata: { resourceVersion: '9' }, items: [{ metadata: { name: 'a' } }] }],
    ['the last page knows of more', { metadata: { resourceVersion: '9', remainingItemCount: 4 }, items: [] }],
  ])('is a failure, never an empty world: %s', async (_why, body) => {
    await start(json(200, body));
    const list = await client.list(WIDGETS, { limit: 500 }, stop.signal);
    expect(list).toMatchObject({ ok: false, failure: { kind: 'transient', code: 'MalformedAnswer' } });
  });
});

test('open watches do not take the place of requests', async () => {
  server = await startScriptedServer(openWatch().reply, openWatch().reply, json(200, widget('a', '7')));
  clock = createTestClock();
  stop = new AbortController();
  ({ client, connection } = clientOf(server.url, clock, { maxConnections: 1 }));
  const request = { resourceVersion: '1', timeoutSeconds: 300, silenceMs: 150_000 };
  const watches = [1, 2].map(() => client.watch(WIDGETS, request, stop.signal)[Symbol.asyncIterator]());
  for (const watch of watches) expect(await watch.next()).toMatchObject({ value: { type: 'opened' } });
  expect((await client.get(WIDGETS, REF, stop.signal)).ok).toBe(true);
  stop.abort();
  for (const watch of watches) expect(await watch.next()).toMatchObject({ done: true });
});

test('a watch says nothing after its failure', async () => {
  await start(
    endedWatch(
      { type: 'ERROR', object: status(410, 'Expired') },
      { type: 'ADDED', object: widget('a', '7') },
    ),
  );
  const types: string[] = [];
  const request = { resourceVersion: '1', timeoutSeconds: 300, silenceMs: 150_000 };
  for await (const event of client.watch(WIDGETS, request, stop.signal)) types.push(event.type);
  expect(types).toEqual(['opened', 'failed']);
});

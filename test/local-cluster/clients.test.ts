import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  concat,
  flagField,
  integerField,
  messageField,
  textField,
} from '../../src/local-cluster/wire/protobuf-writer.ts';
import { startTestCluster, type TestCluster } from '../support/cluster.ts';
import { bePatient } from '../support/patience.ts';
import { prepare } from './replay/replay.ts';
import { type Received, send } from './replay/send.ts';

/** What clients other than kubectl rely on, and no recording shows. */
bePatient();

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';
const WIDGETS = '/apis/demo.vendorplane.dev/v1alpha1/namespaces/default/widgets';
const DEFINITION = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/widgets.demo.vendorplane.dev';
const PROTOBUF = 'application/vnd.kubernetes.protobuf';

interface Meta {
  readonly name: string;
  readonly uid: string;
  readonly resourceVersion: string;
  readonly finalizers?: readonly string[];
}

let cluster: TestCluster;

beforeAll(async () => {
  cluster = await startTestCluster({ controllers: false });
  await prepare('clients', cluster.url);
});

afterAll(async () => {
  await cluster.close();
});

function call(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Received> {
  return send(cluster.url, { method, path, headers, ...(body === undefined ? {} : { body }) });
}

async function create(name: string, metadata: object = {}): Promise<Meta> {
  const { status, body } = await call('POST', CONFIG_MAPS, { metadata: { name, ...metadata } });
  expect(status).toBe(201);
  return (body as { metadata: Meta }).metadata;
}

/** A body in protobuf, as typed clients of Go send it: an envelope with the kind around the message. */
async function callInProtobuf(
  method: string,
  path: string,
  [apiVersion, kind]: readonly [string, string],
  message: Uint8Array,
): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const type = concat(textField(1, apiVersion), textField(2, kind));
  const envelope = concat(messageField(1, type), messageField(2, message));
  const answer = await fetch(`${cluster.url}${path}`, {
    method,
    headers: { 'content-type': PROTOBUF, accept: `${PROTOBUF}, */*` },
    body: Buffer.concat([Buffer.from('k8s\0'), envelope]),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

describe('deletion', () => {
  test.each([
    {
      why: 'orphanDependents in the query',
      query: '?orphanDependents=true',
      body: undefined,
      finalizer: 'orphan',
    },
    { why: 'orphanDependents in the body', query: '', body: { orphanDependents: true }, finalizer: 'orphan' },
    {
      why: 'a policy in the body',
      query: '?propagationPolicy=Orphan',
      body: { propagationPolicy: 'Foreground' },
      finalizer: 'foregroundDeletion',
    },
  ])('follows $why', async ({ query, body, finalizer }) => {
    const { uid } = await create('policy');
    const { body: left } = await call('DELETE', `${CONFIG_MAPS}/policy${query}`, body);
    expect((left as { metadata: Meta }).metadata).toMatchObject({ uid, finalizers: [finalizer] });
    const merge = { 'Content-Type': 'application/merge-patch+json' };
    await call('PATCH', `${CONFIG_MAPS}/policy`, { metadata: { finalizers: null } }, merge);
  });

  test('refuses a policy beside the flag it replaced, and a dry run of nothing known, before it looks', async () => {
    const both = await call('DELETE', `${CONFIG_MAPS}/absent`, {
      orphanDependents: true,
      propagationPolicy: 'Orphan',
    });
    expect([both.status, both.text]).toEqual([422, expect.stringContaining('cannot be both set')]);
    expect((await call('DELETE', `${CONFIG_MAPS}/absent`, { dryRun: ['Some'] })).status).toBe(422);
  });

  test('reads its options in protobuf, preconditions first', async () => {
    await create('typed-gone');
    const wrong = messageField(2, textField(1, 'another-uid'));
    const refused = await callInProtobuf(
      'DELETE',
      `${CONFIG_MAPS}/typed-gone`,
      ['v1', 'DeleteOptions'],
      wrong,
    );
    expect(refused).toMatchObject({ status: 409, body: { reason: 'Conflict' } });
    const foreground = textField(4, 'Foreground');
    const kept = await callInProtobuf(
      'DELETE',
      `${CONFIG_MAPS}/typed-gone`,
      ['v1', 'DeleteOptions'],
      foreground,
    );
    expect(kept.body['metadata']).toMatchObject({ finalizers: ['foregroundDeletion'] });
  });
});

describe('a body in protobuf', () => {
  test('keeps all metadata a controller sends: owners, finalizers, labels', async () => {
    const owner = await create('owner');
    const reference = concat(
      textField(1, 'ConfigMap'),
      textField(3, 'owner'),
      textField(4, owner.uid),
      textField(5, 'v1'),
      flagField(6, true),
    );
    const label = concat(textField(1, 'app'), textField(2, 'x'));
    const metadata = concat(
      textField(1, 'owned'),
      messageField(8, new Uint8Array()),
      messageField(11, label),
      messageField(13, reference),
      textField(14, 'test.dev/hold'),
    );
    const { status, body } = await callInProtobuf(
      'POST',
      CONFIG_MAPS,
      ['v1', 'ConfigMap'],
      messageField(1, metadata),
    );
    expect(status).toBe(201);
    expect(body['metadata']).toMatchObject({
      labels: { app: 'x' },
      finalizers: ['test.dev/hold'],
      ownerReferences: [
        { apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: owner.uid, controller: true },
      ],
    });
  });

  test('is read for a Lease, with its times, and for an Event', async () => {
    const time = concat(integerField(1, 1_767_225_600), integerField(2, 123_456_789));
    const lease = concat(
      messageField(1, textField(1, 'leader')),
      messageField(2, concat(textField(1, 'me'), integerField(2, 15), messageField(4, time))),
    );
    const path = '/apis/coordination.k8s.io/v1/namespaces/default/leases';
    const taken = await callInProtobuf('POST', path, ['coordination.k8s.io/v1', 'Lease'], lease);
    expect(taken.body['spec']).toEqual({
      holderIdentity: 'me',
      leaseDurationSeconds: 15,
      renewTime: '2026-01-01T00:00:00.123456Z',
    });
    const event = concat(
      messageField(1, textField(1, 'noticed')),
      messageField(2, concat(textField(1, 'ConfigMap'), textField(2, 'default'), textField(3, 'owner'))),
      textField(3, 'Noticed'),
      messageField(6, time),
      integerField(8, 3),
    );
    const told = await callInProtobuf('POST', '/api/v1/namespaces/default/events', ['v1', 'Event'], event);
    expect(told).toMatchObject({
      status: 201,
      body: { reason: 'Noticed', count: 3, firstTimestamp: '2026-01-01T00:00:00Z' },
    });
  });

  test('of another kind is 415, so that the client knows', async () => {
    const pod = await callInProtobuf('POST', CONFIG_MAPS, ['v1', 'Pod'], new Uint8Array());
    expect(pod.status).toBe(415);
  });
});

test('a page of a version is a page of exactly that version', async () => {
  const { resourceVersion } = await create('page-a');
  await create('page-b');
  const page = await call('GET', `${CONFIG_MAPS}?limit=500&resourceVersion=${resourceVersion}`);
  const { items, metadata } = page.body as { items: { metadata: Meta }[]; metadata: Meta };
  expect(metadata.resourceVersion).toBe(resourceVersion);
  expect(items.map((item) => item.metadata.name)).not.toContain('page-b');
});

test('an object without namespace cannot be sent with one', async () => {
  const { status, text } = await call('POST', '/api/v1/namespaces', {
    metadata: { name: 'inner', namespace: 'default' },
  });
  expect([status, text]).toEqual([400, expect.stringContaining('does not match the namespace sent')]);
});

test('a deprecated version says so with every answer, in the words of its definition if it has any', async () => {
  const json = { 'Content-Type': 'application/json-patch+json' };
  const patch = (op: string, path: string, value: unknown) =>
    call('PATCH', DEFINITION, [{ op, path: `/spec/versions/0/${path}`, value }], json);
  expect((await patch('add', 'deprecated', true)).status).toBe(200);
  await expect
    .poll(async () => (await call('GET', WIDGETS)).headers['warning'])
    .toBe('299 - "demo.vendorplane.dev/v1alpha1 Widget is deprecated"');
  await patch('add', 'deprecationWarning', 'use v1');
  await expect
    .poll(async () => (await call('GET', `${WIDGETS}/none`)).headers['warning'])
    .toBe('299 - "use v1"');
  await patch('replace', 'deprecated', false);
  await expect.poll(async () => (await call('GET', WIDGETS)).headers['warning']).toBeUndefined();
});

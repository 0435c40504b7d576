import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKubeClient, type KubeClient } from '../../src/kube/client.ts';
import { mergeConditions } from '../../src/kube/conditions.ts';
import { loadClusterAccess } from '../../src/kube/config.ts';
import { type Connection, createConnection } from '../../src/kube/connection.ts';
import { EVENTS } from '../../src/kube/event-message.ts';
import { startEventRecorder } from '../../src/kube/events.ts';
import { LEASES, startElector } from '../../src/kube/lease/elector.ts';
import { startNamedWatch } from '../../src/kube/named-watch.ts';
import type { KubeObject } from '../../src/kube/object.ts';
import {
  CONFIG_MAPS,
  CUSTOM_RESOURCE_DEFINITIONS,
  defineResource,
  NAMESPACES,
  SECRETS,
} from '../../src/kube/resource.ts';
import { createStatusWriter } from '../../src/kube/status.ts';
import { startReflector } from '../../src/kube/watch/run.ts';
import { type LocalCluster, startLocalCluster } from '../../src/local-cluster/server.ts';
import { until } from '../support/clock.ts';
import { createSystemClock } from '../support/system-clock.ts';

interface Gadget extends KubeObject<{ readonly size?: number }, { readonly conditions?: readonly object[] }> {
  readonly kind?: 'Gadget';
}

const GADGETS = defineResource<Gadget>({
  group: 'kube-test.vendorplane.dev',
  version: 'v1',
  plural: 'gadgets',
  kind: 'Gadget',
  namespaced: true,
});

const NAMESPACE = 'kube-test';
const clock = createSystemClock();
const common = { clock, random: Math.random };

let folder: string;
let cluster: LocalCluster;
let connection: Connection;
let client: KubeClient;
let stop: AbortController;

beforeAll(async () => {
  cluster = await startLocalCluster({});
  folder = mkdtempSync(join(tmpdir(), 'vendorplane-'));
  const kubeconfig = join(folder, 'kubeconfig');
  writeFileSync(kubeconfig, cluster.kubeconfig());
  const access = await loadClusterAccess({ kubeconfig, env: {}, clock });
  if (!access.ok) throw new Error(access.failure.message);
  connection = createConnection({ access: access.value, clock, userAgent: 'vendorplane/test' });
  client = createKubeClient(connection, clock);
  stop = new AbortController();
  await expectOk(client.create(NAMESPACES, { metadata: { name: NAMESPACE } }, stop.signal));
  await expectOk(client.create(CUSTOM_RESOURCE_DEFINITIONS, definition(), stop.signal));
  let isServed = false;
  while (!isServed) isServed = (await client.list(GADGETS, { limit: 1 }, stop.signal)).ok;
});

afterAll(async () => {
  stop.abort();
  await connection.close();
  await cluster.close();
  rmSync(folder, { recursive: true, force: true });
});

function definition() {
  const condition = {
    type: 'object',
    required: ['type', 'status'],
    properties: Object.fromEntries(
      ['type', 'status', 'reason', 'message', 'lastTransitionTime'].map((name) => [name, { type: 'string' }]),
    ),
    'x-kubernetes-preserve-unknown-fields': true,
  };
  const schema = {
    type: 'object',
    properties: {
      spec: { type: 'object', properties: { size: { type: 'integer', maximum: 9 } } },
      status: {
        type: 'object',
        properties: {
          conditions: {
            type: 'array',
            items: condition,
            'x-kubernetes-list-type': 'map',
            'x-kubernetes-list-map-keys': ['type'],
          },
        },
      },
    },
  };
  return {
    metadata: { name: 'gadgets.kube-test.vendorplane.dev' },
    spec: {
      group: GADGETS.group,
      scope: 'Namespaced',
      names: { plural: 'gadgets', singular: 'gadget', kind: 'Gadget', listKind: 'GadgetList' },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          subresources: { status: {} },
          schema: { openAPIV3Schema: schema },
        },
      ],
    },
  };
}

async function expectOk<T>(call: Promise<{ readonly ok: boolean } & object>): Promise<T> {
  const result = await call;
  expect(result).toMatchObject({ ok: true });
  return (result as unknown as { readonly value: T }).value;
}

function gadget(name: string, size = 1) {
  return { metadata: { namespace: NAMESPACE, name }, spec: { size } };
}

function ref(name: string) {
  return { namespace: NAMESPACE, name };
}

describe('the client', () => {
  test('creates, reads, replaces, patches and deletes', async () => {
    const created = await expectOk<Gadget>(client.create(GADGETS, gadget('life'), stop.signal));
    const again = await client.create(GADGETS, gadget('life'), stop.signal);
    expect(again).toMatchObject({ failure: { kind: 'conflict', code: 'AlreadyExists' } });

    const { resourceVersion, uid } = created.metadata;
    const wider = { metadata: { ...ref('life'), resourceVersion }, spec: { size: 2 } };
    await expectOk(client.replace(GADGETS, wider, stop.signal));
    const stale = await client.replace(GADGETS, wider, stop.signal);
    expect(stale).toMatchObject({ failure: { kind: 'conflict', code: 'Conflict' } });

    const patched = await client.mergePatch(
      GADGETS,
      ref('life'),
      { metadata: { finalizers: ['vendorplane.dev/x'] } },
      stop.signal,
    );
    expect(patched).toMatchObject({ value: { spec: { size: 2 }, metadata: { generation: 2 } } });

    const another = await client.delete(
      GADGETS,
      ref('life'),
      { preconditions: { uid: 'other' } },
      stop.signal,
    );
    expect(another).toMatchObject({ failure: { kind: 'conflict' } });
    const held = await client.delete(GADGETS, ref('life'), { preconditions: { uid } }, stop.signal);
    expect(held).toEqual({ ok: true, value: 'terminating' });
    await expectOk(client.mergePatch(GADGETS, ref('life'), { metadata: { finalizers: null } }, stop.signal));
    expect(await client.get(GADGETS, ref('life'), stop.signal)).toMatchObject({
      failure: { kind: 'notFound', code: 'NotFound' },
    });
  });

  test('an apply meets a conflict, and takes over when told to', async () => {
    await expectOk(client.apply(GADGETS, gadget('shared', 1), { fieldManager: 'one' }, stop.signal));
    const refused = await client.apply(GADGETS, gadget('shared', 2), { fieldManager: 'two' }, stop.signal);
    expect(refused).toMatchObject({ failure: { kind: 'conflict', code: 'Conflict' } });
    const forced = await client.apply(
      GADGETS,
      gadget('shared', 2),
      { fieldManager: 'two', force: true },
      stop.signal,
    );
    expect(forced).toMatchObject({ value: { spec: { size: 2 } } });
  });

  test('an invalid object names its field', async () => {
    const result = await client.create(GADGETS, gadget('big', 10), stop.signal);
    expect(result).toMatchObject({ failure: { kind: 'rejected', code: 'Invalid' } });
    expect(result).toMatchObject({ failure: { message: expect.stringContaining('spec.size') as unknown } });
  });

  test('a kind that is not installed is told from an object that does not exist', async () => {
    const unknown = defineResource<KubeObject>({ ...GADGETS, plural: 'nothings', kind: 'Nothing' });
    expect(await client.get(unknown, ref('x'), stop.signal)).toMatchObject({ failure: { code: 'HTTP_404' } });
  });
});

describe('the reflector', () => {
  test('sees what is there, page by page, and what happens after', async () => {
    for (let index = 0; index < 7; index += 1) {
      await expectOk(client.create(CONFIG_MAPS, { metadata: ref(`map-${index}`) }, stop.signal));
    }
    const end = new AbortController();
    const selection = { namespace: NAMESPACE };
    const reflector = startReflector(
      { ...common, client, type: CONFIG_MAPS, selection, pageSize: 2, onError: () => undefined },
      end.signal,
    );
    const names = (): string =>
      reflector.store
        .list()
        .map((map) => map.metadata.name)
        .sort()
        .join(' ');
    expect(await reflector.store.whenSynced(end.signal)).toBe(true);
    expect(names()).toContain('map-0 map-1 map-2 map-3 map-4 map-5 map-6');

    await expectOk(client.create(CONFIG_MAPS, { metadata: ref('map-new'), data: { a: '1' } }, stop.signal));
    await until(() => names().includes('map-new'), 'the new one');
    await expectOk(client.mergePatch(CONFIG_MAPS, ref('map-new'), { data: { a: '2' } }, stop.signal));
    await until(() => reflector.store.get(`${NAMESPACE}/map-new`)?.data?.a === '2', 'the change');
    await expectOk(client.delete(CONFIG_MAPS, ref('map-new'), {}, stop.signal));
    await until(() => !names().includes('map-new'), 'the deletion');
    end.abort();
    await reflector.done;
  });

  test('a Secret is seen by its name alone', async () => {
    const end = new AbortController();
    const named = startNamedWatch({ ...common, client, type: SECRETS, onError: () => undefined }, end.signal);
    named.hold(ref('login'));
    await until(() => named.get(ref('login')).state === 'absent', 'the look');
    await expectOk(client.create(SECRETS, { metadata: ref('other'), data: {} }, stop.signal));
    await expectOk(client.create(SECRETS, { metadata: ref('login'), data: { key: 'YQ==' } }, stop.signal));
    await until(() => named.get(ref('login')).state === 'present', 'the Secret');
    expect(named.get(ref('login'))).toMatchObject({ object: { data: { key: 'YQ==' } } });
    await expectOk(client.delete(SECRETS, ref('login'), {}, stop.signal));
    await until(() => named.get(ref('login')).state === 'absent', 'its end');
    end.abort();
    await named.done;
  });
});

describe('what a controller writes', () => {
  test('a status replaces the one before, and is sent once', async () => {
    const writer = createStatusWriter(client);
    const at = { now: Date.now(), generation: 1 };
    const standing = await expectOk<Gadget>(client.create(GADGETS, gadget('status'), stop.signal));
    const finding = { status: 'True', reason: 'Because', message: 'It is so.' } as const;
    const first = mergeConditions(
      [],
      [
        { ...finding, type: 'Ready' },
        { ...finding, type: 'Stalled' },
      ],
      at,
    );
    expect(await writer.write(GADGETS, standing, { conditions: first }, stop.signal)).toEqual({
      ok: true,
      value: 'written',
    });

    const second = mergeConditions(first, [{ ...finding, type: 'Ready' }], at);
    expect(await writer.write(GADGETS, standing, { conditions: second }, stop.signal)).toEqual({
      ok: true,
      value: 'written',
    });
    const read = await expectOk<Gadget>(client.get(GADGETS, ref('status'), stop.signal));
    expect(read.status?.conditions).toMatchObject([{ type: 'Ready' }]);
    expect(await writer.write(GADGETS, read, { conditions: second }, stop.signal)).toEqual({
      ok: true,
      value: 'unchanged',
    });

    await expectOk(client.delete(GADGETS, ref('status'), {}, stop.signal));
    expect(await writer.write(GADGETS, read, { conditions: first }, stop.signal)).toEqual({
      ok: true,
      value: 'gone',
    });
  });

  test('an Event is found where kubectl describe looks, and counted', async () => {
    const object = await expectOk<Gadget>(client.create(GADGETS, gadget('eventful'), stop.signal));
    const end = new AbortController();
    const recorder = startEventRecorder(
      { client, clock, component: 'vendorplane', repeatAfterMs: 1 },
      end.signal,
    );
    const happening = { about: GADGETS, object, type: 'Normal', reason: 'Claimed', message: 'm' } as const;
    const fieldSelector = `involvedObject.uid=${object.metadata.uid},involvedObject.name=eventful`;
    const count = async (): Promise<number> => {
      const page = await client.list(
        EVENTS,
        { namespace: NAMESPACE, fieldSelector, limit: 500 },
        stop.signal,
      );
      return page.ok ? page.value.items.reduce((sum, event) => sum + event.count, 0) : -1;
    };
    recorder.record(happening);
    while ((await count()) < 1);
    recorder.record(happening);
    while ((await count()) < 2);
    end.abort();
    await recorder.done;
    expect(await count()).toBe(2);
  });

  test('a lease is taken, renewed, confirmed and given back', async () => {
    const end = new AbortController();
    const terms = { identity: 'one', leaseDurationMs: 2_000, renewDeadlineMs: 1_500, retryPeriodMs: 20 };
    const lease = ref('lead');
    const elector = startElector(
      { ...common, client, lease, terms, onStarted: () => undefined, onLost: () => undefined },
      end.signal,
    );
    await until(() => elector.isLeader(), 'leadership');
    const first = await expectOk<KubeObject>(client.get(LEASES, lease, stop.signal));
    let renewed = first;
    while (renewed.metadata.resourceVersion === first.metadata.resourceVersion) {
      renewed = await expectOk<KubeObject>(client.get(LEASES, lease, stop.signal));
    }
    expect(await elector.confirm(stop.signal)).toEqual({ ok: true, value: true });
    end.abort();
    await elector.done;
    expect(await client.get(LEASES, lease, stop.signal)).toMatchObject({
      value: { spec: { holderIdentity: '' } },
    });
  });
});

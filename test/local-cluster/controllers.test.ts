import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LocalCluster, startLocalCluster } from '../../src/local-cluster/server.ts';
import { bePatient } from '../support/patience.ts';
import { type Received, send } from './replay/send.ts';

/** What kube-controller-manager, and the leases of etcd, do in a real cluster. */
bePatient();

const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';

let cluster: LocalCluster;

beforeEach(async () => {
  cluster = await startLocalCluster({});
});

afterEach(async () => {
  await cluster.close();
});

function call(method: string, path: string, body?: object): Promise<Received> {
  const headers = method === 'PATCH' ? { 'Content-Type': 'application/merge-patch+json' } : {};
  return send(cluster.url, { method, path, headers, ...(body === undefined ? {} : { body }) });
}

interface Meta {
  readonly uid: string;
  readonly ownerReferences?: readonly { readonly name: string }[];
}

async function create(name: string, metadata: object = {}): Promise<Meta> {
  const { status, body } = await call('POST', CONFIG_MAPS, { metadata: { name, ...metadata } });
  expect(status).toBe(201);
  return (body as { metadata: Meta }).metadata;
}

function ownedBy(name: string, { uid }: Meta, more: object = {}): object {
  return { apiVersion: 'v1', kind: 'ConfigMap', name, uid, ...more };
}

async function exists(name: string): Promise<boolean> {
  return (await call('GET', `${CONFIG_MAPS}/${name}`)).status === 200;
}

async function eventually(check: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 500; attempt += 1) {
    if (await check()) return;
    await sleep(20);
  }
  expect.fail('it did not happen within ten seconds');
}

describe('garbage collection', () => {
  test('what was owned goes with its last owner, down to the grandchildren', async () => {
    const owner = await create('owner');
    const child = await create('child', { ownerReferences: [ownedBy('owner', owner)] });
    await create('grandchild', { ownerReferences: [ownedBy('child', child)] });
    await call('DELETE', `${CONFIG_MAPS}/owner`);
    await eventually(async () => !(await exists('child')) && !(await exists('grandchild')));
  });

  test('what another owner still holds stays, without the reference to the one that went', async () => {
    const one = await create('one');
    const two = await create('two');
    await create('shared', { ownerReferences: [ownedBy('one', one), ownedBy('two', two)] });
    await call('DELETE', `${CONFIG_MAPS}/one`);
    await eventually(async () => {
      const { body } = await call('GET', `${CONFIG_MAPS}/shared`);
      return (
        (body as { metadata: Meta }).metadata.ownerReferences?.map((known) => known.name).join() === 'two'
      );
    });
  });

  test('an owner of the same name with another uid is not the owner', async () => {
    await create('namesake');
    await create('stray', { ownerReferences: [ownedBy('namesake', { uid: 'of-an-earlier-one' })] });
    await eventually(async () => !(await exists('stray')));
    expect(await exists('namesake')).toBe(true);
  });

  test('an object without namespace is not judged by an owner within one, which it cannot have', async () => {
    const owner = await create('inner');
    const metadata = { name: 'outer', ownerReferences: [ownedBy('inner', owner)] };
    expect((await call('POST', '/api/v1/namespaces', { metadata })).status).toBe(201);
    const sibling = await create('sibling', { ownerReferences: [ownedBy('inner', owner)] });
    expect(sibling.uid).not.toBe('');
    await call('DELETE', `${CONFIG_MAPS}/inner`);
    await eventually(async () => !(await exists('sibling')));
    expect((await call('GET', '/api/v1/namespaces/outer')).body).toMatchObject({
      status: { phase: 'Active' },
    });
  });

  test('an owner of a kind that is not served protects what it owns', async () => {
    const reference = { apiVersion: 'nowhere.example/v1', kind: 'Thing', name: 'x', uid: 'u' };
    await create('kept', { ownerReferences: [reference] });
    const owner = await create('other');
    await create('doomed', { ownerReferences: [ownedBy('other', owner)] });
    await call('DELETE', `${CONFIG_MAPS}/other`);
    await eventually(async () => !(await exists('doomed')));
    expect(await exists('kept')).toBe(true);
  });

  test('foreground deletion keeps the owner until the blocking dependents are gone', async () => {
    const owner = await create('owner');
    const reference = ownedBy('owner', owner, { blockOwnerDeletion: true });
    await create('held', { finalizers: ['test.dev/hold'], ownerReferences: [reference] });
    await call('DELETE', `${CONFIG_MAPS}/owner`, { propagationPolicy: 'Foreground' });
    await eventually(async () => {
      const { body } = await call('GET', `${CONFIG_MAPS}/held`);
      return 'deletionTimestamp' in (body as { metadata: object }).metadata;
    });
    expect(await exists('owner')).toBe(true);
    await call('PATCH', `${CONFIG_MAPS}/held`, { metadata: { finalizers: null } });
    await eventually(async () => !(await exists('held')) && !(await exists('owner')));
  });

  test('orphaning lets the dependents live, owned by nobody', async () => {
    const owner = await create('owner');
    await create('child', { ownerReferences: [ownedBy('owner', owner)] });
    await call('DELETE', `${CONFIG_MAPS}/owner?propagationPolicy=Orphan`);
    await eventually(async () => !(await exists('owner')));
    const { body } = await call('GET', `${CONFIG_MAPS}/child`);
    expect((body as { metadata: Meta }).metadata.ownerReferences).toBeUndefined();
  });
});

describe('namespace deletion', () => {
  test('a namespace goes when all that is in it is gone, and not before', async () => {
    await call('POST', '/api/v1/namespaces', { metadata: { name: 'team' } });
    await call('POST', '/api/v1/namespaces/team/secrets', { metadata: { name: 'free' } });
    const held = { metadata: { name: 'held', finalizers: ['test.dev/hold'] } };
    await call('POST', '/api/v1/namespaces/team/configmaps', held);
    await call('DELETE', '/api/v1/namespaces/team');
    await eventually(async () => (await call('GET', '/api/v1/namespaces/team/secrets/free')).status === 404);
    expect((await call('GET', '/api/v1/namespaces/team')).body).toMatchObject({
      status: {
        phase: 'Terminating',
        conditions: expect.arrayContaining([
          expect.objectContaining({
            type: 'NamespaceContentRemaining',
            status: 'True',
            message: 'Some resources are remaining: configmaps. has 1 resource instances',
          }),
          expect.objectContaining({
            type: 'NamespaceFinalizersRemaining',
            status: 'True',
            message:
              'Some content in the namespace has finalizers remaining: test.dev/hold in 1 resource instances',
          }),
        ]) as unknown,
      },
    });
    await call('PATCH', '/api/v1/namespaces/team/configmaps/held', { metadata: { finalizers: null } });
    await eventually(async () => (await call('GET', '/api/v1/namespaces/team')).status === 404);
  });
});

test('an event goes an hour after it was last written', async () => {
  let nowMs = Date.UTC(2026, 0, 1);
  const aging = await startLocalCluster({ now: () => nowMs });
  const events = '/api/v1/namespaces/default/events';
  const write = (name: string) => {
    const involvedObject = { kind: 'ConfigMap', name: 'x', namespace: 'default' };
    return send(aging.url, { method: 'POST', path: events, body: { metadata: { name }, involvedObject } });
  };
  const names = async () => {
    const { body } = await send(aging.url, { method: 'GET', path: events });
    return (body as { items: { metadata: { name: string } }[] }).items.map(({ metadata }) => metadata.name);
  };
  await write('old');
  await write('counted');
  nowMs += 3_599_000;
  const count = { count: 2 };
  const headers = { 'Content-Type': 'application/merge-patch+json' };
  await send(aging.url, { method: 'PATCH', path: `${events}/counted`, headers, body: count });
  expect(await names()).toEqual(['counted', 'old']);
  nowMs += 31_000;
  await write('new');
  await eventually(async () => (await names()).join() === 'counted,new');
  await aging.close();
});

import { describe, expect, test } from 'vitest';
import { RECONCILE_REQUESTED_ANNOTATION } from '../../src/api/group.ts';
import { KINDS } from '../../src/cli/controller/kinds.ts';
import { type Queues, routeChanges } from '../../src/cli/controller/routes.ts';
import type { World } from '../../src/cli/controller/world.ts';
import type { ServedNetflixSubscription } from '../../src/controllers/resources.ts';
import type { KubeObject } from '../../src/kube/object.ts';
import { PRIORITY } from '../../src/kube/schedule.ts';
import { createStore } from '../../src/kube/store.ts';
import { createWorkqueue } from '../../src/kube/workqueue.ts';
import { createTestClock } from '../support/clock.ts';

const { signal } = new AbortController();

function fail(error: unknown): never {
  throw error;
}

/** A subscription whose status speaks of it as it is written, unless said otherwise. */
function subscription(name: string, over: object = {}, observedGeneration = 1): ServedNetflixSubscription {
  return {
    metadata: { namespace: 'tv', name, uid: name, resourceVersion: '1', generation: 1, ...over },
    spec: {},
    status: { observedGeneration },
  } as unknown as ServedNetflixSubscription;
}

/** Stores and queues of a controller that has just begun: a hundred subscriptions stood there before. */
function begun() {
  const clock = createTestClock();
  const store = <T extends KubeObject>() => createStore<T>({ onError: fail });
  const subscriptions = store<ServedNetflixSubscription>();
  const others = store();
  const named = { subscribe: () => () => undefined };
  const world = {
    accounts: others,
    customers: others,
    claims: others,
    deviceRegistrations: others,
    feeds: others,
    deletions: others,
    subscriptions,
    secrets: named,
    configMaps: named,
  } as unknown as World;
  const queues = Object.fromEntries(
    KINDS.map((kind) => [kind, createWorkqueue({ clock, random: () => 0.5 })]),
  ) as Queues;
  routeChanges(world, {} as Parameters<typeof routeChanges>[1], queues);
  for (let n = 0; n < 100; n += 1) subscriptions.put(subscription(`old-${n}`));
  const next = async () => {
    const task = await queues.NetflixSubscription.take(signal);
    return { key: task?.key, priority: task?.priority };
  };
  return { subscriptions, next };
}

describe('of ten thousand subscriptions, the first that is looked at', () => {
  test.each([
    ['was edited', subscription('old-99', { resourceVersion: '2', generation: 2 })],
    [
      'is asked for',
      subscription('old-99', {
        resourceVersion: '2',
        annotations: { [RECONCILE_REQUESTED_ANNOTATION]: 'now' },
      }),
    ],
    [
      'is being deleted',
      subscription('old-99', { resourceVersion: '2', deletionTimestamp: '2026-01-01T00:00:00Z' }),
    ],
  ])('is the one that %s, though all the others stood in line before', async (_what, edited) => {
    const { subscriptions, next } = begun();
    subscriptions.put(edited);
    expect(await next()).toEqual({ key: 'tv/old-99', priority: PRIORITY.edit });
    expect(await next()).toEqual({ key: 'tv/old-0', priority: PRIORITY.poll });
  });

  test.each([
    ['whose status comes back', subscription('old-99', { resourceVersion: '2' })],
    ['that stood there before, not told of yet', subscription('new', {}, 0)],
  ])('is not one %s: nobody waits for it', async (_what, changed) => {
    const { subscriptions, next } = begun();
    subscriptions.put(changed);
    expect(await next()).toEqual({ key: 'tv/old-0', priority: PRIORITY.poll });
  });

  test('is the one that is gone: what it declared is let go of at once', async () => {
    const { subscriptions, next } = begun();
    subscriptions.remove(subscription('old-99'));
    expect(await next()).toEqual({ key: 'tv/old-99', priority: PRIORITY.edit });
  });
});

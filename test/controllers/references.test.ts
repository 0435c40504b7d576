import { afterAll, beforeAll, expect, test } from 'vitest';
import { createReferences } from '../../src/controllers/references.ts';
import { startNamedWatch } from '../../src/kube/named-watch.ts';
import { SECRETS } from '../../src/kube/resource.ts';
import { eventually } from '../support/stage.ts';
import { createSystemClock } from '../support/system-clock.ts';
import { startTestKube, type TestKube, valueOf } from './support/kube.ts';

let kube: TestKube;
beforeAll(async () => {
  kube = await startTestKube();
});
afterAll(() => kube.close());

test('an object is followed as long as somebody refers to it, and its referrers are known', async () => {
  const stop = new AbortController();
  const onError = (error: unknown): void => {
    throw error;
  };
  const watch = startNamedWatch(
    { client: kube.client, type: SECRETS, clock: createSystemClock(), random: () => 0.5, onError },
    stop.signal,
  );
  const namespace = await kube.namespace('references');
  const references = createReferences(watch);
  const one = references.readerFor('references/one');
  const other = references.readerFor('references/other');

  expect(one(namespace, 'key').state).toBe('unknown');
  await eventually(() => one(namespace, 'key').state === 'absent', 'the Secret is known to be absent');
  valueOf(
    await kube.client.create(
      SECRETS,
      { metadata: { namespace, name: 'key' }, data: { a: 'YQ==' } },
      kube.signal,
    ),
  );
  await eventually(() => other(namespace, 'key').state === 'present', 'the Secret is seen');
  expect(one(namespace, 'key')).toMatchObject({ object: { data: { a: 'YQ==' } } });

  // Asking again and again is one reference each.
  expect(watch.size).toBe(1);
  expect(references.ownersOf(namespace, 'key')).toEqual(['references/one', 'references/other']);
  expect(references.ownersOf('elsewhere', 'key')).toEqual([]);

  references.release('references/one');
  expect(references.ownersOf(namespace, 'key')).toEqual(['references/other']);
  expect(watch.size).toBe(1);
  references.release('references/other');
  references.release('references/nobody');
  expect(watch.size).toBe(0);
  stop.abort();
  await watch.done;
});

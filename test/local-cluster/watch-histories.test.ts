import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestCluster, type TestCluster } from '../support/cluster.ts';
import { bePatient } from '../support/patience.ts';
import { send } from './replay/send.ts';
import { openWatch, type Watcher } from './watcher.ts';

bePatient();

/** Whatever is written, whoever watches from wherever: the events say what the list says. */

interface Meta {
  readonly name: string;
  readonly namespace: string;
  readonly resourceVersion: string;
}
interface ConfigMap {
  readonly metadata: Meta;
  readonly data?: Readonly<Record<string, string>>;
}

const PLACES = ['one', 'two'];
const COLOURS = ['red', 'blue'];

interface Spot {
  readonly place: string;
  readonly name: string;
}
type Write =
  | { readonly do: 'create' | 'label' | 'data'; readonly at: Spot; readonly value: string }
  | { readonly do: 'nothing' | 'hold' | 'release' | 'delete'; readonly at: Spot }
  | { readonly do: 'deletecollection'; readonly place: string; readonly value: string };
interface Watch {
  readonly do: 'watch';
  readonly place: string;
  readonly selector: string;
  readonly from: 'now' | 'zero' | 'list';
}

const SPOT = fc.record({ place: fc.constantFrom(...PLACES), name: fc.constantFrom('a', 'b', 'c') });
const COLOUR = fc.constantFrom(...COLOURS);
const STEP: fc.Arbitrary<Write | Watch> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('create' as const, 'label' as const, 'data' as const),
      at: SPOT,
      value: COLOUR,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('nothing' as const, 'hold' as const, 'release' as const, 'delete' as const),
      at: SPOT,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('deletecollection' as const),
      place: fc.constantFrom(...PLACES),
      value: COLOUR,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('watch' as const),
      place: fc.constantFrom('', ...PLACES),
      selector: fc.constantFrom('', 'colour=red', 'colour!=red', 'colour'),
      from: fc.constantFrom('now' as const, 'zero' as const, 'list' as const),
    }),
  },
);

/** A watch, and the state its events are laid over: what was listed, or nothing. */
interface Observer extends Watcher<ConfigMap> {
  readonly place: string;
  readonly selector: string;
  readonly before: readonly ConfigMap[];
}

describe('a watch', () => {
  let cluster: TestCluster;

  beforeAll(async () => {
    cluster = await startTestCluster();
  });

  afterAll(async () => {
    await cluster.close();
  });

  function path(place: string, name = '', query = ''): string {
    const within = place === '' ? '' : `/namespaces/${place}`;
    return `/api/v1${within}/configmaps${name === '' ? '' : `/${name}`}${query === '' ? '' : `?${query}`}`;
  }

  async function call(method: string, where: string, body?: object): Promise<ConfigMap> {
    const headers = method === 'PATCH' ? { 'Content-Type': 'application/merge-patch+json' } : {};
    const outgoing = { method, path: where, headers, ...(body === undefined ? {} : { body }) };
    return (await send(cluster.url, outgoing)).body as ConfigMap;
  }

  async function write(step: Write): Promise<void> {
    if (step.do === 'deletecollection') {
      await call('DELETE', path(step.place, '', `labelSelector=colour%3D${step.value}`));
      return;
    }
    const { place, name } = step.at;
    switch (step.do) {
      case 'create':
        return void (await call('POST', path(place), { metadata: { name, labels: { colour: step.value } } }));
      case 'delete':
        return void (await call('DELETE', path(place, name)));
      case 'label':
        return patch({ metadata: { labels: { colour: step.value } } });
      case 'data':
        return patch({ data: { at: step.value } });
      case 'nothing':
        return patch({ metadata: { annotations: null } });
      case 'hold':
        return patch({ metadata: { finalizers: ['test.dev/hold'] } });
      case 'release':
        return patch({ metadata: { finalizers: null } });
      default:
        return step satisfies never;
    }

    async function patch(body: object): Promise<void> {
      await call('PATCH', path(place, name), body);
    }
  }

  /** The objects of one run: another run's may still be on their way out. */
  async function list(run: string, place: string, selector: string): Promise<[ConfigMap[], string]> {
    const query = `labelSelector=${encodeURIComponent(selector)}`;
    const { body } = await send(cluster.url, { method: 'GET', path: path(place, '', query) });
    const { items, metadata } = body as { readonly items: ConfigMap[]; readonly metadata: Meta };
    return [items.filter((item) => item.metadata.namespace.startsWith(run)), metadata.resourceVersion];
  }

  async function observe(run: string, { place, selector, from }: Omit<Watch, 'do'>): Promise<Observer> {
    const [items, version] = await list(run, place, selector);
    const resourceVersion = { now: '', zero: '0', list: version }[from];
    const query = new URLSearchParams({ watch: 'true', resourceVersion, labelSelector: selector });
    const watcher = await openWatch<ConfigMap>(
      `${cluster.url}${path(place, '', String(query))}`,
      ({ object }) => object.metadata.namespace.startsWith(run),
    );
    return { ...watcher, place, selector, before: from === 'list' ? items : [] };
  }

  /** Lays the events over the state they began from, and finds each of them possible. */
  function fold({ before, events }: Observer): readonly ConfigMap[] {
    const key = ({ metadata }: ConfigMap): string => `${metadata.namespace}/${metadata.name}`;
    const state = new Map(before.map((object) => [key(object), object]));
    for (const { type, object } of events) {
      expect(['ADDED', 'MODIFIED', 'DELETED']).toContain(type);
      expect(state.has(key(object))).toBe(type !== 'ADDED');
      if (type === 'DELETED') state.delete(key(object));
      else state.set(key(object), object);
    }
    return [...state.values()];
  }

  /** Lists of core kinds leave the type of their items out, events do not. */
  function asText(items: readonly ConfigMap[]): readonly string[] {
    return items.map(({ metadata, data = {} }) => JSON.stringify([metadata, data])).sort();
  }

  function versionsOf({ events }: Observer): readonly number[] {
    return events.map(({ object }) => Number(object.metadata.resourceVersion));
  }

  test('folds to the final list, and sees every version once and in order, from wherever it starts', async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(STEP, { minLength: 5, maxLength: 40 }), async (steps) => {
        runs += 1;
        const run = `run${runs}-`;
        const there = (place: string): string => (place === '' ? '' : `${run}${place}`);
        for (const place of PLACES) {
          await call('POST', '/api/v1/namespaces', { metadata: { name: there(place) } });
        }
        const observers: Observer[] = [];
        const observeAll = { selector: '', from: 'list' } as const;
        for (const place of PLACES)
          observers.push(await observe(run, { ...observeAll, place: there(place) }));
        const whole = await observe(run, { ...observeAll, place: '' });

        for (const step of steps) {
          if (step.do === 'watch') observers.push(await observe(run, { ...step, place: there(step.place) }));
          else if (step.do === 'deletecollection') await write({ ...step, place: there(step.place) });
          else await write({ ...step, at: { ...step.at, place: there(step.at.place) } });
        }
        // Every selector selects one of these last two, in both places.
        for (const place of PLACES) {
          for (const colour of COLOURS) {
            await call('POST', path(there(place)), {
              metadata: { name: `end-${colour}`, labels: { colour } },
            });
          }
        }

        for (const observer of [...observers, whole]) {
          const [items] = await list(run, observer.place, observer.selector);
          const newest = Math.max(...items.map(({ metadata }) => Number(metadata.resourceVersion)));
          await observer.until(({ object }) => Number(object.metadata.resourceVersion) === newest);
          observer.close();
          expect(asText(fold(observer))).toEqual(asText(items));
        }
        const all = versionsOf(whole);
        expect(all).toEqual([...new Set(all)].sort((a, b) => a - b));
        for (const [index, place] of PLACES.entries()) {
          const own = whole.events.filter(({ object }) => object.metadata.namespace === there(place));
          expect(versionsOf(observers[index] as Observer)).toEqual(versionsOf({ ...whole, events: own }));
        }
        for (const place of PLACES) await call('DELETE', `/api/v1/namespaces/${there(place)}`);
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});

import { afterEach, describe, expect, test } from 'vitest';
import type { StoreChange } from '../../src/kube/store.ts';
import { type Reflector, type ReflectorOptions, startReflector } from '../../src/kube/watch/run.ts';
import { createTestClock, passPause, type TestClock, until } from '../support/clock.ts';
import {
  bookmark,
  dropped,
  endedWatch,
  json,
  openWatch,
  page,
  type Reply,
  type ScriptedServer,
  startScriptedServer,
  status,
  text,
  widget,
} from './support/scripted-server.ts';
import { clientOf, WIDGETS, type Widget } from './support/widgets.ts';

let server: ScriptedServer;
let clock: TestClock;
let stop: AbortController;
let reflector: Reflector<Widget>;
let changes: string[];
let errors: unknown[];
let closeConnection: () => Promise<void>;

async function start(replies: readonly Reply[], more: Partial<ReflectorOptions<Widget>> = {}): Promise<void> {
  server = await startScriptedServer(...replies);
  clock = createTestClock();
  stop = new AbortController();
  changes = [];
  errors = [];
  const { client, connection } = clientOf(server.url, clock);
  closeConnection = () => connection.close();
  reflector = startReflector(
    { client, type: WIDGETS, clock, random: () => 0.5, onError: (error) => errors.push(error), ...more },
    stop.signal,
  );
  reflector.store.subscribe((change) => changes.push(describeChange(change)));
}

function describeChange(change: StoreChange<Widget>): string {
  return `${change.type} ${change.object.metadata.name}@${change.object.metadata.resourceVersion}`;
}

function names(): string[] {
  return reflector.store
    .list()
    .map((object) => object.metadata.name)
    .sort();
}

/** Lets the reflector's backoff pass; its pauses are far shorter than any deadline. */
function passBackoff(): Promise<number> {
  return passPause(clock, 1, 30_000);
}

afterEach(async () => {
  stop.abort();
  await reflector.done;
  await closeConnection();
  await server.close();
  expect(server.unscripted).toEqual([]);
});

describe('listing', () => {
  test('takes page after page and is synced only after the last', async () => {
    const watch = openWatch();
    await start(
      [
        page('9', [widget('a', '1')], { continue: 'two' }),
        (response, seen) => {
          expect(reflector.store.hasSynced()).toBe(false);
          page('9', [widget('b', '2')])(response, seen);
        },
        watch.reply,
      ],
      { pageSize: 1 },
    );
    expect(await reflector.store.whenSynced(stop.signal)).toBe(true);
    await until(watch.isOpen, 'the watch');
    expect(names()).toEqual(['a', 'b']);
    expect(server.seen[1]?.query.get('continue')).toBe('two');
    expect(Object.fromEntries(server.seen[2]?.query ?? [])).toMatchObject({
      watch: 'true',
      resourceVersion: '9',
      allowWatchBookmarks: 'true',
      timeoutSeconds: '440',
    });
  });

  test('drops managedFields, which are half of an object', async () => {
    await start([page('9', [widget('a', '1', { managedFields: [{ manager: 'x' }] })]), openWatch().reply]);
    await reflector.store.whenSynced(stop.signal);
    expect(reflector.store.get('fleet/a')?.metadata).not.toHaveProperty('managedFields');
  });

  test('a token that expires in mid-list starts the list again', async () => {
    await start([
      page('9', [widget('a', '1')], { continue: 'two' }),
      json(410, status(410, 'Expired')),
      page('12', [widget('b', '2')]),
      openWatch().reply,
    ]);
    await passBackoff();
    await reflector.store.whenSynced(stop.signal);
    expect(server.seen[2]?.query.has('continue')).toBe(false);
    expect(names()).toEqual(['b']);
  });

  test.each([
    ['HTML', text(200, '<html>'), 'MalformedAnswer'],
    ['a list without items', json(200, { metadata: { resourceVersion: '9' } }), 'MalformedAnswer'],
    ['a server error', text(500, 'no'), 'HTTP_500'],
    ['a refusal', json(403, status(403, 'Forbidden')), 'Forbidden'],
    ['a kind that is not installed yet', text(404, '404 page not found\n'), 'HTTP_404'],
    ['a dropped connection', dropped(), 'UND_ERR_SOCKET'],
  ])('%s is no empty list: it is said, and tried again', async (_why, reply, code) => {
    await start([reply, page('9', [widget('a', '1')]), openWatch().reply]);
    await until(() => reflector.health().lastError !== undefined, 'the failure to be said');
    expect(reflector.health()).toMatchObject({ synced: false, lastError: { code } });
    await passBackoff();
    await reflector.store.whenSynced(stop.signal);
    await until(() => reflector.health().lastError === undefined, 'the failure to be over');
    expect(names()).toEqual(['a']);
  });

  test('Retry-After is waited for', async () => {
    await start([
      json(429, status(429, 'TooManyRequests'), { 'retry-after': '12' }),
      page('9', []),
      openWatch().reply,
    ]);
    expect(await passPause(clock, 11_000, 13_000)).toBe(12_000);
    expect(await reflector.store.whenSynced(stop.signal)).toBe(true);
  });

  test('the waits of an outage grow to half a minute', async () => {
    await start(Array.from({ length: 9 }, () => text(503, 'no')));
    const waits: number[] = [];
    for (let attempt = 0; attempt < 8; attempt += 1) waits.push(await passBackoff());
    expect(waits).toEqual([600, 1200, 2400, 4800, 9600, 19_200, 22_500, 22_500]);
    await until(() => server.seen.length === 9, 'the ninth try');
  });
});

describe('watching', () => {
  test('after an event the waits begin anew', async () => {
    const [first, second] = [openWatch({ type: 'ADDED', object: widget('a', '10') }), openWatch()];
    await start([text(503, 'no'), text(503, 'no'), page('9', []), first.reply, second.reply]);
    const waits = [await passBackoff(), await passBackoff()];
    await until(() => names().length === 1, 'the event');
    first.cut();
    waits.push(await passBackoff());
    await until(second.isOpen, 'the second watch');
    expect(waits).toEqual([600, 1200, 600]);
  });

  test('takes in what happens', async () => {
    const watch = openWatch();
    await start([page('9', [widget('a', '1')]), watch.reply]);
    await until(watch.isOpen, 'the watch');
    watch.send(
      { type: 'ADDED', object: widget('b', '10') },
      { type: 'MODIFIED', object: widget('a', '11') },
      { type: 'DELETED', object: widget('b', '12') },
    );
    await until(() => changes.length === 4, 'the changes');
    expect(changes).toEqual(['added a@1', 'added b@10', 'updated a@11', 'deleted b@10']);
  });

  test('a watch whose time is up goes on from the last version, bookmarks included', async () => {
    const last = openWatch();
    await start([
      page('9', []),
      endedWatch({ type: 'ADDED', object: widget('a', '10') }),
      endedWatch(bookmark('20')),
      last.reply,
    ]);
    await until(last.isOpen, 'the third watch');
    expect(server.seen.slice(1).map((seen) => seen.query.get('resourceVersion'))).toEqual(['9', '10', '20']);
    expect(names()).toEqual(['a']);
  });

  test('a broken connection resumes without a list', async () => {
    const first = openWatch({ type: 'ADDED', object: widget('a', '10') });
    const second = openWatch();
    await start([page('9', []), first.reply, second.reply]);
    await until(() => names().length === 1, 'the first event');
    first.cut();
    await passBackoff();
    await until(second.isOpen, 'the second watch');
    expect(server.seen[2]?.query.get('resourceVersion')).toBe('10');
  });

  test('half a line is no event: the connection is taken as cut, and the event comes again', async () => {
    const first = openWatch();
    const second = openWatch({ type: 'ADDED', object: widget('ä', '10') });
    await start([page('9', []), first.reply, second.reply]);
    await until(first.isOpen, 'the watch');
    first.raw('{"type":"ADDED","object":{"metadata":{"name":"');
    first.end();
    await until(() => reflector.health().lastError !== undefined, 'the failure');
    expect(reflector.health().lastError?.code).toBe('TruncatedEvent');
    await passBackoff();
    await until(() => names().length === 1, 'the event');
    expect(server.seen[2]?.query.get('resourceVersion')).toBe('9');
  });

  test.each([
    ['an ERROR event', [{ type: 'ERROR', object: status(410, 'Expired') }]],
    ['an event of no known type', [{ type: 'SURPRISE', object: widget('a', '3') }]],
    ['an event without a uid', [{ type: 'DELETED', object: { metadata: { name: 'a' } } }]],
  ])('%s ends the watch and lists again', async (_why, events) => {
    const watch = openWatch();
    await start([
      page('9', [widget('a', '1')]),
      endedWatch(...events, { type: 'ADDED', object: widget('ignored', '99') }),
      page('30', [widget('b', '20')]),
      watch.reply,
    ]);
    await passBackoff();
    await until(watch.isOpen, 'the second watch');
    expect(names()).toEqual(['b']);
    expect(changes).toEqual(['added a@1', 'added b@20', 'deleted a@1']);
  });

  test('HTML instead of events lists again', async () => {
    const watch = openWatch();
    await start([page('9', []), text(200, '<html>\n'), page('30', [widget('b', '20')]), watch.reply]);
    await passBackoff();
    await until(watch.isOpen, 'the second watch');
    expect(names()).toEqual(['b']);
  });

  test('a watch that is throttled waits as told, and resumes', async () => {
    const watch = openWatch();
    const throttled = json(429, status(429, 'TooManyRequests'), { 'retry-after': '12' });
    await start([page('9', []), throttled, watch.reply]);
    expect(await passPause(clock, 11_000, 13_000)).toBe(12_000);
    await until(watch.isOpen, 'the watch');
    expect(server.seen[2]?.query.get('resourceVersion')).toBe('9');
  });

  test('HTTP 410 lists again too', async () => {
    const watch = openWatch();
    await start([
      page('9', []),
      json(410, status(410, 'Gone')),
      page('30', [widget('b', '20')]),
      watch.reply,
    ]);
    await passBackoff();
    await until(watch.isOpen, 'the second watch');
    expect(names()).toEqual(['b']);
  });

  test('a watch that says nothing, not even a bookmark, is given up and lists again', async () => {
    const mute = openWatch();
    const watch = openWatch();
    await start([page('9', []), mute.reply, page('30', [widget('b', '20')]), watch.reply]);
    await until(() => clock.sleeping().includes(150_000) && mute.isOpen(), 'the mute watch');
    await until(() => reflector.health().lastError === undefined && reflector.health().synced, 'health');
    await clock.advance(150_000);
    await until(() => reflector.health().lastError?.code === 'WatchSilent', 'the silence to be noticed');
    await passBackoff();
    await until(watch.isOpen, 'the second watch');
    expect(names()).toEqual(['b']);
  });

  test('bookmarks keep a quiet watch alive', async () => {
    const watch = openWatch();
    await start([page('9', []), watch.reply]);
    await until(watch.isOpen, 'the watch');
    for (let minute = 1; minute <= 5; minute += 1) {
      const before = reflector.health().lastEventAtMs;
      await clock.advance(60_000);
      watch.send(bookmark(String(10 + minute)));
      await until(() => reflector.health().lastEventAtMs !== before, 'the bookmark');
    }
    expect(server.seen).toHaveLength(2);
    expect(reflector.health()).toMatchObject({ lastError: undefined, lastEventAtMs: clock.now() });
  });

  test('events that come twice change nothing the second time', async () => {
    const added = { type: 'ADDED', object: widget('a', '10') };
    const watch = openWatch(added, added, { type: 'ADDED', object: widget('end', '11') });
    await start([page('9', []), watch.reply]);
    await until(() => names().includes('end'), 'the last event');
    expect(changes).toEqual(['added a@10', 'added end@11']);
  });
});

describe('a relist', () => {
  test('an object that was deleted and made again is another one, told by its uid', async () => {
    const watch = openWatch();
    await start([
      page('9', [widget('a', '1', { uid: 'old' })]),
      endedWatch({ type: 'ERROR', object: status(410, 'Expired') }),
      page('30', [widget('a', '20', { uid: 'new' })]),
      watch.reply,
    ]);
    await passBackoff();
    await until(watch.isOpen, 'the second watch');
    expect(changes).toEqual(['added a@1', 'deleted a@1', 'added a@20']);
  });

  test('a late deletion of the old object does not take the new one away', async () => {
    const watch = openWatch(
      { type: 'ADDED', object: widget('a', '10', { uid: 'new' }) },
      { type: 'DELETED', object: widget('a', '11', { uid: 'old' }) },
      { type: 'ADDED', object: widget('end', '12') },
    );
    await start([page('9', [widget('a', '1', { uid: 'old' })]), watch.reply]);
    await until(() => names().includes('end'), 'the last event');
    expect(reflector.store.get('fleet/a')?.metadata.uid).toBe('new');
  });

  const many = Array.from({ length: 40 }, (_, index) => widget(`w${index}`, '1'));

  test('that shows nothing of much is not believed before a second one agrees', async () => {
    const watch = openWatch();
    await start([
      page('9', many),
      endedWatch({ type: 'ERROR', object: status(410, 'Expired') }),
      page('30', []),
      page('31', many),
      watch.reply,
    ]);
    await passPause(clock, 600, 600);
    await passPause(clock, 2000, 2000);
    await until(watch.isOpen, 'the second watch');
    expect(names()).toHaveLength(40);
    expect(changes.filter((change) => change.startsWith('deleted'))).toEqual([]);
  });

  test('and is believed when the second one agrees', async () => {
    const watch = openWatch();
    await start([
      page('9', many),
      endedWatch({ type: 'ERROR', object: status(410, 'Expired') }),
      page('30', []),
      page('31', []),
      watch.reply,
    ]);
    await passPause(clock, 600, 600);
    await passPause(clock, 2000, 2000);
    await until(watch.isOpen, 'the second watch');
    expect(names()).toEqual([]);
  });
});

describe('what others do wrong', () => {
  test('a listener, a transform and an index that throw do not stop the watch', async () => {
    const watch = openWatch();
    await start([page('9', [widget('a', '1')]), watch.reply], {
      transform: () => {
        throw new Error('transform');
      },
      indexes: {
        colour: () => {
          throw new Error('index');
        },
      },
    });
    reflector.store.subscribe(() => {
      throw new Error('listener');
    });
    await until(watch.isOpen, 'the watch');
    watch.send({ type: 'ADDED', object: widget('b', '10') });
    await until(() => names().length === 2, 'the second object');
    expect(new Set(errors.map((error) => (error as Error).message))).toEqual(
      new Set(['transform', 'index', 'listener']),
    );
  });

  test('one signal ends a watch at once, and leaves no timer', async () => {
    const watch = openWatch();
    await start([page('9', []), watch.reply]);
    await until(watch.isOpen, 'the watch');
    stop.abort();
    await reflector.done;
    await until(() => !watch.isOpen(), 'the connection to be let go');
    expect(clock.sleeping()).toEqual([]);
    expect(reflector.health().lastError).toBeUndefined();
  });
});

import { afterEach, beforeEach, expect, test } from 'vitest';
import { type NamedWatch, startNamedWatch } from '../../src/kube/named-watch.ts';
import { createTestClock, passPause, type TestClock, until } from '../support/clock.ts';
import {
  json,
  openWatch,
  page,
  type Reply,
  type ScriptedServer,
  startScriptedServer,
  status,
  widget,
} from './support/scripted-server.ts';
import { clientOf, WIDGETS, type Widget } from './support/widgets.ts';

const A = { namespace: 'fleet', name: 'a' };

let server: ScriptedServer;
let clock: TestClock;
let stop: AbortController;
let named: NamedWatch<Widget>;
let heard: string[];
let close: () => Promise<void>;

beforeEach(async () => {
  server = await startScriptedServer();
  clock = createTestClock();
  stop = new AbortController();
  const { client, connection } = clientOf(server.url, clock);
  close = () => connection.close();
  const onError = (error: unknown): void => {
    throw error;
  };
  named = startNamedWatch({ client, type: WIDGETS, clock, random: () => 0.5, onError }, stop.signal);
  heard = [];
  named.subscribe((ref) => heard.push(`${ref.name} ${named.get(ref).state}`));
});

afterEach(async () => {
  stop.abort();
  await named.done;
  await close();
  await server.close();
  expect(clock.sleeping()).toEqual([]);
  expect(server.unscripted).toEqual([]);
});

test('unknown before it has looked, then absent, then present: only a complete look says absent', async () => {
  const watch = openWatch();
  server.script(page('9', []), watch.reply);
  named.hold(A);
  expect(named.get(A)).toEqual({ state: 'unknown' });
  await until(() => named.get(A).state === 'absent', 'the look');
  await until(watch.isOpen, 'the watch');
  watch.send({ type: 'ADDED', object: widget('a', '10') });
  await until(() => named.get(A).state === 'present', 'the object');
  expect(heard).toEqual(['a absent', 'a present']);
  expect(server.seen[1]?.path).toMatch(/\/namespaces\/fleet\/widgets$/);
  expect(server.seen[1]?.query.get('fieldSelector')).toBe('metadata.name=a');
});

test('what cannot be looked at is unknown, with the reason', async () => {
  server.script(json(403, status(403, 'Forbidden')));
  named.hold(A);
  await until(() => named.get(A).state === 'unknown' && 'failure' in named.get(A), 'the failure');
  expect(named.get(A)).toMatchObject({ state: 'unknown', failure: { code: 'Forbidden' } });
});

test('while the watch fails, what was there stays, and what was absent is unknown', async () => {
  const [first, second] = [openWatch(), openWatch()];
  server.script(page('9', []), first.reply);
  named.hold(A);
  await until(first.isOpen, 'the watch');
  await until(() => named.get(A).state === 'absent', 'the look');
  first.cut();
  await until(() => named.get(A).state === 'unknown', 'the doubt');
  server.script(second.reply);
  await passPause(clock, 1, 30_000);
  await until(() => named.get(A).state === 'absent', 'the doubt to end');
  second.send({ type: 'ADDED', object: widget('a', '10') });
  await until(() => named.get(A).state === 'present', 'the object');
  second.cut();
  await until(() => clock.sleeping().some((ms) => ms <= 30_000), 'the pause');
  expect(named.get(A).state).toBe('present');
});

test('several holders share one watch, which ends with the last of them', async () => {
  const watch = openWatch();
  server.script(page('9', [widget('a', '1')]), watch.reply);
  const releaseFirst = named.hold(A);
  const releaseSecond = named.hold(A);
  await until(watch.isOpen, 'the watch');
  releaseFirst();
  releaseFirst();
  expect(named.get(A).state).toBe('present');
  releaseSecond();
  expect(named.get(A)).toEqual({ state: 'unknown' });
  expect(named.size).toBe(0);
  await until(() => !watch.isOpen(), 'the connection to be let go');
  expect(server.seen).toHaveLength(2);
});

test('held again after it was let go, it is looked at again', async () => {
  // The first list may or may not reach the server before it is given up.
  const either: Reply = (response, seen) =>
    (seen.query.has('watch') ? openWatch().reply : page('9', [widget('a', '1')]))(response, seen);
  server.script(either, either, either);
  named.hold(A)();
  named.hold(A);
  await until(() => named.get(A).state === 'present', 'the object');
});

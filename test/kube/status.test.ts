import { afterEach, describe, expect, test } from 'vitest';
import { createStatusWriter, type StatusWriter } from '../../src/kube/status.ts';
import { createTestClock } from '../support/clock.ts';
import {
  dropped,
  json,
  type Reply,
  type ScriptedServer,
  startScriptedServer,
  status,
  text,
  widget,
} from './support/scripted-server.ts';
import { clientOf, WIDGETS, type Widget } from './support/widgets.ts';

const signal = new AbortController().signal;
let server: ScriptedServer;
let writer: StatusWriter;
let close: () => Promise<void>;

async function start(...replies: readonly Reply[]): Promise<void> {
  server = await startScriptedServer(...replies);
  const { client, connection } = clientOf(server.url, createTestClock());
  writer = createStatusWriter(client);
  close = () => connection.close();
}

afterEach(async () => {
  await close();
  await server.close();
  expect(server.unscripted).toEqual([]);
});

function standing(content: object | undefined, resourceVersion = '7'): Widget {
  return { ...widget('a', resourceVersion), ...(content !== undefined && { status: content }) } as Widget;
}

const written = json(200, widget('a', '8'));
const OLD = { phase: 'old' };
const NEW = { phase: 'new' };

describe('writing', () => {
  test('applies with force under our name, to the status alone', async () => {
    await start(written);
    expect(await writer.write(WIDGETS, standing(OLD), NEW, signal)).toEqual({ ok: true, value: 'written' });
    expect(server.seen[0]).toMatchObject({ method: 'PATCH' });
    expect(server.seen[0]?.path).toMatch(/\/namespaces\/fleet\/widgets\/a\/status$/);
    expect(server.seen[0]?.query.toString()).toBe('fieldManager=vendorplane&force=true');
  });

  test('sends nothing when it stands there, whatever the order of the fields', async () => {
    await start();
    const result = await writer.write(
      WIDGETS,
      standing({ a: 1, b: { c: 2, d: 3 } }),
      { b: { d: 3, c: 2 }, a: 1 },
      signal,
    );
    expect(result).toEqual({ ok: true, value: 'unchanged' });
  });

  test('the time of a condition alone is no difference', async () => {
    await start();
    const ready = (lastTransitionTime: string) => ({
      conditions: [{ type: 'Ready', status: 'True', lastTransitionTime }],
    });
    const result = await writer.write(
      WIDGETS,
      standing(ready('2026-01-01T00:00:00Z')),
      ready('2026-01-02T00:00:00Z'),
      signal,
    );
    expect(result).toEqual({ ok: true, value: 'unchanged' });
  });

  test('a field that is left out is a difference: it has to go', async () => {
    await start(written);
    expect(await writer.write(WIDGETS, standing({ ...OLD, extra: 1 }), OLD, signal)).toMatchObject({
      value: 'written',
    });
  });

  test('a cache that lags behind our own write does not hide that the wish changed back', async () => {
    await start(written, written);
    await writer.write(WIDGETS, standing(OLD), NEW, signal);
    expect(await writer.write(WIDGETS, standing(OLD), OLD, signal)).toMatchObject({ value: 'written' });
    expect(await writer.write(WIDGETS, standing(OLD), OLD, signal)).toMatchObject({ value: 'unchanged' });
  });

  test('a status that somebody else changed is written again', async () => {
    await start(written, written);
    await writer.write(WIDGETS, standing(OLD), NEW, signal);
    expect(await writer.write(WIDGETS, standing({ phase: 'meddled' }), NEW, signal)).toMatchObject({
      value: 'written',
    });
  });
});

describe('failures', () => {
  test('an object that is gone needs no status', async () => {
    await start(json(404, status(404, 'NotFound')));
    expect(await writer.write(WIDGETS, standing(OLD), NEW, signal)).toEqual({ ok: true, value: 'gone' });
  });

  test('a kind that is not served says nothing about the object', async () => {
    await start(text(404, '404 page not found\n'));
    const result = await writer.write(WIDGETS, standing(OLD), NEW, signal);
    expect(result).toMatchObject({ ok: false, failure: { kind: 'notFound', code: 'HTTP_404' } });
  });

  test('an object that was made anew meanwhile is told from ours', async () => {
    await start(json(200, widget('a', '8', { uid: 'another' })));
    expect(await writer.write(WIDGETS, standing(OLD), NEW, signal)).toEqual({ ok: true, value: 'gone' });
  });

  test.each([
    ['a conflict', json(409, status(409, 'Conflict')), 'Conflict'],
    ['a lost answer', dropped(), 'UND_ERR_SOCKET'],
  ])('%s is transient: applying twice does no harm, and the next pass does it', async (_why, reply, code) => {
    await start(reply, written);
    const failed = await writer.write(WIDGETS, standing(OLD), NEW, signal);
    expect(failed).toMatchObject({ ok: false, failure: { kind: 'transient', code } });
    expect(await writer.write(WIDGETS, standing(OLD), OLD, signal)).toMatchObject({ value: 'written' });
  });
});

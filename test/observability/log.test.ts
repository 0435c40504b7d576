import { describe, expect, test } from 'vitest';
import { type Around, decorate, stack } from '../../src/observability/decorate.ts';
import { createLog } from '../../src/observability/log.ts';
import { logCalls } from '../../src/observability/log-calls.ts';
import { failed, ok } from '../../src/ports/failure.ts';

/** A log of everything, and its lines as objects. */
function logged() {
  const lines: Record<string, unknown>[] = [];
  const log = createLog('debug', {
    write: (line: string) => void lines.push(JSON.parse(line) as (typeof lines)[number]),
  });
  return { log, lines };
}

describe('the log', () => {
  test('is lines of JSON with the level by name and the time as ISO 8601', () => {
    const { log, lines } = logged();
    log.warn({ resource: 'x' }, 'message');
    expect(lines).toEqual([
      {
        level: 'warn',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as unknown,
        resource: 'x',
        msg: 'message',
      },
    ]);
  });

  test('keeps of an error its kind, text and stack, and nothing that hangs on it', () => {
    const { log, lines } = logged();
    const error = Object.assign(new TypeError('broken'), {
      headers: { authorization: 'Bearer secret' },
      cause: 'secret',
    });
    log.error({ err: error }, 'message');
    expect(lines[0]?.['err']).toEqual({
      type: 'TypeError',
      message: 'broken',
      stack: expect.any(String) as unknown,
    });
    expect(JSON.stringify(lines)).not.toContain('secret');
    log.error({ err: 'a text' }, 'message');
    expect(lines[1]?.['err']).toEqual({ message: 'a text' });
  });
});

describe('calls of ports', () => {
  const port = {
    good: async (secret: string) => ok({ secret }),
    bad: async (_secret: string) => failed({ kind: 'transient', code: 'HTTP_503', message: 'away' }),
    broken: async () => {
      throw new Error('a bug');
    },
    plain: (n: number) => n + 1,
    fence: 7,
  };

  test('that fail are told in the words of their failure; arguments and answers are not told', async () => {
    const { log, lines } = logged();
    const told = decorate('journal', port, logCalls(log));
    expect(await told.good('hush')).toEqual(ok({ secret: 'hush' }));
    expect(await told.bad('hush')).toMatchObject({ ok: false });
    await expect(told.broken()).rejects.toThrow('a bug');
    expect(told.plain(1)).toBe(2);
    expect(told.fence).toBe(7);
    expect(lines.map(({ level, port: name, method, code }) => [level, name, method, code])).toEqual([
      ['debug', 'journal', 'good', undefined],
      ['warn', 'journal', 'bad', 'HTTP_503'],
      ['error', 'journal', 'broken', undefined],
    ]);
    expect(JSON.stringify(lines)).not.toContain('hush');
  });

  test('pass through decorations from the outside in, and each may answer instead', () => {
    const order: string[] = [];
    const noting =
      (name: string): Around =>
      (call, run) => {
        order.push(`${name} ${call.port}.${call.method}`);
        return run();
      };
    const both = decorate('p', port, stack(noting('inner'), noting('outer')));
    expect(both.plain(1)).toBe(2);
    expect(order).toEqual(['outer p.plain', 'inner p.plain']);
    expect(
      decorate(
        'p',
        port,
        stack(() => 'instead'),
      ).plain(1),
    ).toBe('instead');
    expect(decorate('p', port, stack()).plain(1)).toBe(2);
  });
});

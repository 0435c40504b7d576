import { afterEach, describe, expect, test } from 'vitest';
import { createHealth, type Stage } from '../../src/observability/health.ts';
import { type Face, serveFace, text } from '../../src/observability/http-face.ts';

let faces: Face[] = [];

afterEach(async () => {
  await Promise.all(faces.map((face) => face.close()));
  faces = [];
});

async function open(pages: Parameters<typeof serveFace>[1]): Promise<string> {
  const face = await serveFace({ host: '127.0.0.1', port: 0 }, pages);
  faces.push(face);
  return `http://127.0.0.1:${face.port}`;
}

describe('a face', () => {
  test('answers its pages, whatever stands in the query', async () => {
    const url = await open({ '/healthz': () => text(200, 'ok') });
    const reply = await fetch(`${url}/healthz?verbose`);
    expect([reply.status, await reply.text()]).toEqual([200, 'ok\n']);
  });

  test.each([
    ['GET', '/', 404, 'there is no such page'],
    ['GET', '/toString', 404, 'what every object has is no page'],
    ['POST', '/healthz', 405, 'nobody changes anything here'],
  ])('%s %s answers %i: %s', async (method, path, status) => {
    const url = await open({ '/healthz': () => text(200, 'ok') });
    expect((await fetch(`${url}${path}`, { method })).status).toBe(status);
  });

  test('a page that fails is an answer too, and the next one comes', async () => {
    let asked = 0;
    const url = await open({
      '/metrics': async () => {
        asked += 1;
        if (asked === 1) throw new Error('broken');
        return text(200, 'figures');
      },
    });
    expect((await fetch(`${url}/metrics`)).status).toBe(500);
    expect((await fetch(`${url}/metrics`)).status).toBe(200);
  });

  test('an address that is taken is refused', async () => {
    const url = await open({});
    const port = Number(new URL(url).port);
    await expect(serveFace({ host: '127.0.0.1', port }, {})).rejects.toThrow('EADDRINUSE');
  });
});

describe('health', () => {
  test.each<readonly [Stage, number, string]>([
    ['starting', 503, 'it does nothing yet'],
    ['standingBy', 200, 'a rollout waits for this, and the leader only ends when it has come'],
    ['listing', 503, 'it does not know every resource'],
    ['working', 200, 'it does all there is to do'],
    ['stopping', 503, 'it ends'],
  ])('when %s, readiness is %i: %s', (stage, status) => {
    const health = createHealth();
    health.reached(stage);
    expect(health.readyz().status).toBe(status);
    expect(health.healthz().status).toBe(200);
  });
});

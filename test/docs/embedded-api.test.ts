import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LocalCluster, startLocalCluster } from '../../src/local-cluster/server.ts';
import { KNOWN_DIFFERENCES } from '../local-cluster/replay/known-differences.ts';
import { readCommands } from '../local-cluster/replay/kubectl-requests.ts';
import { FILES, readTranscript } from '../local-cluster/replay/transcript.ts';

const PAGE = readFileSync(new URL('../../docs/embedded-api.md', import.meta.url), 'utf8');
const REQUESTS = [...PAGE.matchAll(/`GET (\/\S*)` → (\d{3})/g)].map(([, path = '', status]) => ({
  path,
  status: Number(status),
}));

describe('the page about the embedded API', () => {
  let cluster: LocalCluster;

  beforeAll(async () => {
    cluster = await startLocalCluster({});
  });

  afterAll(async () => {
    await cluster.close();
  });

  const reasons = Object.values(KNOWN_DIFFERENCES)
    .flatMap((steps) => Object.values(steps))
    .map((known) => (typeof known === 'string' ? known : known.why));

  test.each([...new Set(reasons)])('tells that %s', (why) => {
    expect(PAGE).toContain(why);
  });

  test.each(REQUESTS)('is right about GET $path', async ({ path, status }) => {
    const answer = await fetch(`${cluster.url}${path}`);
    await answer.text();
    expect(answer.status).toBe(status);
  });

  test('counts the recordings right', () => {
    const steps = FILES.flatMap(readTranscript).filter(({ request }) => request !== undefined);
    expect(PAGE).toContain(`${steps.length} exchanges`);
    expect(PAGE).toContain(`${readCommands().length} kubectl commands`);
    expect(REQUESTS.length).toBeGreaterThan(10);
  });
});

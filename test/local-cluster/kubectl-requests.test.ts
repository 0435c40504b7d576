import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestCluster, type TestCluster } from '../support/cluster.ts';
import { type CallVerdict, readCommands, replayCommands } from './replay/kubectl-requests.ts';
import { prepare } from './replay/replay.ts';

/** The requests of kubectl as they were recorded, byte for byte, to a server it does not talk to itself. */

const PROTOBUF = 'application/vnd.kubernetes.protobuf';

/** The two differences there are: kubectl accepts both answers wherever it sends these. */
function accepted({ call, recorded, got }: CallVerdict): string {
  // Objects are answered as JSON, which kubectl always accepts beside protobuf.
  if (recorded.endsWith(PROTOBUF)) return got.replace('application/json', PROTOBUF);
  // A real server stamps the index with the time of the answer: within the same second it is 304, else 200.
  if (call.startsWith('GET /openapi/v3?') && got.startsWith('200 text/plain')) return recorded;
  return got;
}

describe('what kubectl sends', () => {
  const commands = readCommands();
  let cluster: TestCluster;
  let verdicts: ReadonlyMap<string, readonly CallVerdict[]> = new Map();

  beforeAll(async () => {
    cluster = await startTestCluster({ controllers: false });
    await prepare('kubectl', cluster.url);
    verdicts = await replayCommands(commands, cluster.url);
  }, 60_000);

  afterAll(async () => {
    await cluster.close();
  });

  test.each([...new Set(commands.map(({ name }) => name))])('%s', (name) => {
    const found = verdicts.get(name) ?? [];
    expect(found.length).toBeGreaterThan(0);
    expect(found.map((verdict) => `${verdict.call}: ${accepted(verdict)}`)).toEqual(
      found.map(({ call, recorded }) => `${call}: ${recorded}`),
    );
  });
});

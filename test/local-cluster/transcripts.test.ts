import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestCluster, type TestCluster } from '../support/cluster.ts';
import { KNOWN_DIFFERENCES } from './replay/known-differences.ts';
import { replay, type Verdict } from './replay/replay.ts';
import { FILES, readTranscript } from './replay/transcript.ts';

/**
 * Every step recorded on a real kube-apiserver is sent again and its answer compared. Steps listed as known differences
 * must differ: once one matches, its entry has to go.
 */
describe.each(FILES)('transcript %s', (file) => {
  let cluster: TestCluster;
  let verdicts: readonly Verdict[] = [];
  const steps = readTranscript(file).filter((step) => step.request !== undefined);

  beforeAll(async () => {
    cluster = await startTestCluster({ controllers: false });
    verdicts = await replay(file, cluster.url);
  }, 120_000);

  afterAll(async () => {
    await cluster.close();
  });

  test.each(steps.map((step, index) => ({ name: step.name, index })))('$name', ({ name, index }) => {
    const why = KNOWN_DIFFERENCES[file]?.[name];
    const { difference, beside } = verdicts[index] as Verdict;
    if (why === undefined) return expect(difference).toBeUndefined();
    expect(difference, `"${name}" matches now: remove it from the known differences`).toBeDefined();
    if (typeof why === 'object') expect(beside).toBeUndefined();
  });

  test('the known differences name steps of the transcript', () => {
    const names = new Set(steps.map((step) => step.name));
    expect(Object.keys(KNOWN_DIFFERENCES[file] ?? {}).filter((name) => !names.has(name))).toEqual([]);
  });
});

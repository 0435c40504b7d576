import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Suites that take minutes, the longest first; within each the runner's own order. */
const LONG = ['test/crash/', 'test/replays/', 'test/e2e/', 'test/lines/', 'test/netflix/', 'test/cli/'];

/** What takes long begins first, so that no worker is left alone with it in the end. */
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const place = ({ moduleId }: TestSpecification): number => {
      const index = LONG.findIndex((folder) => moduleId.includes(folder));
      return index === -1 ? LONG.length : index;
    };
    return sorted.toSorted((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/own-folder.ts'],
    // Real servers and real processes: generous, so that a slow machine is not a failed test.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    // Long suites mostly wait for pauses that the controller makes on purpose: two cores carry one file more.
    maxWorkers: 3,
    sequence: { sequencer: LongFirst },
  },
});

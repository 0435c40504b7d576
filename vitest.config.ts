import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Real servers and real processes: generous, so that a slow machine is not a failed test.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Processes of their own start in many suites; two cores carry two files at once.
    maxWorkers: 2,
  },
});

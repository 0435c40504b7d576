import { vi } from 'vitest';

/**
 * For suites with processes of their own: a machine that is busy with other suites as well is no failure, and
 * most of their time they wait for pauses the controller makes on purpose, so many of them wait side by side.
 */
export function bePatient(): void {
  vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000, maxConcurrency: 12 });
}

import { vi } from 'vitest';

/**
 * For suites with processes of their own: a machine that is busy with other suites as well is no failure, and
 * most of their time they wait for pauses the controller makes on purpose, so many of them wait side by side.
 */
export function bePatient(): void {
  // Longer than anything in them waits for one thing: that says what it waited for, and a timeout does not.
  vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000, maxConcurrency: 12 });
}

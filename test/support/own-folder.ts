import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Gives a run of the tests a folder for temporary files that is its own, and removes it in the end, however the tests
 * went: what a failed test, a program it started or kubectl left behind is in there, too.
 */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'vendorplane-tests-'));
  // Workers and the processes they start take it from here.
  process.env['TMPDIR'] = folder;
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}

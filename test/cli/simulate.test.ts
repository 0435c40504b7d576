import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { bePatient } from '../support/patience.ts';
import { runProgram } from '../support/run.ts';

bePatient();

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

test('vendorplane simulate VENDOR…: several vendors, each on its ports, and all end on SIGTERM', async () => {
  const vendors = ['google-zero-touch', 'samsung-knox'];
  const child = spawn(process.execPath, [MAIN, 'simulate', ...vendors, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', (...how) => resolve(how)));
  try {
    const urls: string[] = [];
    for await (const line of createInterface(child.stdout)) {
      expect(line).toMatch(new RegExp(`^${vendors[urls.length]} at http\\S+, admin face at http\\S+$`));
      urls.push(line.split(/ at |, /)[1] ?? '');
      if (urls.length === vendors.length) break;
    }
    expect(new Set(urls).size).toBe(2);
    for (const url of urls) expect((await fetch(url)).status).toBeGreaterThanOrEqual(400);
    const taken = await runProgram(
      ['simulate', 'verizon-uws', '--port', new URL(urls[0] ?? '').port],
      tmpdir(),
    );
    expect(taken.code).toBe(1);
    expect(taken.stderr).toMatch(/^vendorplane: verizon-uws cannot start: .*already in use.*\n$/);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
  } finally {
    child.kill('SIGKILL');
  }
});

test.each([
  { why: 'a vendor that is not known', args: ['google-zero-touch', 'apple'], code: 2, says: /apple/ },
  {
    why: 'more ports than vendors',
    args: ['samsung-knox', '--port', '0', '--port', '0'],
    code: 2,
    says: /--port stands there 2 times, for 1 vendor\b/,
  },
])('vendorplane simulate refuses $why', async ({ args, code, says }) => {
  const ran = await runProgram(['simulate', ...args], tmpdir());
  expect(ran.code).toBe(code);
  expect(ran.stderr).toMatch(says);
});

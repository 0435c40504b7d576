import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { BASE, send } from './world.ts';

const MAIN = fileURLToPath(new URL('../../../src/cli/main.ts', import.meta.url));

test('vendorplane simulate crmcom-netflix says where it listens, serves there, and ends on SIGTERM', async () => {
  const child = spawn(process.execPath, [MAIN, 'simulate', 'crmcom-netflix', '--seed', '3'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const [, url = '', adminUrl = ''] =
      /^crmcom-netflix at (\S+), admin face at (\S+)\n$/.exec(line.toString('utf8')) ?? [];
    expect((await send(`${url}${BASE}netflix/promotions/list`, 'GET')).code).toBe('INVALID_TOKEN');
    expect((await send(`${adminUrl}/knobs`, 'GET')).body).toMatchObject({ addressFormat: 'crmcom' });
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  } finally {
    child.kill('SIGKILL');
  }
});

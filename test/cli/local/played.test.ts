import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PLAYED } from '../../../src/cli/local/vendor.ts';

test.each(PLAYED)('the simulated $title keeps its world where it is told to', async (played) => {
  const folder = mkdtempSync(join(tmpdir(), 'played-'));
  const stateFile = join(folder, `${played.name}.json`);
  const simulator = await played.start([], { stateFile });
  await fetch(`${simulator.adminUrl}/time/advance`, { method: 'POST', body: '{"ms":1000}' });
  expect(JSON.parse(readFileSync(stateFile, 'utf8'))).toMatchObject({ timeOffsetMs: 1000 });
  await simulator.close();
  rmSync(folder, { recursive: true, force: true });
});

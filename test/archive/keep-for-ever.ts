/** Archives one history after the other until it is killed; says so after the first. */
import { directoryArchive } from '../../src/archive/directory.ts';
import { createDisk } from '../../src/archive/disk.ts';
import { manualClock } from '../http/manual-clock.ts';
import { lineHistory, NOW, rows } from './histories.ts';

const [, , root = ''] = process.argv;
const clock = manualClock(NOW);
const archive = directoryArchive({ root, disk: createDisk(), clock, tool: 'vendorplane test' });
const history = lineHistory({ rows: { usage: rows(20_000), connection: [], provisioning: [] } });
for (let round = 0; ; round += 1) {
  await archive.keep(history, new AbortController().signal);
  if (round === 0) process.stdout.write('kept\n');
}

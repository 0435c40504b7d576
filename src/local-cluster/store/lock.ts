import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Takes a folder for this process. Throws when another process that is still running has it. One that was killed
 * leaves its file behind: it is told by its id together with the time it was started, which no later process shares.
 * Returns the way to give it back.
 */
export function lockFolder(folder: string): () => void {
  const path = join(folder, 'lock');
  const own = identityOf(process.pid);
  const held = readIfPresent(path);
  const [pid = ''] = held.split(' ');
  if (held !== '' && held !== own && identityOf(Number(pid)) === held) {
    throw new Error(`${folder} is in use by process ${pid}`);
  }
  writeFileSync(path, own, { mode: 0o600 });
  return () => rmSync(path, { force: true });
}

/** Id and start of a process; the id alone where the system does not tell when it was started. Empty: not running. */
function identityOf(pid: number): string {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process is running all the same.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return '';
  }
  // proc(5): the fields behind the name, which stands in parentheses and may hold anything; the 20th is the start.
  const stat = readIfPresent(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return `${pid} ${fields[19] ?? ''}`.trim();
}

function readIfPresent(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

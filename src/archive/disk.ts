import * as promises from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Failure, failed, ok, type Result } from '../ports/failure.ts';

/** The part of `node:fs/promises` that is needed; a disk that is full can stand in for it. */
export type Files = Pick<typeof promises, 'mkdir' | 'open' | 'readdir' | 'readFile' | 'rename' | 'unlink'>;

/** Files that are there whole or not at all. */
export interface Disk {
  /** Makes the content durable under that path, in place of what stood there: all of it, or nothing changes. */
  write(path: string, content: Uint8Array): Promise<Result<true>>;
  read(path: string): Promise<Result<Buffer>>;
  /** Names in a folder, sorted; none when there is no such folder. */
  list(path: string): Promise<Result<readonly string[]>>;
}

/** Begins the name of a file that is not finished. Nothing that begins like this is ever read. */
export const UNFINISHED = '.unfinished-';

export function createDisk(files: Files = promises): Disk {
  async function sync(path: string): Promise<void> {
    const folder = await files.open(path, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }

  /** A folder is durable when the one it stands in is. Level by level: node's own recursion never ends on some mounts. */
  async function makeFolder(path: string): Promise<void> {
    try {
      await files.mkdir(path);
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return;
      if (codeOf(error) !== 'ENOENT' || dirname(path) === path) throw error;
      await makeFolder(dirname(path));
      await files.mkdir(path);
    }
    await sync(dirname(path));
  }

  async function writeNew(path: string, content: Uint8Array): Promise<void> {
    const file = await files.open(path, 'wx', 0o640);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  return {
    write: (path, content) =>
      attempt(async () => {
        const folder = dirname(path);
        await makeFolder(folder);
        const unfinished = join(folder, `${UNFINISHED}${process.pid}-${basename(path)}`);
        await files.unlink(unfinished).catch(() => undefined);
        try {
          await writeNew(unfinished, content);
          await files.rename(unfinished, path);
        } catch (error) {
          await files.unlink(unfinished).catch(() => undefined);
          throw error;
        }
        await sync(folder);
        return true as const;
      }),
    read: (path) => attempt(() => files.readFile(path)),
    list: (path) =>
      attempt(async () => {
        try {
          return (await files.readdir(path)).sort();
        } catch (error) {
          if (codeOf(error) === 'ENOENT') return [];
          throw error;
        }
      }),
  };
}

async function attempt<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (error) {
    return failed(diskFailure(error));
  }
}

/** What an error of the file system means to a person. All of them may pass by themselves, or once somebody acts. */
const WORDS: Readonly<Record<string, readonly [code: string, message: string]>> = {
  ENOSPC: ['ARCHIVE_FULL', 'the archive’s disk is full: make room on its volume'],
  EDQUOT: ['ARCHIVE_FULL', 'the archive’s quota is spent: make room on its volume'],
  EROFS: ['ARCHIVE_READ_ONLY', 'the archive’s volume is read-only: mount it for writing'],
  EACCES: ['ARCHIVE_READ_ONLY', 'the archive may not be written or read by this process: give it the right'],
  EPERM: ['ARCHIVE_READ_ONLY', 'the archive may not be written or read by this process: give it the right'],
};

function diskFailure(error: unknown): Failure {
  const [code, message] = WORDS[codeOf(error)] ?? [
    'ARCHIVE_FAILED',
    `the archive failed (${codeOf(error)}): look at its volume`,
  ];
  return { kind: 'transient', code, message };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'UNKNOWN';
}

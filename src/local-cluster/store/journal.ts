import {
  closeSync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { parseExact } from '../big-integer.ts';
import type { KubeObject } from '../object.ts';
import { lockFolder } from './lock.ts';

/** One committed change. `object` absent: the key was removed. */
interface JournalRecord {
  readonly revision: number;
  readonly collection: string;
  readonly key: string;
  readonly object?: KubeObject;
}

/** Where commits become durable. What `append` has returned from survives the end of the process. */
export interface Journal {
  /** What an earlier process left, in order. Called once, before the first append. */
  load(): readonly JournalRecord[];
  append(record: JournalRecord): void;
  close(): void;
}

/** Keeps nothing: the cluster lives as long as the process. */
export function memoryJournal(): Journal {
  return { load: () => [], append: () => undefined, close: () => undefined };
}

/**
 * An append-only file `journal.ndjson` in `folder`, synced at every commit and rewritten without the history
 * when it is loaded. A torn last line, which was never acknowledged, is dropped. Loading throws when another running
 * process has the folder.
 */
export function fileJournal(folder: string): Journal {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'journal.ndjson');
  let file: number | undefined;
  let unlock = (): void => undefined;
  /** Length of what was acknowledged. */
  let bytes = 0;
  return {
    load() {
      unlock = lockFolder(folder);
      const records = compacted(readRecords(path));
      rewrite(folder, path, records);
      file = openSync(path, 'a');
      bytes = fstatSync(file).size;
      return records;
    },
    append(record) {
      if (file === undefined) throw new Error('the journal is not loaded');
      const line = Buffer.from(`${JSON.stringify(record)}\n`);
      try {
        writeFully(file, line);
        fdatasyncSync(file);
      } catch (error) {
        // Part of a line before the next one (the disk was full) would make the file unreadable for ever.
        ftruncateSync(file, bytes);
        throw error;
      }
      bytes += line.length;
    },
    close() {
      if (file !== undefined) closeSync(file);
      file = undefined;
      unlock();
    },
  };
}

function readRecords(path: string): JournalRecord[] {
  const lines = readIfPresent(path).split('\n');
  // The part behind the last newline is empty, or the torn line of a process that died while writing it.
  return lines.slice(0, -1).map((line) => parseExact(line) as JournalRecord);
}

function readIfPresent(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** The last word on every key, in commit order; a removal stays when it carries the newest revision. */
function compacted(records: readonly JournalRecord[]): JournalRecord[] {
  const last = new Map<string, JournalRecord>();
  for (const record of records) last.set(`${record.collection} ${record.key}`, record);
  const newest = records.reduce((highest, record) => Math.max(highest, record.revision), 0);
  return [...last.values()]
    .filter((record) => record.object !== undefined || record.revision === newest)
    .sort((a, b) => a.revision - b.revision);
}

function rewrite(folder: string, path: string, records: readonly JournalRecord[]): void {
  const next = `${path}.next`;
  const file = openSync(next, 'w');
  for (const record of records) writeFully(file, Buffer.from(`${JSON.stringify(record)}\n`));
  fsyncSync(file);
  closeSync(file);
  renameSync(next, path);
  syncFolder(folder);
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

function writeFully(file: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(file, bytes, written);
  }
}

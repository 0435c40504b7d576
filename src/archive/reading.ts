import { join } from 'node:path';
import { ok, type Result } from '../ports/failure.ts';
import { type Disk, UNFINISHED } from './disk.ts';
import { faultOf } from './history-file.ts';
import { type Manifest, readManifest } from './manifest.ts';
import { HISTORY_SUFFIX, MANIFEST_SUFFIX } from './places.ts';

/** A manifest that was found; without content when it is none. */
export interface FoundManifest {
  readonly path: string;
  readonly manifest: Manifest | undefined;
}

/** Manifests read side by side. ASSUMED: a volume over a network answers several at once. */
const SIDE_BY_SIDE = 16;

/** Every manifest of one account's folder. Complete or failed, never partial. */
export async function readAccount(disk: Disk, folder: string): Promise<Result<readonly FoundManifest[]>> {
  const lines = await disk.list(folder);
  if (!lines.ok) return lines;
  const found: FoundManifest[] = [];
  for (let from = 0; from < lines.value.length; from += SIDE_BY_SIDE) {
    const some = lines.value.slice(from, from + SIDE_BY_SIDE).filter((name) => !name.startsWith('.'));
    for (const read of await Promise.all(some.map((name) => readLine(disk, join(folder, name))))) {
      if (!read.ok) return read;
      found.push(...read.value);
    }
  }
  return ok(found);
}

async function readLine(disk: Disk, folder: string): Promise<Result<readonly FoundManifest[]>> {
  const names = await disk.list(folder);
  if (!names.ok) return names;
  const found: FoundManifest[] = [];
  for (const name of names.value.filter((candidate) => candidate.endsWith(MANIFEST_SUFFIX))) {
    if (name.startsWith(UNFINISHED)) continue;
    const path = join(folder, name);
    const file = await disk.read(path);
    if (!file.ok) return file;
    found.push({ path, manifest: readManifest(file.value.toString('utf8')) });
  }
  return ok(found);
}

/** One entry of an archive, checked. */
export interface Checked extends FoundManifest {
  /** What is wrong with it; absent when it is whole. */
  readonly fault?: string;
}

/** Checks every entry of an archive: manifests, SHA-256, contents, counts; and histories that no manifest names. */
export async function verifyArchive(disk: Disk, root: string): Promise<Result<readonly Checked[]>> {
  const accounts = await disk.list(root);
  if (!accounts.ok) return accounts;
  const checked: Checked[] = [];
  for (const account of accounts.value.filter((name) => !name.startsWith('.'))) {
    const folder = join(root, account);
    const found = await readAccount(disk, folder);
    if (!found.ok) return found;
    const named = new Set<string>();
    for (const entry of found.value) {
      const { fault, file } = await check(disk, entry);
      if (file !== undefined) named.add(file);
      checked.push({ ...entry, ...(fault === undefined ? {} : { fault }) });
    }
    const orphans = await orphansIn(disk, folder, named);
    if (!orphans.ok) return orphans;
    checked.push(...orphans.value);
  }
  return ok(checked);
}

async function check(
  disk: Disk,
  { path, manifest }: FoundManifest,
): Promise<{ readonly fault?: string; readonly file?: string }> {
  if (manifest === undefined) return { fault: 'it is no manifest' };
  if (manifest.history === undefined) return {};
  const file = join(path, '..', manifest.history.file);
  const read = await disk.read(file);
  if (!read.ok) return { fault: `its history cannot be read (${read.failure.code})`, file };
  const fault = await faultOf(read.value, manifest.history);
  return fault === undefined ? { file } : { fault: `${manifest.history.file}: ${fault}`, file };
}

/** A history without a manifest was cut off before it was whole: no receipt was made for it. */
async function orphansIn(
  disk: Disk,
  folder: string,
  named: ReadonlySet<string>,
): Promise<Result<readonly Checked[]>> {
  const lines = await disk.list(folder);
  if (!lines.ok) return lines;
  const orphans: Checked[] = [];
  for (const line of lines.value) {
    const names = await disk.list(join(folder, line));
    if (!names.ok) return names;
    for (const name of names.value) {
      const path = join(folder, line, name);
      const isHistory = name.endsWith(HISTORY_SUFFIX) && !name.startsWith(UNFINISHED);
      if (!isHistory || named.has(path)) continue;
      orphans.push({
        path,
        manifest: undefined,
        fault: 'no manifest names it; it was cut off, and nothing was deleted for it',
      });
    }
  }
  return ok(orphans);
}

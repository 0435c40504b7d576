import { join } from 'node:path';
import type { Disk } from '../../archive/disk.ts';
import { type ArchivedRow, faultOf, unpackHistory } from '../../archive/history-file.ts';
import { accountFolder } from '../../archive/places.ts';
import { type FoundManifest, readAccount } from '../../archive/reading.ts';
import type { LineName } from '../../domain/line/identifier.ts';
import { Sentence } from '../exit.ts';
import type { Report, Section } from '../output/print.ts';

/** Everything that was archived of a line. Damaged histories are told, never shown. */
export async function historyReport(
  disk: Disk,
  root: string,
  name: LineName,
  account: string | undefined,
): Promise<Report> {
  const found = (await manifestsIn(disk, root, account)).filter(({ manifest }) => isAbout(manifest, name));
  if (found.length === 0) {
    throw new Sentence(`nothing is archived of ${name.kind}:${name.identifier} in ${root}`);
  }
  const entries = await Promise.all(found.map((entry) => readEntry(disk, entry)));
  return { json: entries, sections: entries.map(sectionOf) };
}

interface Entry {
  readonly manifest: FoundManifest['manifest'];
  readonly rows: readonly ArchivedRow[];
}

async function manifestsIn(
  disk: Disk,
  root: string,
  account: string | undefined,
): Promise<readonly FoundManifest[]> {
  const accounts =
    account === undefined ? await disk.list(root) : { ok: true as const, value: [accountFolder(account)] };
  if (!accounts.ok) throw new Sentence(accounts.failure.message);
  const found: FoundManifest[] = [];
  for (const folder of accounts.value.filter((candidate) => !candidate.startsWith('.'))) {
    const read = await readAccount(disk, join(root, folder));
    if (!read.ok) throw new Sentence(read.failure.message);
    found.push(...read.value);
  }
  return found;
}

function isAbout(manifest: FoundManifest['manifest'], { kind, identifier }: LineName): boolean {
  if (manifest === undefined) return false;
  const { declaredAs, names } = manifest;
  return names[kind] === identifier || (declaredAs.kind === kind && declaredAs.identifier === identifier);
}

async function readEntry(disk: Disk, { path, manifest }: FoundManifest): Promise<Entry> {
  const history = manifest?.history;
  if (history === undefined) return { manifest, rows: [] };
  const file = await disk.read(join(path, '..', history.file));
  const fault = file.ok ? await faultOf(file.value, history) : file.failure.message;
  const rows = file.ok && fault === undefined ? await unpackHistory(file.value) : undefined;
  if (rows === undefined)
    throw new Sentence(`${history.file} of ${path} is damaged: ${fault ?? 'it cannot be unpacked'}`);
  return { manifest, rows };
}

function sectionOf({ manifest, rows }: Entry): Section {
  const gone = manifest?.gone;
  const end =
    gone === undefined
      ? 'not proven gone'
      : `proven gone ${new Date(gone.provenAtMs).toISOString()} (${gone.how})`;
  return {
    title: `archived ${manifest?.history?.completedAt ?? 'without a history'}, ${end}`,
    headings: ['of', 'at', 'content'],
    rows: rows.map(({ of, at, content }) => [of, at ?? '', JSON.stringify(content)]),
    ifEmpty: 'no history was archived',
  };
}

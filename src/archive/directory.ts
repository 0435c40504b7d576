import { basename, dirname, join } from 'node:path';
import { type LineName, lineKey } from '../domain/line/identifier.ts';
import { type ArchivedHistory, type ArchiveReceipt, archivedReceipt } from '../domain/line/receipt.ts';
import type { Archive, ArchivedLine, FiledProof, LineHistory } from '../ports/archive.ts';
import type { Clock } from '../ports/clock.ts';
import { type Failure, failed, ok, type Result } from '../ports/failure.ts';
import { HISTORY_NAMES } from '../ports/line-histories.ts';
import { RECEIPT } from '../ports/receipt.ts';
import type { Disk } from './disk.ts';
import { faultOf, packHistory, sha256Of } from './history-file.ts';
import { type Manifest, type ManifestHistory, manifestText, readManifest } from './manifest.ts';
import { accountFolder, HISTORY_SUFFIX, lineFolder, MANIFEST_SUFFIX, stamp } from './places.ts';
import { readAccount } from './reading.ts';

interface DirectoryParts {
  readonly root: string;
  readonly disk: Disk;
  readonly clock: Clock;
  /** Which program writes, for example `vendorplane 0.1.0`. */
  readonly tool: string;
}

/** An archive in a folder, for example on a volume of its own. One process writes to it at a time. */
export function directoryArchive({ root, disk, clock, tool }: DirectoryParts): Archive {
  /** Proofs by account and name, once an account was read through. */
  const proofs = new Map<string, Map<string, FiledProof>>();

  async function proofsOf(accountName: string): Promise<Result<Map<string, FiledProof>>> {
    const known = proofs.get(accountName);
    if (known !== undefined) return ok(known);
    const read = await readAccount(disk, join(root, accountFolder(accountName)));
    if (!read.ok) return read;
    const found = new Map<string, FiledProof>();
    for (const { path, manifest } of read.value) {
      if (manifest === undefined) return failed(damaged(path, 'it is no manifest'));
      note(found, manifest);
    }
    proofs.set(accountName, found);
    return ok(found);
  }

  async function keep(history: LineHistory, signal: AbortSignal): Promise<Result<ArchiveReceipt>> {
    const nowMs = clock.now();
    const base = await freeBase(lineFolder(history.accountName, history.declaredAs), nowMs);
    if (!base.ok) return base;
    const path = `${base.value}${HISTORY_SUFFIX}`;
    const packed = await packHistory(history);
    const described: ManifestHistory = {
      file: basename(path),
      sha256: sha256Of(packed),
      bytes: packed.length,
      records: {
        usage: history.rows.usage.length,
        connection: history.rows.connection.length,
        provisioning: history.rows.provisioning.length,
      },
      earliest: new Date(history.earliestMs).toISOString(),
      latest: new Date(history.latestMs).toISOString(),
      completedAt: new Date(nowMs).toISOString(),
    };
    if (signal.aborted) return failed(calledOff);
    const written = await disk.write(join(root, path), packed);
    if (!written.ok) return written;
    const manifest = { ...manifestOf(history), history: described };
    const noted = await writeManifest(`${base.value}${MANIFEST_SUFFIX}`, manifest);
    if (!noted.ok) return noted;
    const fault = await readBack(path, described);
    if (!fault.ok) return fault;
    const records = HISTORY_NAMES.reduce((sum, name) => sum + described.records[name], 0);
    return ok(archivedReceipt({ path, sha256: described.sha256, records, completedAtMs: clock.now() }));
  }

  /** A name that nothing in the folder has, also where the clock was set back. */
  async function freeBase(folder: string, nowMs: number): Promise<Result<string>> {
    const names = await disk.list(join(root, folder));
    if (!names.ok) return names;
    let atMs = nowMs;
    while (names.value.some((name) => name.startsWith(stamp(atMs)))) atMs += 1;
    return ok(join(folder, stamp(atMs)));
  }

  /** Only what can be read again is safe. */
  async function readBack(path: string, history: ManifestHistory): Promise<Result<true>> {
    const file = await disk.read(join(root, path));
    if (!file.ok) return file;
    const fault = await faultOf(file.value, history);
    return fault === undefined ? ok(true) : failed(damaged(path, fault));
  }

  function manifestOf({ accountName, declaredAs, names }: ArchivedLine): Manifest {
    return { formatVersion: 1, tool, accountName, declaredAs, names };
  }

  async function writeManifest(path: string, manifest: Manifest): Promise<Result<true>> {
    const text = manifestText(manifest);
    const written = await disk.write(join(root, path), Buffer.from(text));
    if (!written.ok) return written;
    const read = await disk.read(join(root, path));
    if (!read.ok) return read;
    const isWhole = read.value.toString('utf8') === text;
    return isWhole ? ok(true) : failed(damaged(path, 'what was written is not what stands there'));
  }

  /** The manifest that the proof belongs to, and where it stands. */
  async function manifestFor(
    line: ArchivedLine,
    proof: FiledProof,
    receipt: ArchiveReceipt | undefined,
  ): Promise<Result<readonly [string, Manifest]>> {
    if (receipt?.is !== 'archived') {
      const path = join(
        lineFolder(line.accountName, line.declaredAs),
        `${stamp(proof.provenAtMs)}${MANIFEST_SUFFIX}`,
      );
      return ok([path, manifestOf(line)]);
    }
    return manifestBeside(receipt.path);
  }

  async function manifestBeside(history: string): Promise<Result<readonly [string, Manifest]>> {
    const path = join(dirname(history), basename(history, HISTORY_SUFFIX) + MANIFEST_SUFFIX);
    const file = await disk.read(join(root, path));
    if (!file.ok) return file;
    const manifest = readManifest(file.value.toString('utf8'));
    return manifest === undefined ? failed(damaged(path, 'it is no manifest')) : ok([path, manifest]);
  }

  /** A volume may be full of holes, or another one by now. */
  async function holds({ path, sha256 }: ArchivedHistory): Promise<Result<typeof RECEIPT>> {
    const file = await disk.read(join(root, path));
    if (!file.ok) return file;
    if (sha256Of(file.value) !== sha256) return failed(damaged(path, 'it is not what was written'));
    const manifest = await manifestBeside(path);
    return manifest.ok ? ok(RECEIPT) : manifest;
  }

  return {
    keep,
    holds,
    async proofOf(accountName, name) {
      const known = await proofsOf(accountName);
      return known.ok ? ok(known.value.get(lineKey(name))) : known;
    },
    async fileProof(line, proof, receipt) {
      const known = await proofsOf(line.accountName);
      if (!known.ok) return known;
      const found = await manifestFor(line, proof, receipt);
      if (!found.ok) return found;
      const [path, before] = found.value;
      const manifest = { ...before, gone: { how: proof.how, provenAtMs: proof.provenAtMs } };
      const written = await writeManifest(path, manifest);
      if (!written.ok) return written;
      note(known.value, manifest);
      return ok(RECEIPT);
    },
  };
}

/** A line that is gone is gone under every name it had. */
function note(proofs: Map<string, FiledProof>, { gone, declaredAs, names }: Manifest): void {
  if (gone === undefined) return;
  proofs.set(lineKey(declaredAs), gone);
  for (const [kind, identifier] of Object.entries(names)) {
    proofs.set(lineKey({ kind, identifier } as LineName), gone);
  }
}

const calledOff: Failure = { kind: 'transient', code: 'ABORTED', message: 'archiving was called off' };

function damaged(path: string, why: string): Failure {
  return {
    kind: 'transient',
    code: 'ARCHIVE_DAMAGED',
    message: `the archive is damaged: ${path}: ${why}; check its volume, and move the file away once it is understood`,
  };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as promises from 'node:fs/promises';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { directoryArchive } from '../../src/archive/directory.ts';
import { createDisk, type Files } from '../../src/archive/disk.ts';
import { unpackHistory } from '../../src/archive/history-file.ts';
import { readManifest } from '../../src/archive/manifest.ts';
import { verifyArchive } from '../../src/archive/reading.ts';
import type { ArchivedHistory } from '../../src/domain/line/receipt.ts';
import type { Archive } from '../../src/ports/archive.ts';
import { manualClock } from '../http/manual-clock.ts';
import { ACCOUNT, lineHistory, NAMES, NOW, PHONE, rows, SIM } from './histories.ts';

const { signal } = new AbortController();
let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'vendorplane-archive-'));
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

function open(files?: Files, at = root): Archive {
  return directoryArchive({
    root: at,
    disk: createDisk(files),
    clock: manualClock(NOW),
    tool: 'vendorplane test',
  });
}

async function kept(archive: Archive, more = {}): Promise<ArchivedHistory> {
  const receipt = await archive.keep(lineHistory(more), signal);
  if (!receipt.ok || receipt.value.is !== 'archived') throw new Error(JSON.stringify(receipt));
  return receipt.value;
}

async function faults(): Promise<readonly (string | undefined)[]> {
  const checked = await verifyArchive(createDisk(), root);
  if (!checked.ok) throw new Error(checked.failure.message);
  return checked.value.map(({ fault }) => fault);
}

/** Every file below the archive, by its path in it. */
async function files(): Promise<readonly string[]> {
  const found = await readdir(root, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name).slice(root.length + 1))
    .sort();
}

const DISK_FULL = Object.assign(new Error('no space'), { code: 'ENOSPC' });

/** A disk that takes so many bytes and no more. */
function fullAfter(bytes: number): Files {
  let left = bytes;
  return {
    ...promises,
    open: async (path, flags, mode) => {
      const file = await promises.open(path, flags, mode);
      const write = file.writeFile.bind(file);
      file.writeFile = async (content) => {
        const text = Buffer.from(content as Uint8Array);
        const fits = text.subarray(0, Math.max(0, left));
        left -= text.length;
        await write(fits);
        if (left < 0) throw DISK_FULL;
      };
      return file;
    },
  };
}

describe('an archived history', () => {
  test('is one compressed file of JSON lines with a manifest that describes it', async () => {
    const receipt = await kept(open());
    expect(receipt).toMatchObject({ records: 6, completedAtMs: NOW });
    expect(await files()).toEqual([
      '0252067890-00001/iccid-85000022411113460014/2026-11-22T07-30-00.000Z.jsonl.gz',
      '0252067890-00001/iccid-85000022411113460014/2026-11-22T07-30-00.000Z.manifest.json',
    ]);
    const packed = await readFile(join(root, receipt.path));
    const [line, ...history] = (await unpackHistory(packed)) ?? [];
    expect(line).toEqual({ of: 'line', content: { CarrierInformation: { State: 'deactive' } } });
    expect(history.map(({ of }) => of)).toEqual([
      'usage',
      'usage',
      'usage',
      'connection',
      'connection',
      'provisioning',
    ]);
    expect(history[0]).toEqual({ of: 'usage', ...rows(3)[0] });
    const manifest = readManifest(
      await readFile(join(root, receipt.path.replace('.jsonl.gz', '.manifest.json')), 'utf8'),
    );
    expect(manifest).toEqual({
      formatVersion: 1,
      tool: 'vendorplane test',
      accountName: ACCOUNT,
      declaredAs: SIM,
      names: NAMES,
      history: {
        file: '2026-11-22T07-30-00.000Z.jsonl.gz',
        sha256: receipt.sha256,
        bytes: packed.length,
        records: { usage: 3, connection: 2, provisioning: 1 },
        earliest: '2025-11-22T07:30:00.000Z',
        latest: '2026-11-22T07:30:00.000Z',
        completedAt: '2026-11-22T07:30:00.000Z',
      },
    });
    expect(await faults()).toEqual([undefined]);
  });

  test('is never replaced by a later one, not even of the same moment', async () => {
    const archive = open();
    const paths = [await kept(archive), await kept(archive), await kept(open())].map(({ path }) => path);
    expect(new Set(paths).size).toBe(3);
    expect(await faults()).toEqual([undefined, undefined, undefined]);
  });

  test('of an account with any name stays inside the archive', async () => {
    const { path } = await kept(open(), { accountName: '../..' });
    expect(path.startsWith('%2E%2E%2F%2E%2E/')).toBe(true);
  });
});

describe('without a receipt ends', () => {
  test.each([0, 100, 400])('a disk that is full after %i bytes, and leaves nothing half', async (bytes) => {
    expect(await open(fullAfter(bytes)).keep(lineHistory(), signal)).toMatchObject({
      ok: false,
      failure: { kind: 'transient', code: 'ARCHIVE_FULL' },
    });
    expect((await files()).filter((name) => name.endsWith('.manifest.json'))).toEqual([]);
    expect((await faults()).every((fault) => fault?.includes('no manifest') === true)).toBe(true);
  });

  test('a disk that is full may be tried again', async () => {
    await open(fullAfter(10)).keep(lineHistory(), signal);
    await kept(open());
    expect(await faults()).toEqual([undefined]);
  });

  test('a volume that is read-only', async () => {
    const readOnly = Object.assign(new Error('read-only'), { code: 'EROFS' });
    const archive = open({ ...promises, mkdir: () => Promise.reject<string | undefined>(readOnly) } as Files);
    expect(await archive.keep(lineHistory(), signal)).toMatchObject({
      failure: { code: 'ARCHIVE_READ_ONLY' },
    });
  });

  test.skipIf(process.getuid?.() === 0)('a folder without the right to write', async () => {
    await promises.chmod(root, 0o500);
    expect(await open().keep(lineHistory(), signal)).toMatchObject({
      failure: { code: 'ARCHIVE_READ_ONLY' },
    });
    await promises.chmod(root, 0o700);
  });

  test('a folder that is no folder', async () => {
    const file = join(root, 'file');
    await writeFile(file, '');
    expect(await open(undefined, file).keep(lineHistory(), signal)).toMatchObject({
      ok: false,
      failure: { code: 'ARCHIVE_FAILED' },
    });
  });

  test('a disk that gives back something else than was written', async () => {
    const lying: Files = {
      ...promises,
      readFile: (async (path: string) => {
        const content = await promises.readFile(path);
        if (path.endsWith('.gz')) content[20] = (content[20] ?? 0) ^ 1;
        return content;
      }) as Files['readFile'],
    };
    expect(await open(lying).keep(lineHistory(), signal)).toMatchObject({
      failure: { code: 'ARCHIVE_DAMAGED' },
    });
  });
});

describe('what stands in an archive', () => {
  test('is found damaged when a byte of a history changed, was cut off, or is missing', async () => {
    const archive = open();
    const [one, two, three] = [await kept(archive), await kept(archive), await kept(archive)].map(
      ({ path }) => join(root, path),
    );
    const content = await readFile(one as string);
    content[30] = (content[30] ?? 0) ^ 1;
    await writeFile(one as string, content);
    await writeFile(two as string, content.subarray(0, 60));
    await rm(three as string);
    expect(await faults()).toEqual([
      expect.stringContaining('SHA-256'),
      expect.stringContaining('has 60 bytes'),
      expect.stringContaining('cannot be read'),
    ]);
  });

  test('is found damaged when a manifest is no manifest', async () => {
    const { path } = await kept(open());
    await writeFile(join(root, path.replace('.jsonl.gz', '.manifest.json')), '{"formatVersion":1}');
    expect(await faults()).toContain('it is no manifest');
  });

  test('does not verify when its writer was killed in the middle', async () => {
    const script = fileURLToPath(new URL('./keep-for-ever.ts', import.meta.url));
    for (let life = 0; life < 6; life += 1) {
      const writer = spawn(process.execPath, [script, root], { stdio: ['ignore', 'pipe', 'inherit'] });
      await once(writer.stdout, 'data');
      // Wherever it is by now: files are written one after the other without a pause.
      for (let turn = 0; turn < life; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      writer.kill('SIGKILL');
      await once(writer, 'exit');
      const checked = await verifyArchive(createDisk(), root);
      if (!checked.ok) throw new Error(checked.failure.message);
      // A whole history whose manifest did not come any more is told; nothing half passes as whole.
      const wrong = checked.value.flatMap(({ fault }) =>
        fault === undefined || fault.startsWith('no manifest') ? [] : [fault],
      );
      expect(wrong).toEqual([]);
    }
    expect((await faults()).filter((fault) => fault === undefined).length).toBeGreaterThan(0);
  });
});

describe('the proof that a line is gone', () => {
  const gone = { how: 'Deleted', provenAtMs: NOW } as const;
  const line = { accountName: ACCOUNT, declaredAs: SIM, names: NAMES };

  test('stands with its history, and is found again by every name of the line and by the next process', async () => {
    const archive = open();
    const receipt = await archive.keep(lineHistory(), signal);
    if (!receipt.ok) throw new Error('not kept');
    expect(await archive.proofOf(ACCOUNT, SIM)).toEqual({ ok: true, value: undefined });
    expect(await archive.fileProof(line, gone, receipt.value)).toMatchObject({ ok: true });
    for (const reader of [archive, open()]) {
      expect(await reader.proofOf(ACCOUNT, SIM)).toEqual({ ok: true, value: gone });
      expect(await reader.proofOf(ACCOUNT, PHONE)).toEqual({ ok: true, value: gone });
      expect(await reader.proofOf('another', SIM)).toEqual({ ok: true, value: undefined });
    }
    expect(await files()).toHaveLength(2);
    expect(await faults()).toEqual([undefined]);
  });

  test('stands alone for a line that has no history', async () => {
    await open().fileProof({ ...line, names: {} }, { how: 'NeverSeen', provenAtMs: NOW }, undefined);
    expect(await open().proofOf(ACCOUNT, SIM)).toMatchObject({ value: { how: 'NeverSeen' } });
    expect(await faults()).toEqual([undefined]);
  });

  test('cannot be told while a manifest is damaged: no answer is not “no”', async () => {
    const { path } = await kept(open());
    await writeFile(join(root, path.replace('.jsonl.gz', '.manifest.json')), 'half a mani');
    expect(await open().proofOf(ACCOUNT, PHONE)).toMatchObject({
      ok: false,
      failure: { code: 'ARCHIVE_DAMAGED' },
    });
  });
});

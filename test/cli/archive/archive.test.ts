import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { directoryArchive } from '../../../src/archive/directory.ts';
import { createDisk } from '../../../src/archive/disk.ts';
import { ACCOUNT, lineHistory, NAMES, NOW, PHONE, SIM } from '../../archive/histories.ts';
import { manualClock } from '../../http/manual-clock.ts';
import { runProgram } from '../../support/run.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'vendorplane-archive-'));
  const archive = directoryArchive({
    root,
    disk: createDisk(),
    clock: manualClock(NOW),
    tool: 'vendorplane test',
  });
  const receipt = await archive.keep(lineHistory(), new AbortController().signal);
  if (!receipt.ok) throw new Error(receipt.failure.message);
  const line = { accountName: ACCOUNT, declaredAs: SIM, names: NAMES };
  await archive.fileProof(line, { how: 'Deleted', provenAtMs: NOW }, receipt.value);
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

describe('archive verify', () => {
  test('says what is whole', async () => {
    const { code, stdout } = await runProgram(['archive', 'verify', root, '-o', 'json'], root);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject([
      {
        line: 'iccid:85000022411113460014',
        records: 6,
        provenGone: '2026-11-22T07:30:00.000Z',
        state: 'whole',
      },
    ]);
  });

  test('fails when something is damaged', async () => {
    const folder = join(root, ACCOUNT, 'iccid-85000022411113460014');
    const [history] = (await readdir(folder)).filter((name) => name.endsWith('.gz'));
    await writeFile(join(folder, history ?? ''), 'not what was archived');
    const { code, stdout } = await runProgram(['archive', 'verify', root], root);
    expect(code).toBe(1);
    expect(stdout).toContain('should have');
  });

  test('of a folder without an archive is one sentence', async () => {
    const { code, stderr } = await runProgram(['archive', 'verify', join(root, 'nowhere')], root);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^vendorplane: there is no archive in .*\n$/);
  });
});

describe('archive show', () => {
  test.each([SIM, PHONE])('finds a line by any of its names: $kind', async ({ kind, identifier }) => {
    const { code, stdout } = await runProgram(
      ['archive', 'show', `${kind}:${identifier}`, '--archive-dir', root],
      root,
    );
    expect(code).toBe(0);
    expect(stdout).toContain('proven gone 2026-11-22T07:30:00.000Z (Deleted)');
    expect(stdout.match(/^usage {2}/gm)).toHaveLength(3);
  });

  test('of a line that was never archived is one sentence', async () => {
    const { code, stderr } = await runProgram(
      ['archive', 'show', 'imei:990000560000009', '--archive-dir', root],
      root,
    );
    expect(code).toBe(1);
    expect(stderr).toContain('nothing is archived of imei:990000560000009');
  });

  test('without a folder looks where local keeps its own, and says so when there is none', async () => {
    const { code, stderr } = await runProgram(['archive', 'show', 'imei:990000560000009'], root);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^vendorplane: [^\n]*\.vendorplane\/archive[^\n]*\n$/);
  });

  test('of what names no line says what does', async () => {
    const { code, stderr } = await runProgram(['archive', 'show', '4711', '--archive-dir', root], root);
    expect(code).toBe(1);
    expect(stderr).toContain('esn, iccid, imei, meid, eid');
  });
});

import * as promises from 'node:fs/promises';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Files } from '../../src/archive/disk.ts';
import type { PortCall } from '../../src/observability/decorate.ts';
import { SETTINGS } from '../engine/world.ts';
import { bePatient } from '../support/patience.ts';
import { ACCOUNT, createLineWorld, type LineWorld, line } from './world.ts';

bePatient();

const NOW = { usageSettlesAfterMs: 0 };

describe.concurrent('a deletion', () => {
  test.each([
    ['whose reply is lost', { fault: 'dropAfterEffect' }],
    ['whose reply is a web page', { fault: 'html' }],
    ['whose reply is cut off', { fault: 'truncatedJson' }],
    ['whose reply is an error', { fault: 'errorAfterEffect' }],
    ['whose reply has the wrong tag', { fault: 'wrongTag' }],
    ['whose reply leaves a line out', { fault: 'missingResults', items: 1 }],
    ['whose reply names no line at all', { fault: 'missingResults', items: 9 }],
  ])('%s happened once, is read back and proven', async (_why, fault) => {
    await using world = await createLineWorld();
    await world.addLines(2);
    await world.admin('POST', '/faults', { ...fault, match: { endpoint: 'DeleteDevices' } });
    world.start();
    world.declare([line(0), line(1)], NOW);
    await world.reaches(line(0), 'deleted');
    await world.reaches(line(1), 'deleted');
    const sent = (await world.ledger('DeleteDevices')).flatMap(({ items = [] }) => items);
    expect(new Set(sent.map((item) => JSON.stringify(item))).size).toBe(sent.length);
    expect(world.recorded.get(line(0))?.gone?.how).toBe('Deleted');
    await world.checkLaws();
  });

  test.each([
    ['that never arrived', { fault: 'dropBeforeEffect' }],
    ['that met an error of the vendor', { fault: 'errorBeforeEffect' }],
    ['that met a fault under HTTP 200', { fault: 'errorBeforeEffect', status: 200 }],
    ['that came too soon', { fault: 'tooManyRequests', retryAfterSeconds: 5 }],
    ['whose session ended in the middle', { fault: 'expireTokens' }],
  ])('%s is sent again only once it is known not to have happened', async (_why, fault) => {
    await using world = await createLineWorld();
    await world.addLines(1);
    await world.admin('POST', '/faults', { ...fault, match: { endpoint: 'DeleteDevices' } });
    world.start();
    world.declare([line(0)], NOW);
    await world.reaches(line(0), 'deleted');
    expect(await world.deletions()).toHaveLength(1);
    await world.checkLaws();
  });

  test('of which a part fails is finished line by line', async () => {
    await using world = await createLineWorld();
    await world.addLines(6);
    await world.admin('POST', '/faults', {
      fault: 'partialFailure',
      ratio: 0.5,
      match: { endpoint: 'DeleteDevices' },
    });
    world.start();
    world.declare(
      Array.from({ length: 6 }, (_, n) => line(n)),
      NOW,
    );
    for (let n = 0; n < 6; n += 1) await world.reaches(line(n), 'deleted');
    expect(await world.deletions()).toHaveLength(6);
    await world.checkLaws();
  });

  test('refused as a whole because of one line does not hold up the others', async () => {
    await using world = await createLineWorld({ unknownDevice: 'fault' });
    await world.addLines(4);
    // So long that there is time for somebody else to delete one of them.
    world.start({ settings: { settleMs: 240_000 } });
    world.declare(
      Array.from({ length: 4 }, (_, n) => line(n)),
      { usageSettlesAfterMs: 30_000 },
    );
    while ([0, 1, 2, 3].some((n) => world.recorded.get(line(n))?.receipt === undefined))
      await world.pass(1_000);
    const device = { kind: 'iccid', identifier: line(2).slice(6) };
    await world.admin('POST', '/drift', { kind: 'deleted', device });
    for (const n of [0, 1, 3]) await world.reaches(line(n), 'deleted');
    await world.reaches(line(2), 'deleted');
    await world.checkLaws();
  });
});

describe.concurrent('an archive that cannot be made', () => {
  const DISK_FULL = Object.assign(new Error('no space'), { code: 'ENOSPC' });
  const full: Files = {
    ...promises,
    open: async (path, flags, mode) => {
      if (flags === 'wx') throw DISK_FULL;
      return promises.open(path, flags, mode);
    },
  };

  test('for want of space deletes nothing, and goes on once there is some', async () => {
    await using world = await createLineWorld();
    await world.addLines(1);
    world.start({ files: full });
    world.declare([line(0)], NOW);
    await world.reaches(line(0), 'waiting', 'ARCHIVE_FULL');
    expect(await world.ledger('DeleteDevices')).toEqual([]);
    world.kill();
    world.start();
    world.declare([line(0)], NOW);
    await world.reaches(line(0), 'deleted');
    await world.checkLaws();
  });

  test('since there is none deletes nothing', async () => {
    await using world = await createLineWorld();
    await world.addLines(1);
    world.start({ archive: false });
    world.declare([line(0)], NOW);
    await world.reaches(line(0), 'waiting', 'ARCHIVE_MISSING');
    expect(await world.ledger('DeleteDevices')).toEqual([]);
  });

  test('since it is damaged deletes nothing: the proof may be in what cannot be read', async () => {
    await using world = await createLineWorld();
    await world.addLines(2);
    world.start();
    world.declare([line(0)], NOW);
    await world.reaches(line(0), 'deleted');
    await world.filed(line(0));
    world.kill();
    const found = await readdir(world.archiveDir, { recursive: true });
    const [manifest] = found.filter((name) => name.endsWith('.manifest.json'));
    await writeFile(join(world.archiveDir, manifest ?? ''), 'half a mani');
    world.start();
    world.declare([line(1)], NOW);
    await world.reaches(line(1), 'waiting', 'ARCHIVE_DAMAGED');
    expect(await world.deletions()).toHaveLength(1);
  });

  test('since one instant has 5,000 rows, which the vendor cannot show, deletes nothing', async () => {
    await using world = await createLineWorld();
    await world.addLines(1);
    const device = { kind: 'iccid', identifier: line(0).slice(6) };
    await world.admin('POST', '/history/generate', { device, history: 'usage', count: 5_000, stepMs: 0 });
    world.start();
    world.declare([line(0)], NOW);
    await world.reaches(line(0), 'failed', 'HISTORY_NOT_PAGEABLE');
    expect(await world.ledger('DeleteDevices')).toEqual([]);
    // A person asked the vendor for it, and says so.
    world.declare([line(0)], { ...NOW, archive: 'Skip' });
    await world.reaches(line(0), 'deleted');
  });

  test('at once, since the vendor stalls for 30 seconds, is made by the very same question later', async () => {
    await using world = await createLineWorld();
    await world.addLines(1);
    // Real milliseconds; by the vendor's clock it is half a minute.
    const match = { endpoint: 'GetDeviceConnectionHistory' };
    await world.admin('POST', '/faults', { fault: 'stall', ms: 500, readyAfterMs: 3_000, match, times: 2 });
    world.start();
    world.declare([line(0)], NOW);
    await world.reaches(line(0), 'deleted');
    await world.checkLaws();
  });

  test('has every row, however many share a page', async () => {
    await using world = await createLineWorld({ usageOrder: 'shuffled' });
    await world.addLines(1);
    const device = { kind: 'iccid', identifier: line(0).slice(6) };
    for (const stepMs of [1_000, 7]) {
      await world.admin('POST', '/history/generate', { device, history: 'usage', count: 2_500, stepMs });
    }
    world.start();
    world.declare([line(0)], NOW);
    const { archive } = await world.reaches(line(0), 'deleted');
    expect(archive?.records).toBeGreaterThanOrEqual(5_000);
    await world.checkLaws();
  });
});

describe.concurrent('a deactivation', () => {
  test.each([
    ['whose reply is lost', { fault: 'dropAfterEffect' }],
    ['that the vendor does not remember', { fault: 'operationDisappears', endpoint: 'GetRequestStatus' }],
  ])(
    '%s is asked for once',
    async (_why, { endpoint = 'ChangeDeviceState', ...fault }: { fault: string; endpoint?: string }) => {
      await using world = await createLineWorld();
      await world.addLines(1, { state: 'active' });
      await world.admin('POST', '/faults', { ...fault, match: { endpoint } });
      world.start();
      world.declare([line(0)], NOW);
      await world.reaches(line(0), 'deleted');
      expect(await world.ledger('ChangeDeviceState')).toHaveLength(1);
      await world.checkLaws();
    },
  );

  test('that the vendor calls done and that is not is not asked for again, and nothing is deleted', async () => {
    await using world = await createLineWorld();
    await world.addLines(1, { state: 'active' });
    await world.admin('POST', '/faults', { fault: 'hollowSuccess' });
    world.start();
    world.declare([line(0)], NOW);
    await world.reaches(line(0), 'deactivating');
    await world.pass(300_000);
    expect(await world.ledger('ChangeDeviceState')).toHaveLength(1);
    expect(await world.deletions()).toEqual([]);
  });

  test('that the vendor fails needs a person', async () => {
    await using world = await createLineWorld();
    await world.addLines(1, { state: 'active' });
    await world.admin('POST', '/faults', {
      fault: 'partialFailure',
      ratio: 1,
      match: { endpoint: 'ChangeDeviceState' },
    });
    world.start();
    world.declare([line(0)], NOW);
    await world.reaches(line(0), 'failed', 'DEACTIVATION_FAILED');
    expect(await world.ledger('ChangeDeviceState')).toHaveLength(1);
  });
});

test.concurrent('a login whose rights are gone is no line that is gone for good: nothing is deleted for it', async () => {
  await using world = await createLineWorld();
  await world.addLines(1);
  world.start();
  world.declare([line(0)], { usageSettlesAfterMs: 60_000 });
  while (world.recorded.get(line(0))?.quietSinceMs === undefined) await world.pass(1_000);
  await world.admin('PATCH', '/users/operator', { accounts: [] });
  await world.pass(120_000);
  expect(world.verdict(line(0))?.state).toBe('waiting');
  expect(await world.ledger('DeleteDevices')).toEqual([]);
  // Nor is it one that came back, once the login may see it again.
  await world.admin('PATCH', '/users/operator', { accounts: [ACCOUNT] });
  await world.reaches(line(0), 'deleted');
  await world.checkLaws();
});

describe.concurrent('an archive that is another one after a restart', () => {
  /** Archived and waiting for its budget, when the process ends. */
  async function archived(world: LineWorld, lines: readonly string[]): Promise<void> {
    world.start({ settings: { guard: SETTINGS.guard } });
    world.declare(lines, NOW);
    for (const name of lines) while (world.recorded.get(name)?.receipt === undefined) await world.pass(1_000);
    world.kill();
  }

  test('keeps its lines from being deleted until the old one is there again', async () => {
    await using world = await createLineWorld();
    await world.addLines(2);
    await archived(world, [line(0), line(1)]);
    const before = `${world.archiveDir}-before`;
    await rename(world.archiveDir, before);
    await mkdir(world.archiveDir);
    world.start({ settings: { resyncIntervalMs: 20_000 } });
    world.declare([line(0), line(1)], NOW);
    for (const name of [line(0), line(1)]) {
      const { message } = await world.reaches(name, 'failed', 'ARCHIVE_LOST');
      const receipt = world.recorded.get(name)?.receipt;
      expect(message).toContain(receipt?.is === 'archived' ? receipt.path : 'an archived history');
    }
    expect(await world.ledger('DeleteDevices')).toEqual([]);
    // Nothing was sent, so nothing is spent: the budget is there once the volume is.
    while (world.account.summary().openOperations > 0) await world.pass(100);
    expect(world.account.summary().guard.irreversible.spent).toBe(0);
    await rm(world.archiveDir, { recursive: true });
    await rename(before, world.archiveDir);
    await world.reaches(line(0), 'deleted');
    await world.reaches(line(1), 'deleted');
    await world.checkLaws();
  });

  test.each([
    ['its history is looked for', 'withheld'],
    ['its request waits for a session, or to be counted', 'send'],
  ])('a line that is suspended while %s does not go', async (_while, method) => {
    await using world = await createLineWorld();
    await world.addLines(1);
    await archived(world, [line(0)]);
    const reached = Promise.withResolvers<void>();
    const goesOn = Promise.withResolvers<void>();
    const hold = async (): Promise<void> => {
      reached.resolve();
      await goesOn.promise;
    };
    const isHeld = (call: PortCall): boolean => call.port === 'lines.writer' && call.method === method;
    world.start({ around: (call, run) => (isHeld(call) ? hold().then(run) : run()) });
    world.declare([line(0)], NOW);
    await reached.promise;
    world.account.lines.suspend('a');
    goesOn.resolve();
    while (world.account.summary().openOperations > 0) await world.pass(100);
    await world.reaches(line(0), 'waiting');
    expect(await world.ledger('DeleteDevices')).toEqual([]);
  });

  test('keeps the one line whose history was damaged, and no other', async () => {
    await using world = await createLineWorld();
    await world.addLines(2);
    await archived(world, [line(0), line(1)]);
    const receipt = world.recorded.get(line(0))?.receipt;
    if (receipt?.is !== 'archived') throw new Error('not archived');
    await writeFile(join(world.archiveDir, receipt.path), 'something else');
    world.start();
    world.declare([line(0), line(1)], NOW);
    await world.reaches(line(1), 'deleted');
    await world.reaches(line(0), 'failed', 'ARCHIVE_LOST');
    expect(await world.deletions()).toHaveLength(1);
  });

  test('that is missing now does not entitle to what an earlier one archived', async () => {
    await using world = await createLineWorld();
    await world.addLines(1);
    await archived(world, [line(0)]);
    world.start({ archive: false });
    world.declare([line(0)], NOW);
    await world.reaches(line(0), 'failed', 'ARCHIVE_LOST');
    expect(await world.deletions()).toEqual([]);
  });
});

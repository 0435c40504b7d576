import { describe, expect, test } from 'vitest';
import { SETTINGS } from '../engine/world.ts';
import { bePatient } from '../support/patience.ts';
import { createLineWorld, LINES_MAY_GO, line } from './world.ts';

bePatient();

/** As it is by default: nothing that cannot be undone. */
const WITHOUT_BUDGET = SETTINGS.guard;

describe.concurrent('the way of lines', () => {
  test('from service to proof: deactivated one by one, archived, deleted together, proven gone', async () => {
    await using world = await createLineWorld();
    await world.addLines(3, { state: 'active' });
    for (const n of [0, 1, 2]) {
      const device = { kind: 'iccid', identifier: line(n).slice(6) };
      for (const history of ['usage', 'connection']) {
        await world.admin('POST', '/history/generate', { device, history, count: 40, stepMs: 3_600_000 });
      }
    }
    world.start();
    world.declare([line(0), line(1), line(2)]);
    for (const n of [0, 1, 2]) {
      const { archive } = await world.reaches(line(n), 'deleted');
      // 40 rows of each, of which 48 hours hold all; and what the deactivation itself left.
      expect(archive?.records).toBeGreaterThanOrEqual(81);
    }
    const changes = await world.ledger('ChangeDeviceState');
    expect(changes.map(({ items }) => items?.length)).toEqual([1, 1, 1]);
    expect(await world.deletions()).toHaveLength(3);
    await world.filed(line(0));
    expect(world.recorded.get(line(0))).toMatchObject({ gone: { how: 'Deleted', isFiled: true } });
    await world.checkLaws();
  });

  test('more than a hundred lines go in calls of a hundred', async () => {
    await using world = await createLineWorld();
    await world.addLines(130);
    world.start();
    world.declare(
      Array.from({ length: 130 }, (_, n) => line(n)),
      { archive: 'Skip', usageSettlesAfterMs: 0 },
    );
    for (let n = 0; n < 130; n += 1) await world.reaches(line(n), 'deleted');
    const calls = await world.ledger('DeleteDevices');
    expect(calls.every(({ items }) => (items?.length ?? 0) <= 100)).toBe(true);
    expect(await world.deletions()).toHaveLength(130);
  });

  test('a line is left alone until late usage has come', async () => {
    await using world = await createLineWorld();
    await world.addLines(1);
    world.start();
    world.declare([line(0)], { usageSettlesAfterMs: 3_600_000 });
    await world.reaches(line(0), 'waiting');
    await world.pass(60_000);
    expect(await world.ledger('GetDeviceUsageHistory')).toEqual([]);
    expect(await world.ledger('DeleteDevices')).toEqual([]);
    world.declare([line(0)], { usageSettlesAfterMs: 0 });
    await world.reaches(line(0), 'deleted');
    await world.checkLaws();
  });

  test('taken out of its resource in time, it stays', async () => {
    await using world = await createLineWorld();
    await world.addLines(1);
    world.start();
    world.declare([line(0)], { usageSettlesAfterMs: 300_000 });
    await world.reaches(line(0), 'waiting');
    world.declare([]);
    await world.pass(360_000);
    expect(await world.deletions()).toEqual([]);
    expect(world.recorded.get(line(0))).toBeUndefined();
  });

  test('within a budget of nothing, nothing goes', async () => {
    await using world = await createLineWorld();
    await world.addLines(1);
    world.start({ settings: { guard: WITHOUT_BUDGET } });
    world.declare([line(0)], { usageSettlesAfterMs: 0 });
    while (world.account.lines.report('a').held !== 'GuardBlocked') await world.pass(1_000);
    await world.pass(120_000);
    expect(await world.deletions()).toEqual([]);
  });
});

describe.concurrent('what a deletion rests on', () => {
  test('is looked at anew when the account settles for longer than a look is fresh', async () => {
    await using world = await createLineWorld();
    await world.addLines(1);
    world.start({ settings: { settleMs: 300_000 } });
    world.declare([line(0)], { usageSettlesAfterMs: 0 });
    await world.reaches(line(0), 'deleted');
    await world.checkLaws();
  });

  test('is looked at anew when the budget is raised long after', async () => {
    await using world = await createLineWorld();
    await world.addLines(1);
    const hourly = { resyncIntervalMs: 3_600_000 };
    world.start({ settings: { guard: WITHOUT_BUDGET, ...hourly } });
    world.declare([line(0)], { usageSettlesAfterMs: 0 });
    await world.pass(400_000);
    expect(await world.deletions()).toEqual([]);
    // The SIM went into another phone meanwhile, and nobody looked.
    const device = { kind: 'iccid', identifier: line(0).slice(6) };
    await world.admin('POST', '/drift', {
      kind: 'pairedAnew',
      device,
      identifiers: { imei: '990000560000009' },
    });
    world.account.configure({ ...LINES_MAY_GO, ...hourly });
    await world.reaches(line(0), 'failed', 'PAIRED_ANEW');
    expect(await world.ledger('DeleteDevices')).toEqual([]);
  });
});

describe.concurrent('a line that is odd', () => {
  test.each([
    ['in service', { state: 'active' }, { deactivate: 'Never' as const }, 'LINE_ACTIVE'],
    ['suspended', { state: 'suspend' }, {}, 'LINE_SUSPENDED'],
    ['never in service', { state: 'Pre-active' }, {}, 'LINE_PREACTIVE'],
    ['not for this login to delete', { deletable: false }, { usageSettlesAfterMs: 0 }, 'FORBIDDEN'],
  ])('%s is held with a plain word', async (_why, made, wish, code) => {
    await using world = await createLineWorld();
    await world.addLines(1, made);
    world.start();
    world.declare([line(0)], wish);
    await world.reaches(line(0), 'failed', code);
    expect(await world.deletions()).toEqual([]);
    await world.checkLaws();
  });

  test('already gone is gone, and never deleted when it comes', async () => {
    await using world = await createLineWorld();
    world.start();
    world.declare([line(0)]);
    expect(await world.reaches(line(0), 'deleted')).toMatchObject({ neverSeen: true });
    await world.addLines(1);
    world.account.lines.lookAgainAt('a');
    await world.reaches(line(0), 'failed', 'REAPPEARED');
    expect(await world.deletions()).toEqual([]);
  });

  test('that came back is not deleted again, also when every record is lost', async () => {
    await using world = await createLineWorld();
    await world.addLines(1);
    world.start();
    world.declare([line(0)]);
    await world.reaches(line(0), 'deleted');
    await world.filed(line(0));
    world.kill();
    (world.recorded as Map<string, unknown>).clear();
    await world.addLines(1);
    world.start();
    world.declare([line(0)]);
    await world.reaches(line(0), 'failed', 'REAPPEARED');
    expect(await world.deletions()).toHaveLength(1);
  });

  test('that came back is not deleted again either when the records are restored from before its end', async () => {
    await using world = await createLineWorld();
    await world.addLines(1);
    world.start({ settings: { guard: WITHOUT_BUDGET } });
    world.declare([line(0)], { usageSettlesAfterMs: 0 });
    while (world.recorded.get(line(0))?.receipt === undefined) await world.pass(1_000);
    const backup = structuredClone(world.recorded.get(line(0)));
    world.account.configure(LINES_MAY_GO);
    await world.reaches(line(0), 'deleted');
    await world.filed(line(0));
    world.kill();
    (world.recorded as Map<string, unknown>).set(line(0), backup);
    await world.addLines(1);
    world.start();
    world.declare([line(0)], { usageSettlesAfterMs: 0 });
    await world.reaches(line(0), 'failed', 'DELETED_BEFORE');
    expect(await world.deletions()).toHaveLength(1);
    await world.checkLaws();
  });

  test('whose SIM is in another phone by now is held', async () => {
    await using world = await createLineWorld();
    await world.addLines(1);
    world.start();
    world.declare([line(0)], { usageSettlesAfterMs: 300_000 });
    await world.reaches(line(0), 'waiting');
    while (world.recorded.get(line(0))?.quietSinceMs === undefined) await world.pass(1_000);
    await world.admin('POST', '/drift', {
      kind: 'pairedAnew',
      device: { kind: 'iccid', identifier: line(0).slice(6) },
      identifiers: { imei: '990000560000009' },
    });
    await world.reaches(line(0), 'failed', 'PAIRED_ANEW');
    expect(await world.deletions()).toEqual([]);
  });

  test('that somebody put back into service is held', async () => {
    await using world = await createLineWorld();
    await world.addLines(1);
    world.start();
    world.declare([line(0)], { usageSettlesAfterMs: 300_000 });
    while (world.recorded.get(line(0))?.quietSinceMs === undefined) await world.pass(1_000);
    const device = { kind: 'iccid', identifier: line(0).slice(6) };
    await world.admin('POST', '/drift', { kind: 'stateChanges', device, state: 'active' });
    await world.reaches(line(0), 'failed', 'REACTIVATED');
    expect(await world.ledger('DeleteDevices')).toEqual([]);
  });

  test('that was back in service after it was archived is archived anew before it goes', async () => {
    await using world = await createLineWorld();
    await world.addLines(1);
    world.start({ settings: { guard: WITHOUT_BUDGET, resyncIntervalMs: 20_000 } });
    world.declare([line(0)], { usageSettlesAfterMs: 0 });
    while (world.recorded.get(line(0))?.receipt === undefined) await world.pass(1_000);
    const device = { kind: 'iccid', identifier: line(0).slice(6) };
    await world.admin('POST', '/drift', { kind: 'stateChanges', device, state: 'active' });
    await world.reaches(line(0), 'failed', 'REACTIVATED');
    await world.admin('POST', '/history/generate', { device, history: 'usage', count: 7, stepMs: 1 });
    await world.admin('POST', '/drift', { kind: 'stateChanges', device, state: 'deactive' });
    world.account.configure({ ...LINES_MAY_GO, resyncIntervalMs: 20_000 });
    const { archive } = await world.reaches(line(0), 'deleted');
    expect(archive?.records).toBeGreaterThanOrEqual(7);
    await world.checkLaws();
  });

  test('that was in service while it was being archived is archived anew before it goes', async () => {
    await using world = await createLineWorld();
    await world.addLines(1);
    const begun = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    world.start({
      around: async (call, run) => {
        const result = await run();
        if (call.port === 'archive' && call.method === 'keep') {
          begun.resolve();
          await held.promise;
        }
        return result;
      },
    });
    world.declare([line(0)], { usageSettlesAfterMs: 0 });
    await begun.promise;
    const device = { kind: 'iccid', identifier: line(0).slice(6) };
    await world.admin('POST', '/drift', { kind: 'stateChanges', device, state: 'active' });
    world.account.lines.lookAgainAt('a');
    await world.reaches(line(0), 'failed', 'REACTIVATED');
    await world.admin('POST', '/history/generate', { device, history: 'usage', count: 7, stepMs: 1 });
    await world.admin('POST', '/drift', { kind: 'stateChanges', device, state: 'deactive' });
    const quietSince = world.recorded.get(line(0))?.quietSinceMs;
    world.account.lines.lookAgainAt('a');
    while (world.recorded.get(line(0))?.quietSinceMs === quietSince) await world.pass(1_000);
    held.resolve();
    const { archive } = await world.reaches(line(0), 'deleted');
    expect(archive?.records).toBeGreaterThanOrEqual(7);
    await world.checkLaws();
  });

  test('named under two identifiers goes once, and both are told that it is gone', async () => {
    await using world = await createLineWorld();
    await world.admin('POST', '/devices', {
      identifiers: { iccid: line(0).slice(6), imei: '990000560000001' },
      state: 'deactive',
    });
    world.start();
    world.declare([line(0), 'imei:990000560000001'], { usageSettlesAfterMs: 0 });
    await world.reaches(line(0), 'deleted');
    await world.reaches('imei:990000560000001', 'deleted');
    expect(await world.deletions()).toHaveLength(1);
    await world.checkLaws();
  });
});

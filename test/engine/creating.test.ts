import { describe, expect, test } from 'vitest';
import type { CompanyVerdict, DesiredCompany } from '../../src/domain/company/facts.ts';
import type { AccountSettings } from '../../src/engine/account.ts';
import { createWorld, running, SETTINGS, type World } from './world.ts';

const VISIBILITY_MS = 120_000;
const RESYNC_MS = 3_700_000;
const HOLDER = 'Customer/fleet/acme';

const ACME: DesiredCompany = {
  companyName: 'Acme GmbH',
  adoption: 'AdoptOrCreate',
  ownerEmails: ['it@acme.example'],
};

function creations(maxItems: number): Partial<AccountSettings> {
  const budgets = { ...SETTINGS.guard.budgets, creations: { maxItems, maxPercent: 0, floor: maxItems } };
  return { guard: { ...SETTINGS.guard, budgets } };
}

function verdict(world: World, holder = HOLDER): CompanyVerdict | undefined {
  const [only] = world.account.companies.report(holder).verdicts;
  return only?.verdict;
}

const names = (world: World): readonly string[] =>
  world.vendor.companies.map(({ companyName }) => companyName);

async function started(world: World, settings = creations(1), ms = 5_000): Promise<void> {
  world.start(settings);
  world.customer(HOLDER, ACME);
  await running(world, ms);
}

describe('a company that is to be created', () => {
  test('waits, visibly, as long as the budget is nought, which it is by default', async () => {
    const world = createWorld();
    await started(world, {}, RESYNC_MS);
    expect(verdict(world)).toEqual({ state: 'creating' });
    expect(world.account.companies.report(HOLDER)).toMatchObject({ held: 'GuardBlocked', moving: false });
    expect(world.account.summary().guard.creations).toMatchObject({ allowed: 0, requested: 1 });
    expect(world.vendor.writes()).toEqual([]);
  });

  test('is looked for twice, as far apart as the vendor’s list may lag, and then created once', async () => {
    const world = createWorld();
    await started(world, creations(1), 100_000);
    expect(world.vendor.writes()).toEqual([]);
    expect(world.account.companies.report(HOLDER)).toMatchObject({ moving: true });
    await world.advance(2 * RESYNC_MS);
    expect(world.vendor.writes()).toMatchObject([
      { verb: 'createCompany', keys: ['name:Acme GmbH'], partition: { companyName: 'Acme GmbH' } },
    ]);
    const [write] = world.vendor.writes();
    const looks = world.vendor.reads().filter(({ atMs }) => atMs <= (write?.atMs ?? 0));
    expect(looks).toHaveLength(2);
    expect((looks[1]?.atMs ?? 0) - (looks[0]?.atMs ?? 0)).toBeGreaterThanOrEqual(VISIBILITY_MS);
    expect(verdict(world)).toMatchObject({ state: 'bound', company: { companyId: '1000' } });
    expect(world.account.summary().guard.creations).toMatchObject({ allowed: 1, requested: 0 });
  });

  test('is adopted when somebody else has created it meanwhile', async () => {
    const world = createWorld();
    await started(world, creations(1), 60_000);
    world.vendor.companies.push({ companyId: '7', companyName: 'Acme GmbH', termsStatus: 'Accepted' });
    await world.advance(2 * RESYNC_MS);
    expect(world.vendor.writes()).toEqual([]);
    expect(verdict(world)).toMatchObject({ state: 'bound', company: { companyId: '7' } });
  });

  test('is looked for once more when its budget comes long after the last look', async () => {
    const world = createWorld();
    await started(world, creations(0), 3_000_000);
    world.vendor.companies.push({ companyId: '7', companyName: 'Acme GmbH', termsStatus: 'Accepted' });
    world.account.configure({ ...SETTINGS, ...creations(1) });
    await world.advance(60_000);
    expect(world.vendor.writes()).toEqual([]);
    expect(verdict(world)).toMatchObject({ state: 'bound', company: { companyId: '7' } });
  });

  test('is created soon after its budget was raised, since the list had missed it all the while', async () => {
    const world = createWorld();
    await started(world, creations(0), 3_000_000);
    world.account.configure({ ...SETTINGS, ...creations(1) });
    await world.advance(60_000);
    expect(names(world)).toEqual(['Acme GmbH']);
  });

  test('goes with all others that wait for the budget, or not at all', async () => {
    const world = createWorld();
    world.start(creations(1));
    world.customer(HOLDER, ACME);
    world.customer('Customer/fleet/beta', { ...ACME, companyName: 'Beta AG' });
    await running(world, RESYNC_MS);
    expect(names(world)).toEqual([]);
    world.account.configure({ ...SETTINGS, ...creations(2) });
    await world.advance(300_000);
    expect([...names(world)].sort()).toEqual(['Acme GmbH', 'Beta AG']);
  });

  test.each(['Observe', 'Plan'] as const)('is only reported in mode %s', async (mode) => {
    const world = createWorld();
    await started(world, { ...creations(1), mode }, RESYNC_MS);
    expect(world.account.companies.report(HOLDER).held).toBe(`Mode${mode}`);
    expect(world.vendor.writes()).toEqual([]);
  });

  test('stays bound while the vendor’s list does not show it yet', async () => {
    const world = createWorld({ companyLagMs: 90_000 });
    await started(world, creations(1), 200_000);
    expect(names(world)).toEqual(['Acme GmbH']);
    // As its Customer says it once it knows.
    world.customer(HOLDER, { ...ACME, boundTo: '1000' });
    world.account.companies.lookAgain('');
    await world.advance(5_000);
    expect(verdict(world)).toMatchObject({ state: 'bound', company: { companyId: '1000' } });
    await world.advance(2 * RESYNC_MS);
    expect(verdict(world)).toMatchObject({ state: 'bound', company: { termsStatus: 'NotAccepted' } });
    expect(world.vendor.writes()).toHaveLength(1);
  });

  test('that the vendor refuses is not asked for again before the Customer is edited', async () => {
    const world = createWorld();
    world.vendor.refuseWhole = (keys) =>
      keys.includes('name:Acme GmbH')
        ? { kind: 'rejected', code: 'INVALID_ARGUMENT', message: 'a corporate account is required' }
        : undefined;
    await started(world, creations(5), 2 * RESYNC_MS);
    expect(verdict(world)).toMatchObject({ state: 'refused', code: 'INVALID_ARGUMENT' });
    expect(world.vendor.writes()).toHaveLength(1);
    world.vendor.refuseWhole = () => undefined;
    world.customer(HOLDER, { ...ACME, ownerEmails: ['other@acme.example'] });
    await world.advance(RESYNC_MS);
    expect(verdict(world)).toMatchObject({ state: 'bound' });
  });

  test('leaves no mail address in the journal or the records', async () => {
    const world = createWorld();
    await started(world, creations(1), RESYNC_MS);
    expect(names(world)).toEqual(['Acme GmbH']);
    const written = JSON.stringify([[...world.journal.entries.values()], [...world.records.companies]]);
    expect(world.records.companies.get('name:Acme GmbH')).toEqual({
      holder: HOLDER,
      how: 'Created',
      companyId: '1000',
    });
    expect(written).toContain('Acme GmbH');
    expect(written).not.toContain('@');
  });
});

describe('a second company of one name is never created', () => {
  test('for two Customers of that name', async () => {
    const world = createWorld();
    world.start(creations(5));
    world.customer(HOLDER, ACME);
    world.customer('Customer/fleet/twin', { ...ACME, companyName: 'Acme GmbH ' });
    await running(world, 2 * RESYNC_MS);
    expect(names(world)).toHaveLength(1);
    for (const holder of [HOLDER, 'Customer/fleet/twin']) {
      expect(verdict(world, holder)).toMatchObject({ state: 'bound', company: { companyId: '1000' } });
    }
  });

  test('when the Customer is deleted and applied again, although the vendor has renamed the company', async () => {
    const world = createWorld();
    await started(world, creations(5), 300_000);
    expect(names(world)).toHaveLength(1);
    world.account.companies.forget(HOLDER);
    const [made] = world.vendor.companies;
    if (made !== undefined) world.vendor.companies.splice(0, 1, { ...made, companyName: 'Acme Holding' });
    await world.advance(RESYNC_MS);
    world.customer('Customer/fleet/again', ACME);
    await world.advance(2 * RESYNC_MS);
    expect(verdict(world, 'Customer/fleet/again')).toMatchObject({
      state: 'bound',
      company: { companyId: '1000' },
    });
    expect(names(world)).toEqual(['Acme Holding']);
  });

  test('when the reply is lost: the name is found in the list', async () => {
    const world = createWorld({ companyLagMs: 60_000 });
    world.vendor.fault = (call) => (call.is === 'write' ? { is: 'replyLost' } : undefined);
    await started(world, creations(5), 2 * RESYNC_MS);
    expect(names(world)).toHaveLength(1);
    expect(world.vendor.writes()).toHaveLength(1);
    expect(verdict(world)).toMatchObject({ state: 'bound', company: { companyId: '1000' } });
    expect(world.journal.openEntries()).toEqual([]);
  });

  test('when the process dies between the call and its reply', async () => {
    const world = createWorld({ companyLagMs: 60_000 });
    world.vendor.fault = (call) => {
      if (call.is === 'write') world.kill();
      return undefined;
    };
    await started(world, creations(5), 300_000);
    expect(names(world)).toHaveLength(1);
    world.vendor.fault = () => undefined;
    world.leads = true;
    await started(world, creations(5), 2 * RESYNC_MS);
    expect(world.vendor.writes()).toHaveLength(1);
    expect(verdict(world)).toMatchObject({ state: 'bound', company: { companyId: '1000' } });
    expect(world.journal.openEntries()).toEqual([]);
  });

  test('when nothing shows whether it was: that waits for a person, through restarts too', async () => {
    const world = createWorld();
    world.vendor.fault = (call) => (call.is === 'write' ? { is: 'lostOnTheWay' } : undefined);
    await started(world, creations(5), 2 * RESYNC_MS);
    expect(world.account.companies.report(HOLDER)).toMatchObject({ unresolved: true, moving: false });
    world.kill();
    world.leads = true;
    await started(world, creations(5), 2 * RESYNC_MS);
    expect(world.account.companies.report(HOLDER)).toMatchObject({ unresolved: true, moving: false });
    expect(world.vendor.writes()).toHaveLength(1);
    // The person creates it: the next look finds it.
    world.vendor.companies.push({ companyId: '7', companyName: 'Acme GmbH', termsStatus: 'Accepted' });
    await world.advance(RESYNC_MS);
    expect(verdict(world)).toMatchObject({ state: 'bound', company: { companyId: '7' } });
    expect(world.vendor.writes()).toHaveLength(1);
  });

  test('when a twin of that name comes up later, and the status is lost: the record says which one it is', async () => {
    const world = createWorld();
    await started(world, creations(5), 300_000);
    world.kill();
    world.leads = true;
    world.vendor.companies.push({ companyId: '7', companyName: 'Acme GmbH', termsStatus: 'Accepted' });
    await started(world, creations(5), RESYNC_MS);
    expect(verdict(world)).toMatchObject({ state: 'bound', company: { companyId: '1000' } });
    expect(world.vendor.writes()).toHaveLength(1);
  });

  test('when status, records and journal are all lost: the vendor’s list has it', async () => {
    const world = createWorld();
    await started(world, creations(5), 300_000);
    world.kill();
    const rebuilt = createWorld();
    rebuilt.vendor.companies.push(...world.vendor.companies);
    await started(rebuilt, creations(5), 2 * RESYNC_MS);
    expect(verdict(rebuilt)).toMatchObject({ state: 'bound', company: { companyId: '1000' } });
    expect(rebuilt.vendor.writes()).toEqual([]);
  });
});

describe('a creation that nothing can settle, once a person has looked,', () => {
  async function lost(): Promise<World> {
    const world = createWorld();
    let isLost = false;
    world.vendor.fault = (call) => {
      if (call.is !== 'write' || isLost) return undefined;
      isLost = true;
      return { is: 'lostOnTheWay' };
    };
    await started(world, creations(5), RESYNC_MS);
    expect(world.account.companies.report(HOLDER)).toMatchObject({ unresolved: true });
    return world;
  }

  const keyOfFirst = (world: World): string =>
    [...world.journal.entries.values()][0]?.intent.requestKey ?? '';

  test('as not happened is looked for once more, and then sent', async () => {
    const world = await lost();
    world.account.resolve(keyOfFirst(world), [{ as: 'NotHappened' }]);
    await world.advance(300_000);
    expect(names(world)).toEqual(['Acme GmbH']);
    expect(verdict(world)).toMatchObject({ state: 'bound', company: { companyId: '1000' } });
    expect(world.vendor.writes()).toHaveLength(2);
  });

  test('as happened is waited for in the list, and never sent again', async () => {
    const world = await lost();
    world.account.resolve(keyOfFirst(world), [{ as: 'Happened' }]);
    await world.advance(2 * RESYNC_MS);
    expect(verdict(world)).toEqual({ state: 'created' });
    expect(world.account.companies.report(HOLDER)).toMatchObject({ moving: true, unresolved: false });
    world.vendor.companies.push({ companyId: '7', companyName: 'Acme GmbH', termsStatus: 'Accepted' });
    await world.advance(RESYNC_MS);
    expect(verdict(world)).toMatchObject({ state: 'bound', company: { companyId: '7' } });
    expect(world.records.companies.get('name:Acme GmbH')).toMatchObject({ companyId: '7' });
    expect(world.vendor.writes()).toHaveLength(1);
  });
});

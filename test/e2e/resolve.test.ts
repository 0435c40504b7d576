import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VENDOR_OPERATIONS } from '../../src/controllers/resources.ts';
import { claim, customer, imei, phones } from '../support/fleet.ts';
import { bePatient } from '../support/patience.ts';
import { type ProgramRun, runProgram } from '../support/run.ts';
import { startFleet } from '../support/scenes.ts';
import { condition, eventually, reasonOf, type Scene, type Stage, startStage } from '../support/stage.ts';

bePatient();

/** A list of companies is given half a minute to catch up, before a creation and after a lost one; this is several times that. */
const LAG_MS = 150_000;

let stage: Stage;
const { signal } = new AbortController();

beforeAll(async () => {
  stage = await startStage();
  stage.startController();
});

afterAll(() => stage.close());

function run(scene: Scene, ...args: readonly string[]): Promise<ProgramRun> {
  const cluster = ['--kubeconfig', stage.kubeconfigPath, '-n', scene.namespace];
  return runProgram(['resolve', ...args, ...cluster], tmpdir());
}

async function operations({ namespace }: Scene) {
  const page = await stage.client.list(VENDOR_OPERATIONS, { namespace, limit: 100 }, signal);
  if (!page.ok) throw new Error(page.failure.message);
  return page.value.items;
}

/** A claim of three phones whose reply was lost, at a vendor that cannot be read any more. Answers the operation's name. */
async function unknown(scene: Scene, fault: 'dropBeforeEffect' | 'dropAfterEffect'): Promise<string> {
  await scene.until('Customer', 'acme', 'bound', ({ status }) => status?.['companyId'] === '987654');
  const spoilt = { fault, times: 1, match: { endpoint: 'devices.claimAsync' } };
  await scene.vendor.ask('POST', '/faults', spoilt);
  await scene.apply(claim('phones', phones(0, 3)));
  await eventually(
    async () => (await scene.vendor.ledger({ endpoint: 'devices.claimAsync' })).length > 0,
    'the claim',
  );
  await blind(scene);
  let name = '';
  await eventually(async () => {
    const found = (await operations(scene)).find(({ status }) => status?.state === 'Unknown');
    name = found?.metadata.name ?? '';
    return found !== undefined;
  }, 'an operation in state Unknown');
  return name;
}

/** From now on every read of devices fails. */
async function blind(scene: Scene): Promise<void> {
  for (const endpoint of ['devices.findByOwner', 'devices.findByIdentifier', 'devices.get']) {
    const fault = { fault: 'errorBeforeEffect', status: 503, times: 'always', match: { endpoint } };
    await scene.vendor.ask('POST', '/faults', fault);
  }
}

async function stateOf(scene: Scene, name: string): Promise<string | undefined> {
  const all = await operations(scene);
  return all.find(({ metadata }) => metadata.name === name)?.status?.state;
}

describe.concurrent('vendorplane resolve', () => {
  test('settles an operation that nobody can read back, and says who said so', async () => {
    const scene = await startFleet(stage, 'resolve-happened');
    const name = await unknown(scene, 'dropAfterEffect');
    const said = await run(scene, name, '--as', 'happened', '-o', 'json');
    expect(said).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(said.stdout)).toMatchObject({ name, verb: 'claim', added: 1 });
    await eventually(async () => (await stateOf(scene, name)) === 'Resolved', 'it is Resolved');

    const [operation] = (await operations(scene)).filter(({ metadata }) => metadata.name === name);
    // The controller wrote its end beside what the person had written.
    expect(operation?.status).toMatchObject({
      results: { succeeded: 3, failed: 0 },
      resolutions: [{ as: 'Happened', by: expect.stringMatching(/./) as unknown }],
    });
    const done = await scene.until(
      'DeviceClaim',
      'phones',
      'claimed',
      ({ status }) => (status?.['devices'] as { claimed?: number } | undefined)?.claimed === 3,
    );
    expect(done.metadata.name).toBe('phones');
    expect(await scene.vendor.ledger({ endpoint: 'devices.claimAsync' })).toHaveLength(1);
    const { stdout } = await scene.kubectl('get', 'events', '--field-selector', 'reason=OutcomeResolved');
    expect(stdout).toContain('found out that claim of everything nobody knew about happened');

    // In the same words again, and otherwise.
    expect(await run(scene, name, '--as', 'happened')).toMatchObject({ code: 0 });
    const otherwise = await run(scene, name, '--as', 'not-happened');
    expect(otherwise).toMatchObject({ code: 1, stdout: '' });
    expect(otherwise.stderr).toMatch(/what was said stands\n$/);
  });

  test('about one item, with a name of one’s own, sends that one again and leaves the others unknown', async () => {
    const scene = await startFleet(stage, 'resolve-item');
    const name = await unknown(scene, 'dropBeforeEffect');
    const said = await run(
      scene,
      name,
      '--item',
      imei(1),
      '--as',
      'not-happened',
      '--by',
      'jane@acme.example',
    );
    expect(said).toMatchObject({ code: 0, stderr: '' });
    expect(said.stdout).toMatch(new RegExp(`claim +imei:${imei(1)} +NotHappened +jane@acme.example`));
    // A second finding does not take the first one away.
    const more = await run(scene, name, '--item', imei(0), '--as', 'not-happened', '-o', 'json');
    const { resolutions } = JSON.parse(more.stdout) as { readonly resolutions: readonly object[] };
    expect(resolutions).toHaveLength(2);
    expect(await stateOf(scene, name)).toBe('Unknown');
    expect(await run(scene, name, '--item', imei(1), '--as', 'happened')).toMatchObject({ code: 1 });

    expect(await run(scene, name, '--as', 'not-happened')).toMatchObject({ code: 0 });
    await eventually(async () => (await stateOf(scene, name)) === 'Resolved', 'it is Resolved');
    await scene.vendor.ask('DELETE', '/faults');
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    expect(Object.keys(await scene.vendor.holdings())).toHaveLength(3);
  });

  test('is the command that a Customer names whose creation may or may not have happened', async () => {
    const scene = await startFleet(stage, 'resolve-creation', { guard: { creations: { maxItems: 2 } } });
    const lost = { fault: 'dropBeforeEffect', times: 1, match: { endpoint: 'customers.create' } };
    await scene.vendor.ask('POST', '/faults', lost);
    const wish = {
      companyName: 'Globex AG',
      adoption: 'AdoptOrCreate',
      ownerEmails: ['owner@globex.example'],
    };
    await scene.apply(customer('globex', wish));
    const sent = () => scene.vendor.ledger({ endpoint: 'customers.create' });
    await eventually(async () => (await sent()).length === 1, 'the creation', LAG_MS);
    const reason = (): string | undefined => {
      const object = scene.read('Customer', 'globex');
      return object && reasonOf(object);
    };
    await eventually(() => reason() === 'OutcomeUnknown', 'an outcome nobody knows', LAG_MS);
    const stalled = await scene.settled('Customer', 'globex', 'OutcomeUnknown');
    const { message = '' } = condition(stalled) ?? {};
    const [, command = ''] = /"vendorplane resolve ([^"]*) --as happened"/.exec(message) ?? [];
    const [name = '', option, namespace] = command.split(' ');
    expect([option, namespace]).toEqual(['-n', scene.namespace]);
    expect(await run(scene, name, '--as', 'not-happened')).toMatchObject({ code: 0, stderr: '' });
    await eventually(async () => (await sent()).length === 2, 'another creation', LAG_MS);
    await scene.settled('Customer', 'globex', 'CompanyBound');
    expect((await sent()).flatMap(({ effect }) => effect ?? [])).toHaveLength(1);
  });

  test.each([
    {
      why: 'there is no such operation',
      args: ['vop-none', '--as', 'happened'],
      code: 1,
      says: /there is no Vendor/,
    },
    { why: 'it is not said what was found out', args: ['vop-none'], code: 2, says: /--as <outcome>/ },
    {
      why: 'the outcome is no outcome',
      args: ['vop-none', '--as', 'maybe'],
      code: 2,
      says: /happened, not-happened/,
    },
  ])('fails when $why', async ({ args, code, says }) => {
    const failed = await run({ namespace: 'default' } as Scene, ...args);
    expect(failed).toMatchObject({ code, stdout: '' });
    expect(failed.stderr).toMatch(says);
  });

  test('refuses an operation whose outcome is known', async () => {
    const scene = await startFleet(stage, 'resolve-known');
    await scene.apply(claim('phones', phones(0, 1)));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    const [operation] = await operations(scene);
    const refused = await run(scene, operation?.metadata.name ?? '', '--as', 'happened');
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toMatch(
      /^vendorplane: VendorOperation vop-\S+ is Complete: its outcome is not unknown\n$/,
    );
  });
});

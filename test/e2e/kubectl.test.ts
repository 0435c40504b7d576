import { afterAll, beforeAll, expect, test } from 'vitest';
import { claim, imei, phones } from '../support/fleet.ts';
import { describeWithKubectl } from '../support/kubectl.ts';
import { bePatient } from '../support/patience.ts';
import { startFleet } from '../support/scenes.ts';
import { type Scene, type Stage, startStage } from '../support/stage.ts';

bePatient();

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
  stage.startController();
});

afterAll(async () => {
  const faults = stage.faults();
  await stage.close();
  expect(faults).toEqual([]);
});

/** The row of one resource in kubectl's table, by heading. */
function row(table: string, name: string): Readonly<Record<string, string>> {
  const [heading = '', ...lines] = table.trimEnd().split('\n');
  const line = lines.find((candidate) => candidate.split(/\s+/)[0]?.endsWith(name)) ?? '';
  const starts = [...heading.matchAll(/\S+( \S+)*/g)].map((match) => [match[0], match.index] as const);
  return Object.fromEntries(
    starts.map(([title, start], index) => [title, line.slice(start, starts[index + 1]?.[1]).trim()]),
  );
}

describeWithKubectl('with kubectl', () => {
  let scene: Scene;
  const nobody = { imei: imei(9), manufacturer: 'Nobody Inc' };

  beforeAll(async () => {
    scene = await startFleet(stage, 'person');
    const good = JSON.stringify(claim('good', phones(0, 3)));
    const applied = await scene.kubectlApply(good);
    expect(applied).toMatchObject({
      code: 0,
      stdout: 'deviceclaim.vendorplane.dev/good created\n',
      stderr: '',
    });
    await scene.kubectlApply(JSON.stringify(claim('bad', [...phones(5, 1), nobody])));
    await scene.settled('DeviceClaim', 'bad', 'DevicesFailed');
  });

  test('wait --for=condition=Ready ends when a claim, its customer and its account are ready', async () => {
    const run = await scene.kubectl(
      'wait',
      '--for=condition=Ready',
      '--timeout=20s',
      'dclaim/good',
      'cust/acme',
      'va/google',
    );
    expect(run).toMatchObject({ code: 0, stderr: '' });
  });

  test('wait --for=condition=Ready does not take a claim for ready that failed in part', async () => {
    const run = await scene.kubectl('wait', '--for=condition=Ready', '--timeout=1s', 'dclaim/bad');
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('timed out');
  });

  test('get shows at a glance how claims stand', async () => {
    const { stdout } = await scene.kubectl('get', 'dclaim');
    expect(row(stdout, 'good')).toMatchObject({
      CUSTOMER: 'acme',
      DESIRED: '3',
      CLAIMED: '3',
      PENDING: '0',
      FAILED: '0',
      READY: 'True',
      REASON: 'AllClaimed',
    });
    expect(row(stdout, 'bad')).toMatchObject({
      DESIRED: '2',
      CLAIMED: '1',
      PENDING: '0',
      FAILED: '1',
      READY: 'False',
      REASON: 'DevicesFailed',
    });
  });

  test('get vendorplane shows what people wrote, and not what the controller writes', async () => {
    const { stdout } = await scene.kubectl('get', 'vendorplane', '-o', 'name');
    expect(stdout.trim().split('\n').sort()).toEqual([
      'customer.vendorplane.dev/acme',
      'deviceclaim.vendorplane.dev/bad',
      'deviceclaim.vendorplane.dev/good',
      'vendoraccount.vendorplane.dev/google',
    ]);
  });

  test('get shows accounts, customers and the journal', async () => {
    const accounts = await scene.kubectl('get', 'va');
    expect(row(accounts.stdout, 'google')).toMatchObject({
      VENDOR: 'GoogleZeroTouch',
      MODE: 'Enforce',
      READY: 'True',
      REASON: 'Connected',
    });
    const customers = await scene.kubectl('get', 'cust');
    expect(row(customers.stdout, 'acme')).toMatchObject({
      ACCOUNT: 'google',
      READY: 'True',
      REASON: 'CompanyBound',
    });
    const operations = await scene.kubectl('get', 'vop');
    expect(operations.stdout).toMatch(/^NAME +ACCOUNT +VERB +ITEMS .*STATE/);
    expect(operations.stdout).toMatch(/^vop-\S+ +google +claim .*Complete/m);
  });

  test('get -o wide says in words what stands, and what to do', async () => {
    const { stdout } = await scene.kubectl('get', 'dclaim', '-o', 'wide');
    expect(stdout).toContain('status.failures says which, why and what to do');
  });

  test('describe shows which device failed, why, and what happened', async () => {
    const { stdout } = await scene.kubectl('describe', 'dclaim', 'bad');
    expect(stdout).toContain(`imei:${nobody.imei}`);
    expect(stdout).toContain('INVALID_MANUFACTURER');
    expect(stdout).toMatch(/Type: +Degraded/);
    expect(stdout).toMatch(/Warning +DevicesFailed .*vendorplane.*status\.failures/);
  });

  test('events say once what happened', async () => {
    const { stdout } = await scene.kubectl('get', 'events', '-o', 'json');
    const { items } = JSON.parse(stdout) as {
      items: readonly {
        reason: string;
        count?: number;
        type: string;
        involvedObject: { kind: string; name: string };
      }[];
    };
    const said = (name: string) => items.filter(({ involvedObject }) => involvedObject.name === name);
    expect(said('good').filter(({ reason }) => reason === 'AllClaimed')).toMatchObject([
      { count: 1, type: 'Normal' },
    ]);
    expect(said('bad').filter(({ reason }) => reason === 'DevicesFailed')).toMatchObject([
      { count: 1, type: 'Warning' },
    ]);
    expect(said('acme').filter(({ reason }) => reason === 'CompanyBound')).toMatchObject([{ count: 1 }]);
    expect(said('google').filter(({ reason }) => reason === 'Connected')).toMatchObject([{ count: 1 }]);
  });

  test('explain teaches the fields', async () => {
    const { stdout } = await scene.kubectl('explain', 'dclaim.spec.releasePolicy');
    expect(stdout).toMatch(/Unclaim/);
    expect(stdout).toMatch(/Default/);
  });

  test('apply changes a claim, and delete of everything in any order ends', async () => {
    const applied = await scene.kubectlApply(JSON.stringify(claim('good', phones(0, 2))));
    expect(applied.stdout).toBe('deviceclaim.vendorplane.dev/good configured\n');
    await scene.settled('DeviceClaim', 'good', 'AllClaimed');
    const deleted = await scene.kubectl(
      'delete',
      '--timeout=20s',
      'va/google',
      'dclaim/bad',
      'cust/acme',
      'dclaim/good',
    );
    expect(deleted).toMatchObject({ code: 0, stderr: '' });
    for (const [kind, name] of [
      ['DeviceClaim', 'good'],
      ['DeviceClaim', 'bad'],
      ['Customer', 'acme'],
    ] as const) {
      await scene.gone(kind, name);
    }
    expect(Object.keys(await scene.vendor.holdings())).toHaveLength(4);
  });
});

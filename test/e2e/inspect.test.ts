import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { CONFIG_MAPS } from '../../src/kube/resource.ts';
import { claim, customer, imei, phones } from '../support/fleet.ts';
import { bePatient } from '../support/patience.ts';
import { type ProgramRun, runProgram } from '../support/run.ts';
import { held, startFleet } from '../support/scenes.ts';
import { type Scene, type Stage, startStage } from '../support/stage.ts';

bePatient();
// Many runs of the program, each a process that starts: a few side by side, or they take the controller's time.
vi.setConfig({ maxConcurrency: 3 });

let stage: Stage;
const { signal } = new AbortController();

beforeAll(async () => {
  stage = await startStage();
  stage.startController();
});

afterAll(() => stage.close());

/** `vendorplane ARGS -n NAMESPACE`, by a person who has the kubeconfig. */
function run(scene: Scene, ...args: readonly string[]): Promise<ProgramRun> {
  const cluster = ['--kubeconfig', stage.kubeconfigPath, '-n', scene.namespace];
  return runProgram([...args, ...cluster], tmpdir());
}

interface Listed {
  readonly counts: Readonly<Record<string, number>>;
  readonly status: Readonly<Record<string, number>>;
  readonly devices: readonly { readonly device: string; readonly state: string; readonly code: string }[];
}

async function list(scene: Scene, name = 'phones', ...args: readonly string[]): Promise<Listed> {
  const { code, stdout } = await run(scene, 'devices', `dclaim/${name}`, '-o', 'json', ...args);
  expect(code).toBe(0);
  return JSON.parse(stdout) as Listed;
}

const misnamed = (from: number, count: number) =>
  phones(from, count).map((phone) => ({ ...phone, manufacturer: 'Gogle' }));

async function writeList(scene: Scene, csv: string): Promise<void> {
  const metadata = { namespace: scene.namespace, name: 'order' };
  const options = { fieldManager: 'kubectl', force: true };
  const applied = await stage.client.apply(
    CONFIG_MAPS,
    { metadata, data: { 'devices.csv': csv } },
    options,
    signal,
  );
  expect(applied).toMatchObject({ ok: true });
}

const csvOf = (from: number, count: number): string =>
  `imei,manufacturer\n${phones(from, count)
    .map((phone) => `${phone.imei},Google`)
    .join('\n')}\n`;

describe.concurrent('vendorplane devices', () => {
  test('lists every refused device, beyond the 50 in status', async () => {
    const scene = await startFleet(stage, 'list-refused');
    await scene.apply(claim('phones', [...phones(0, 5), ...misnamed(5, 70), { imei: '490154203237519' }]));
    const { status } = await scene.settled('DeviceClaim', 'phones', 'DevicesFailed');
    expect(status?.['failures']).toHaveLength(50);

    const csv = await run(scene, 'devices', 'dclaim/phones', '--state', 'failed', '-o', 'csv');
    expect(csv).toMatchObject({ code: 0, stderr: '' });
    const [header, ...rows] = csv.stdout.trimEnd().split('\n');
    expect(header).toBe('device,state,code,message');
    expect(rows).toHaveLength(71);
    expect(rows.filter((row) => row.includes(',failed,INVALID_MANUFACTURER,'))).toHaveLength(70);
    expect(
      rows.filter((row) => row.startsWith('imei:490154203237519,failed,INVALID_DEVICE_IMEI,')),
    ).toHaveLength(1);

    const all = await list(scene);
    expect(all.counts).toMatchObject({ claimed: 5, failed: 71, pending: 0, conflicted: 0 });
    expect(all.devices).toHaveLength(76);
    // Refusals are recorded, so it stays known when no operation is kept any more.
    expect(await scene.kubectl('delete', 'vop', '--all')).toMatchObject({ code: 0 });
    expect((await list(scene)).counts).toEqual(all.counts);
  });

  test('knows who holds what two claims declare, and agrees with the status', async () => {
    const scene = await startFleet(stage, 'list-conflict');
    await scene.apply(claim('phones', phones(0, 3)));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    await scene.apply(claim('later', phones(2, 2)));
    await scene.settled('DeviceClaim', 'later', 'DevicesConflicted');
    const later = await run(scene, 'devices', 'deviceclaim/later');
    expect(later).toMatchObject({ code: 0, stderr: '' });
    expect(later.stdout).toMatch(/^DEVICE +STATE +CODE +MESSAGE$/m);
    expect(later.stdout).toMatch(
      new RegExp(`^imei:${imei(2)} +conflicted +DECLARED_ELSEWHERE +DeviceClaim/list-conflict/phones`, 'm'),
    );
    expect(later.stdout).toMatch(new RegExp(`^imei:${imei(3)} +claimed$`, 'm'));
    expect((await list(scene)).counts).toMatchObject({ claimed: 3, conflicted: 0 });
  });

  test('says what leaves the claim: releasing while it may go, held while a list cannot be trusted', async () => {
    const budget = { guard: { settle: '1s', destructive: { maxItems: 0, maxPercent: 0, floor: 0 } } };
    const scene = await startFleet(stage, 'list-leaving', budget);
    const devicesFrom = [{ configMapKeyRef: { name: 'order', key: 'devices.csv' } }];
    await writeList(scene, csvOf(0, 4));
    await scene.apply(claim('phones', [], { devicesFrom, releasePolicy: 'Unclaim' }));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    await writeList(scene, csvOf(0, 3));
    await scene.settled('DeviceClaim', 'phones', 'GuardBlocked');
    const releasing = await list(scene, 'phones', '--state', 'releasing');
    expect(releasing.devices).toEqual([
      { device: `imei:${imei(3)}`, state: 'releasing', code: '', message: '' },
    ]);
    await writeList(scene, `${csvOf(0, 3)}490154203237519,Google\n`);
    await scene.until(
      'DeviceClaim',
      'phones',
      'holding its releases',
      ({ status }) => status?.conditions?.some(({ type }) => type === 'ReleaseHeld') === true,
    );
    const { devices } = await list(scene, 'phones', '--state', 'held', '--state', 'failed');
    expect(devices).toMatchObject([
      { device: 'imei:490154203237519', state: 'failed', code: 'INVALID_DEVICE_IMEI' },
      { device: `imei:${imei(3)}`, state: 'held', code: 'RowsRejected' },
    ]);
  });

  test('says so when only the vendor knows more than it can list', async () => {
    const scene = await startFleet(stage, 'list-unknown');
    await scene.vendor.ask('POST', '/customers', { companyName: 'Globex', companyId: '111222' });
    await scene.apply(customer('globex', { companyName: 'Globex', companyId: '111222' }));
    await held(scene, 0, 60, '111222');
    await scene.apply(claim('phones', phones(0, 60)));
    await scene.settled('DeviceClaim', 'phones', 'DevicesConflicted');
    const listed = await run(scene, 'devices', 'dclaim/phones', '-o', 'json');
    expect((JSON.parse(listed.stdout) as Listed).counts).toMatchObject({ conflicted: 50, pending: 10 });
    expect(listed.stderr).toMatch(
      /^vendorplane: the controller, which sees the vendor, counts .*60 conflicted/,
    );
  });

  test.each([
    {
      why: 'there is no such claim',
      args: ['dclaim/nobody'],
      code: 1,
      says: /^vendorplane: there is no Dev/,
    },
    { why: 'it is no resource', args: ['nobody'], code: 1, says: /^vendorplane: "nobody" names no resource/ },
    { why: 'the kind has no devices', args: ['vop/x'], code: 1, says: /^vendorplane: a VendorOperation has/ },
    {
      why: 'the state does not exist',
      args: ['dclaim/x', '--state', 'mislaid'],
      code: 2,
      says: /states are/,
    },
  ])('fails in one sentence when $why', async ({ args, code, says }) => {
    const scene = { namespace: 'default' } as Scene;
    const failed = await run(scene, 'devices', ...args);
    expect(failed).toMatchObject({ code, stdout: '' });
    expect(failed.stderr).toMatch(says);
  });
});

describe.concurrent('vendorplane find', () => {
  test('tells who declares a device, its record and its operations', async () => {
    const scene = await startFleet(stage, 'find-one');
    await writeList(scene, csvOf(0, 3));
    const devicesFrom = [{ configMapKeyRef: { name: 'order', key: 'devices.csv' } }];
    await scene.apply(claim('phones', phones(3, 2), { devicesFrom }));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');

    const written = imei(1).replace(/^(..)/, '$1-');
    const listed = JSON.parse((await run(scene, 'find', written, '-o', 'json')).stdout) as object;
    expect(listed).toMatchObject({
      declared: [
        {
          kind: 'DeviceClaim',
          name: 'phones',
          where: 'order/devices.csv:3',
          customer: 'acme',
          companyId: '987654',
          account: 'google',
        },
      ],
      records: [
        {
          kind: 'device',
          key: `imei:${imei(1)}`,
          value: { companyId: '987654', holder: `DeviceClaim/${scene.namespace}/phones`, how: 'Claimed' },
        },
      ],
      operations: [{ verb: 'claim', partition: { customer: '987654' }, outcome: { is: 'succeeded' } }],
    });

    const inline = await run(scene, 'find', imei(4));
    expect(inline).toMatchObject({ code: 0, stderr: '' });
    expect(inline.stdout).toContain(`DeviceClaim/${scene.namespace}/phones  spec.devices[1]`);
    expect(inline.stdout).toMatch(/^Last operations\nOPERATION +VERB +ABOUT +STATE +OUTCOME/m);
  });

  test('finds what left its claim by its record and its operations alone, and a wrong identifier as written', async () => {
    const scene = await startFleet(stage, 'find-left');
    await scene.apply(claim('phones', [...phones(0, 2), { imei: '490154203237519' }]));
    await scene.settled('DeviceClaim', 'phones', 'DevicesFailed');
    const wrong = await run(scene, 'find', '490154203237519', '-o', 'markdown');
    expect(wrong.stdout).toMatch(/^## Declared by$/m);
    expect(wrong.stdout).toMatch(/INVALID_DEVICE_IMEI: the check digit/);
    await scene.apply(claim('phones', phones(0, 1)));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    const left = await run(scene, 'find', imei(1));
    expect(left.stdout).toMatch(/^Declared by\nno resource declares it$/m);
    expect(left.stdout).toMatch(/claim +customer=987654 .*succeeded/);
  });

  test('fails when nothing names it', async () => {
    const scene = { namespace: 'default' } as Scene;
    const nobody = await run(scene, 'find', 'ZX1G22');
    expect(nobody).toMatchObject({ code: 1, stdout: '' });
    expect(nobody.stderr).toMatch(/^vendorplane: nothing in the cluster names "ZX1G22": /);
  });
});

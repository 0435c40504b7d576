import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LineFacts, lineStanding } from '../../../src/cli/devices/line-state.ts';
import type { ItemOperation, ItemOutcome } from '../../../src/cli/inspect/operations.ts';
import { systemClock } from '../../../src/cli/system.ts';
import type { ServedVendorAccount } from '../../../src/controllers/resources.ts';
import { scopeHash, scopeOf } from '../../../src/controllers/vendor-account/scope.ts';
import { createRecords } from '../../../src/controllers/vendor-record/records.ts';
import { bePatient } from '../../support/patience.ts';
import { type BareCluster, NAMESPACE, startBareCluster } from '../support/bare-cluster.ts';
import { unwrap } from '../support/fleet.ts';

bePatient();

const HOLDER = `VerizonDeviceDeletion/${NAMESPACE}/old-lines`;
const GONE = { holder: HOLDER, gone: { how: 'Deleted', provenAtMs: 1, isFiled: true } } as const;
const SENT = { holder: HOLDER, deactivationSentAtMs: 1 };

const operation = (verb: string, outcome: ItemOutcome): ItemOperation => ({
  namespace: NAMESPACE,
  name: 'vop-1',
  verb,
  state: 'Submitted',
  partition: {},
  key: 'iccid:85000022411113460014',
  outcome,
});

describe('a line', () => {
  test.each<{ why: string; facts: LineFacts; state: string; code?: string }>([
    { why: 'nothing is known of it', facts: {}, state: 'waiting' },
    { why: 'it is proven gone', facts: { recorded: GONE }, state: 'deleted' },
    {
      why: 'it was seen again after that',
      facts: { recorded: GONE, told: { code: 'REAPPEARED', message: 'm', isFailure: true } },
      state: 'failed',
      code: 'REAPPEARED',
    },
    {
      why: 'something holds it up',
      facts: { told: { code: 'SUSPENDED_LINE', message: 'm', isFailure: false } },
      state: 'waiting',
      code: 'SUSPENDED_LINE',
    },
    {
      why: 'its deactivation is under way',
      facts: { last: operation('deactivateLine', { is: 'open' }) },
      state: 'deactivating',
    },
    {
      why: 'its deletion is under way',
      facts: { last: operation('deleteLine', { is: 'open' }) },
      state: 'waiting',
    },
    { why: 'its deactivation was sent', facts: { recorded: SENT }, state: 'deactivating' },
    { why: 'it is out of service', facts: { recorded: { ...SENT, quietSinceMs: 2 } }, state: 'waiting' },
    {
      why: 'its deletion was refused',
      facts: { last: operation('deleteLine', { is: 'failed', code: 'DELETE_REFUSED', message: 'm' }) },
      state: 'failed',
      code: 'DELETE_REFUSED',
    },
  ])('is $state when $why', ({ facts, state, code = '' }) => {
    expect(lineStanding(facts)).toMatchObject({ state, code });
  });
});

const ACCOUNT = {
  vendor: 'VerizonUws',
  mode: 'Enforce',
  verizonUws: {
    endpoint: 'https://uws.example/api',
    accountName: '0252067890-00001',
    credentialsSecretRef: { name: 'verizon' },
  },
};
const LINES = ['85000022411113460014', '85000022411113460022', '85000022411113460030'];

describe('vendorplane devices vdel/NAME', () => {
  const { signal } = new AbortController();
  let cluster: BareCluster;

  beforeAll(async () => {
    cluster = await startBareCluster();
    const account = (await cluster.create('VendorAccount', 'verizon', ACCOUNT)) as ServedVendorAccount;
    const devices = [...LINES, 'x'].map((identifier) => ({ kind: 'iccid', identifier }));
    await cluster.create('VerizonDeviceDeletion', 'old-lines', {
      accountRef: { name: 'verizon' },
      irreversible: true,
      devices,
    });
    const scope = scopeOf(account.spec) ?? '';
    const place = { namespace: NAMESPACE, accountName: 'verizon', scope, scopeHash: scopeHash(scope) };
    const records = createRecords(cluster.client, place, () => 1, systemClock);
    // Filed under another of its names.
    const gone = { ...GONE, names: { imei: '490154203237518', iccid: LINES[0] } };
    unwrap(await records.keep('line', [{ key: 'imei:490154203237518', value: gone }], signal));
    unwrap(await records.keep('line', [{ key: `iccid:${LINES[1]}`, value: SENT }], signal));
    await cluster.tell('VerizonDeviceDeletion', 'old-lines', {
      observedGeneration: 1,
      devices: { desired: 4, deleted: 1, archived: 0, deactivating: 1, waiting: 0, failed: 2 },
      failures: [
        { device: 'iccid:x', code: 'INVALID_LINE_IDENTIFIER', message: 'm' },
        { device: `iccid:${LINES[2]}`, code: 'SUSPENDED_LINE', message: 'm' },
      ],
    });
  });

  afterAll(() => cluster.close());

  test('lists every line, agrees with the status, and says so when it does not', async () => {
    const listed = await cluster.run('devices', 'vdel/old-lines', '-n', NAMESPACE, '-o', 'csv');
    expect(listed).toMatchObject({ code: 0, stderr: '' });
    expect(listed.stdout.split('\n').slice(1, 5)).toEqual([
      expect.stringMatching(/^iccid:x,failed,INVALID_LINE_IDENTIFIER,/),
      `iccid:${LINES[0]},deleted,,Deleted`,
      `iccid:${LINES[1]},deactivating,,`,
      `iccid:${LINES[2]},failed,SUSPENDED_LINE,m`,
    ]);
    const devices = { desired: 4, deleted: 2, archived: 0, deactivating: 0, waiting: 0, failed: 2 };
    await cluster.tell('VerizonDeviceDeletion', 'old-lines', { observedGeneration: 1, devices });
    const differing = await cluster.run('devices', 'vdel/old-lines', '-n', NAMESPACE, '--state', 'deleted');
    expect(differing.stdout.trimEnd().split('\n')).toHaveLength(2);
    expect(differing.stderr).toMatch(/counts 2 deleted and not 1, 0 deactivating and not 1/);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EsnFacts, esnStanding } from '../../../src/cli/devices/esn-state.ts';
import type { ItemOperation, ItemOutcome } from '../../../src/cli/inspect/operations.ts';
import { systemClock } from '../../../src/cli/system.ts';
import type { ServedVendorAccount } from '../../../src/controllers/resources.ts';
import { scopeHash, scopeOf } from '../../../src/controllers/vendor-account/scope.ts';
import { createRecords } from '../../../src/controllers/vendor-record/records.ts';
import { CONFIG_MAPS } from '../../../src/kube/resource.ts';
import { bePatient } from '../../support/patience.ts';
import { type BareCluster, NAMESPACE, startBareCluster } from '../support/bare-cluster.ts';
import { unwrap } from '../support/fleet.ts';

bePatient();

const HOLDER = `NetflixDeviceRegistration/${NAMESPACE}/boxes`;
const OTHER = `NetflixDeviceRegistration/${NAMESPACE}/others`;
const GROUP = { name: 'Demo Operator' };
const recorded = (holder: string) => ({ holder, group: GROUP, releasePolicy: 'Unregister' }) as const;

const operation = (verb: string, outcome: ItemOutcome): ItemOperation => ({
  namespace: NAMESPACE,
  name: 'vop-1',
  verb,
  state: 'Submitted',
  partition: {},
  key: 'esn:NF-1',
  outcome,
});
const failure = (code: string): ItemOutcome => ({ is: 'failed', code, message: 'm' });

describe('an ESN', () => {
  test.each<{ why: string; facts: Partial<EsnFacts>; state: string; code?: string }>([
    { why: 'nothing is known of it', facts: {}, state: 'pending' },
    { why: 'it is recorded for its resource', facts: { recorded: recorded(HOLDER) }, state: 'registered' },
    {
      why: 'the status says that the vendor named it as failed',
      facts: { told: { code: 'UNCONFIRMED', message: 'm' } },
      state: 'unconfirmed',
      code: 'UNCONFIRMED',
    },
    {
      why: 'its registration is under way',
      facts: { last: operation('registerEsn', { is: 'open' }) },
      state: 'pending',
    },
    {
      why: 'the vendor named it as failed, beyond the fifty of the status',
      facts: { last: operation('registerEsn', failure('UNCONFIRMED')) },
      state: 'unconfirmed',
      code: 'UNCONFIRMED',
    },
    {
      why: 'its registration lost its reply and is asked for again',
      facts: { last: operation('registerEsn', failure('REPLY_LOST')) },
      state: 'pending',
      code: 'REPLY_LOST',
    },
    {
      why: 'the operation that failed it is kept no longer, but the refusal is recorded',
      facts: { refusal: { verb: 'registerEsn', code: 'UNCONFIRMED', message: 'm', atMs: 0, asked: 'x' } },
      state: 'unconfirmed',
      code: 'UNCONFIRMED',
    },
    {
      why: 'its record was lost',
      facts: { told: { code: 'RECORD_LOST', message: 'm' } },
      state: 'lost',
      code: 'RECORD_LOST',
    },
    {
      why: 'records were lost, and the status names the first 50 only',
      facts: { someAreLost: true },
      state: 'lost',
      code: 'RECORD_LOST',
    },
    {
      why: 'it is recorded, though others were lost',
      facts: { someAreLost: true, recorded: recorded(HOLDER) },
      state: 'registered',
    },
    {
      why: 'another resource has it and declares it',
      facts: { recorded: recorded(OTHER), declaredByRecorded: true },
      state: 'conflicted',
      code: 'DECLARED_ELSEWHERE',
    },
    {
      why: 'another resource had it and lets it go',
      facts: { recorded: recorded(OTHER) },
      state: 'pending',
    },
  ])('is $state when $why', ({ facts, state, code = '' }) => {
    const standing = esnStanding({ holder: HOLDER, declaredByRecorded: false, someAreLost: false, ...facts });
    expect(standing).toMatchObject({ state, code });
  });
});

const ACCOUNT = {
  vendor: 'CrmComNetflix',
  mode: 'Enforce',
  crmComNetflix: {
    endpoint: 'https://crm.example',
    organisation: 'demo',
    timeZone: 'Asia/Nicosia',
    addressFormat: 'CrmCom',
    credentialsSecretRef: { name: 'crm' },
  },
};

describe('vendorplane devices nreg/NAME', () => {
  const { signal } = new AbortController();
  let cluster: BareCluster;

  beforeAll(async () => {
    cluster = await startBareCluster();
    const account = (await cluster.create('VendorAccount', 'operator', ACCOUNT)) as ServedVendorAccount;
    const spec = { accountRef: { name: 'operator' }, group: GROUP, releasePolicy: 'Unregister' };
    const metadata = { namespace: NAMESPACE, name: 'boxes' };
    const data = { 'esns.csv': 'esn\nNF-2\nNF-3\n' };
    unwrap(await cluster.client.create(CONFIG_MAPS, { metadata, data }, signal));
    await cluster.create('NetflixDeviceRegistration', 'boxes', {
      ...spec,
      devices: [{ esn: 'NF-1' }, { esn: 'NF-9' }],
      devicesFrom: [{ configMapKeyRef: { name: 'boxes', key: 'esns.csv' } }],
    });
    await cluster.create('NetflixDeviceRegistration', 'others', { ...spec, devices: [{ esn: 'NF-9' }] });
    const scope = scopeOf(account.spec) ?? '';
    const place = { namespace: NAMESPACE, accountName: 'operator', scope, scopeHash: scopeHash(scope) };
    const records = createRecords(cluster.client, place, () => 1, systemClock);
    const changes = [
      { key: 'esn:NF-1', value: recorded(HOLDER) },
      { key: 'esn:NF-9', value: recorded(OTHER) },
      // Not in the lists any more.
      { key: 'esn:NF-0', value: recorded(HOLDER) },
    ];
    unwrap(await records.keep('registration', changes, signal));
    const counts = { desired: 4, registered: 1, unconfirmed: 1, pending: 1, failed: 0, conflicted: 1 };
    await cluster.tell('NetflixDeviceRegistration', 'boxes', {
      observedGeneration: 1,
      devices: { ...counts, releasing: 1 },
      failures: [{ device: 'esn:NF-2', code: 'UNCONFIRMED', message: 'm' }],
    });
  });

  afterAll(() => cluster.close());

  test('lists every ESN, those of lists and those that leave, and agrees with the status', async () => {
    const listed = await cluster.run('devices', 'nreg/boxes', '-n', NAMESPACE, '-o', 'csv');
    expect(listed).toMatchObject({ code: 0, stderr: '' });
    expect(listed.stdout.trimEnd().split('\n').slice(1)).toEqual([
      'esn:NF-1,registered,,',
      expect.stringMatching(/^esn:NF-9,conflicted,DECLARED_ELSEWHERE,/),
      'esn:NF-2,unconfirmed,UNCONFIRMED,m',
      'esn:NF-3,pending,,',
      'esn:NF-0,releasing,,',
    ]);
  });

  test('says what is held while a list cannot be trusted', async () => {
    unwrap(await cluster.client.delete(CONFIG_MAPS, { namespace: NAMESPACE, name: 'boxes' }, {}, signal));
    const held = await cluster.run('devices', 'nreg/boxes', '-n', NAMESPACE, '--state', 'held', '-o', 'csv');
    expect(held.stdout.trimEnd().split('\n').slice(1)).toEqual([
      expect.stringMatching(/^esn:NF-0,held,SourceMissing,/),
    ]);
  });

  test('find tells the state of one of them, and by which record', async () => {
    const { code, stdout, stderr } = await cluster.run('find', 'NF-1', '-o', 'json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      declared: [
        { kind: 'NetflixDeviceRegistration', name: 'boxes', account: 'operator', state: 'registered' },
      ],
      records: [{ kind: 'registration', key: 'esn:NF-1', value: { holder: HOLDER } }],
      charges: [],
    });
    const table = await cluster.run('find', 'esn:NF-9');
    expect(table.stdout).toMatch(/NetflixDeviceRegistration\/fleet\/boxes +.*operator +conflicted/);
    expect(table.stdout).toMatch(/NetflixDeviceRegistration\/fleet\/others +.*operator +registered/);
  });
});

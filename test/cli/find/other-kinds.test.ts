import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Kind } from '../../../src/api/definitions.generated.ts';
import { RESOURCES } from '../../../src/api/group.ts';
import { installDefinitions } from '../../../src/cli/local/apply.ts';
import { systemClock } from '../../../src/cli/system.ts';
import { createRecords } from '../../../src/controllers/vendor-record/records.ts';
import { createKubeClient } from '../../../src/kube/client.ts';
import { openAccess } from '../../../src/kube/config.ts';
import { createConnection } from '../../../src/kube/connection.ts';
import type { KubeObject } from '../../../src/kube/object.ts';
import { CONFIG_MAPS, defineResource, NAMESPACES } from '../../../src/kube/resource.ts';
import { startTestCluster, type TestCluster } from '../../support/cluster.ts';
import { bePatient } from '../../support/patience.ts';
import { type ProgramRun, runProgram } from '../../support/run.ts';
import { unwrap } from '../support/fleet.ts';

bePatient();

const { signal } = new AbortController();
const NAMESPACE = 'fleet';
const ICCID = '85000022411113460014';
const PHONE = '490154203237518';

let cluster: TestCluster;
let folder = '';

beforeAll(async () => {
  cluster = await startTestCluster();
  folder = mkdtempSync(join(tmpdir(), 'find-'));
  const connection = createConnection({
    access: openAccess(cluster.url),
    clock: systemClock,
    userAgent: 'test',
  });
  const client = createKubeClient(connection, systemClock);
  await installDefinitions(client, systemClock, signal);
  unwrap(await client.create(NAMESPACES, { metadata: { name: NAMESPACE } }, signal));
  const create = async (kind: Kind, name: string, spec: object): Promise<void> => {
    const type = defineResource<KubeObject>(RESOURCES[kind]);
    unwrap(await client.create(type, { metadata: { namespace: NAMESPACE, name }, spec }, signal));
  };
  const metadata = { namespace: NAMESPACE, name: 'lines' };
  const data = { 'lines.csv': `kind,identifier\niccid,${ICCID}\niccid,not-a-number\n` };
  unwrap(await client.create(CONFIG_MAPS, { metadata, data }, signal));
  await create('VerizonDeviceDeletion', 'old-lines', {
    accountRef: { name: 'verizon' },
    irreversible: true,
    devices: [{ kind: 'esn', identifier: '09005470263' }],
    devicesFrom: [{ configMapKeyRef: { name: 'lines', key: 'lines.csv' } }],
  });
  await create('NetflixSubscription', 'pci123', {
    accountRef: { name: 'netflix' },
    billingSystemCustomerIdentifier: 'pci123',
    state: 'Active',
    registration: { channel: 'WEB' },
  });
  const place = { namespace: NAMESPACE, accountName: 'verizon', scope: 'verizon', scopeHash: '0123456789ab' };
  const records = createRecords(client, place, () => 1, systemClock);
  const names = { iccid: ICCID, imei: PHONE };
  const value = { holder: `VerizonDeviceDeletion/${NAMESPACE}/old-lines`, names };
  unwrap(await records.keep('line', [{ key: `iccid:${ICCID}`, value }], signal));
  await connection.close();
});

afterAll(async () => {
  await cluster.close();
  rmSync(folder, { recursive: true, force: true });
});

const find = (identifier: string): Promise<ProgramRun> =>
  runProgram(['find', identifier, '-o', 'json', '--kubeconfig', cluster.kubeconfigPath], folder);

describe.concurrent('find', () => {
  test.each([
    {
      what: 'a line of a list, with its record',
      identifier: ICCID,
      found: {
        declared: [
          {
            kind: 'VerizonDeviceDeletion',
            name: 'old-lines',
            where: 'lines/lines.csv:2',
            account: 'verizon',
          },
        ],
        records: [{ kind: 'line', key: `iccid:${ICCID}` }],
      },
    },
    {
      what: 'a line that stands in the resource, digits that a number would lose and all',
      identifier: 'esn:09005470263',
      found: { declared: [{ where: 'spec.devices[0]' }], records: [] },
    },
    {
      what: 'a line by another of its names, which only its record knows, and who declares it',
      identifier: PHONE,
      found: {
        declared: [{ where: 'lines/lines.csv:2' }],
        records: [{ key: `iccid:${ICCID}`, value: { names: { imei: PHONE } } }],
      },
    },
    {
      what: 'an entry that is no line',
      identifier: 'not-a-number',
      found: {
        declared: [
          { where: 'lines/lines.csv:3', wrong: expect.stringMatching(/^INVALID_LINE_IDENTIFIER/) as unknown },
        ],
        records: [],
      },
    },
    {
      what: 'a subscriber',
      identifier: 'pci123',
      found: { declared: [{ kind: 'NetflixSubscription', account: 'netflix', keys: ['customer:pci123'] }] },
    },
  ])('finds $what', async ({ identifier, found }) => {
    const { code, stdout, stderr } = await find(identifier);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject(found);
  });
});

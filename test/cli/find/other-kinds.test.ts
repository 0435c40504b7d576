import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/cli/system.ts';
import { createRecords } from '../../../src/controllers/vendor-record/records.ts';
import { CONFIG_MAPS } from '../../../src/kube/resource.ts';
import { bePatient } from '../../support/patience.ts';
import { type BareCluster, NAMESPACE, startBareCluster } from '../support/bare-cluster.ts';
import { unwrap } from '../support/fleet.ts';

bePatient();

const { signal } = new AbortController();
const ICCID = '85000022411113460014';
const PHONE = '490154203237518';
const REFERENCE = 'vp-0123456789abcdef01234567';
const CHARGE = { name: 'nchg-1', number: 'I00002662', acknowledged: true, amountMinor: 599 };

let cluster: BareCluster;

beforeAll(async () => {
  cluster = await startBareCluster();
  const metadata = { namespace: NAMESPACE, name: 'lines' };
  const data = { 'lines.csv': `kind,identifier\niccid,${ICCID}\niccid,not-a-number\n` };
  unwrap(await cluster.client.create(CONFIG_MAPS, { metadata, data }, signal));
  await cluster.create('VerizonDeviceDeletion', 'old-lines', {
    accountRef: { name: 'verizon' },
    irreversible: true,
    devices: [{ kind: 'esn', identifier: '09005470263' }],
    devicesFrom: [{ configMapKeyRef: { name: 'lines', key: 'lines.csv' } }],
  });
  await cluster.create('NetflixSubscription', 'pci123', {
    accountRef: { name: 'netflix' },
    billingSystemCustomerIdentifier: 'pci123',
    state: 'Active',
    registration: { channel: 'WEB' },
  });
  await cluster.create('NetflixCharge', 'nchg-1', {
    accountRef: { name: 'netflix' },
    number: 'I00002662',
    billingSystemCustomerIdentifier: 'pci150',
    amountMinor: 599,
    currency: 'EUR',
    chargeStatus: 'APPROVED',
  });
  await cluster.tell('NetflixCharge', 'nchg-1', { acknowledged: true, referenceNumber: REFERENCE });
  const place = { namespace: NAMESPACE, accountName: 'verizon', scope: 'verizon', scopeHash: '0123456789ab' };
  const records = createRecords(cluster.client, place, () => 1, systemClock);
  const names = { iccid: ICCID, imei: PHONE };
  const value = { holder: `VerizonDeviceDeletion/${NAMESPACE}/old-lines`, names };
  unwrap(await records.keep('line', [{ key: `iccid:${ICCID}`, value }], signal));
});

afterAll(() => cluster.close());

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
          {
            where: 'lines/lines.csv:3',
            wrong: expect.stringMatching(/^INVALID_LINE_IDENTIFIER/) as unknown,
          },
        ],
        records: [],
      },
    },
    {
      what: 'a subscriber',
      identifier: 'pci123',
      found: { declared: [{ kind: 'NetflixSubscription', account: 'netflix', keys: ['customer:pci123'] }] },
    },
    {
      what: 'a charge by the vendor’s number',
      identifier: 'I00002662',
      found: { charges: [{ ...CHARGE, referenceNumber: REFERENCE }], declared: [] },
    },
    {
      what: 'a charge by our reference number',
      identifier: REFERENCE,
      found: { charges: [{ ...CHARGE, customer: 'pci150' }] },
    },
    {
      what: 'a charge by its key in the journal',
      identifier: 'charge:I00002662',
      found: { charges: [CHARGE] },
    },
  ])('finds $what', async ({ identifier, found }) => {
    const { code, stdout, stderr } = await cluster.run('find', identifier, '-o', 'json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject(found);
  });

  test('prints a charge for people, too', async () => {
    const { stdout } = await cluster.run('find', 'I00002662');
    expect(stdout).toMatch(/fleet\/nchg-1 +I00002662 +pci150 +599 EUR +APPROVED +yes +vp-/);
  });
});

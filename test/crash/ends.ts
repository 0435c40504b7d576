import { expect } from 'vitest';
import { describePoint } from './call-trace.ts';
import { firstTrace, type Play } from './lives.ts';
import type { RunResult } from './run.ts';

/** What must be true of an undisturbed life, for others to be measured by it. */
interface End {
  readonly play: Play;
  /** Of a life: has one in which … */
  readonly what: string;
  readonly check: (life: RunResult) => void;
}

/** How each play ends undisturbed. */
export const ENDS: readonly End[] = [
  { play: 'claiming', what: 'every device ends where it should', check: everyDeviceWhereItShould },
  { play: 'releasing', what: 'four devices are released and one of them is moved', check: released },
  { play: 'creating', what: 'a company is created', check: companyCreated },
  {
    play: 'deleting',
    what: 'two lines are deleted and proven gone, and one is refused',
    check: linesDeleted,
  },
  {
    play: 'operating',
    what: 'a subscription is created, others change, and every charge is acknowledged',
    check: operated,
  },
  {
    play: 'transacting',
    what: 'Samsung releases two devices, moves one of them and takes three',
    check: transacted,
  },
];

function everyDeviceWhereItShould({ state }: RunResult): void {
  const { resources, holdings, records } = state;
  expect(Object.entries(resources).map(([name, { conditions }]) => [name, conditions])).toEqual([
    ['VendorAccount/google', ['Ready=True Connected']],
    ['Customer/acme', ['Ready=True CompanyBound']],
    ['Customer/globex', ['Ready=True CompanyBound']],
    [
      'DeviceClaim/acme-phones',
      ['Conflicted=True HeldByOther', 'Ready=False DevicesConflicted', 'Stalled=True DevicesConflicted'],
    ],
    [
      'DeviceClaim/acme-scanners',
      ['Degraded=True DevicesFailed', 'Ready=False DevicesFailed', 'Stalled=True DevicesFailed'],
    ],
    ['DeviceClaim/globex-tablets', ['Ready=True AllClaimed']],
  ]);
  const counts = ['acme-phones', 'acme-scanners', 'globex-tablets'].map(
    (name) => resources[`DeviceClaim/${name}`]?.fields.devices,
  );
  expect(counts).toMatchObject([
    { desired: 11, claimed: 10, conflicted: 1, failed: 0, pending: 0 },
    { desired: 9, claimed: 8, conflicted: 0, failed: 1, pending: 0 },
    { desired: 9, claimed: 9, conflicted: 0, failed: 0, pending: 0 },
  ]);
  expect(Object.keys(holdings)).toHaveLength(29);
  const devices = Object.entries(records).filter(([name]) => name.startsWith('device '));
  const how = devices.map(([, record]) => (record as { readonly how: string }).how);
  expect(how.filter((one) => one === 'Adopted')).toHaveLength(12);
  expect(how.filter((one) => one === 'Claimed')).toHaveLength(15);
}

function released({ state: { resources, holdings } }: RunResult): void {
  expect(Object.entries(resources).map(([name, { conditions }]) => [name, conditions])).toEqual([
    ['VendorAccount/google', ['Ready=True Connected']],
    ['Customer/acme', ['Ready=True CompanyBound']],
    ['Customer/globex', ['Ready=True CompanyBound']],
    ['DeviceClaim/acme-phones', ['Ready=True AllClaimed']],
    ['DeviceClaim/globex-tablets', ['Ready=True AllClaimed']],
  ]);
  const companies = Object.values(holdings).map((holder) => holder.split('/')[1]);
  expect(companies.filter((id) => id === '987654')).toHaveLength(7);
  expect(companies.filter((id) => id === '987655')).toHaveLength(3);
}

function companyCreated({ state: { resources, holdings } }: RunResult): void {
  expect(resources['Customer/initech']?.conditions).toContain('Ready=True CompanyBound');
  expect(Object.keys(holdings)).toHaveLength(2);
}

function linesDeleted({ state: { resources, holdings, records } }: RunResult): void {
  expect(resources['VerizonDeviceDeletion/retired']?.fields.devices).toMatchObject({
    desired: 3,
    deleted: 2,
    archived: 3,
    failed: 1,
  });
  expect(Object.keys(holdings)).toEqual(['iccid:89148000000000000002', 'iccid:89148000000000000003']);
  const proofs = Object.values(records).filter((record) => (record as { how?: string }).how === 'Deleted');
  expect(proofs).toHaveLength(2);
}

function operated(life: RunResult): void {
  const { resources, holdings } = life.state;
  expect(Object.entries(resources).map(([name, { conditions }]) => [name, ...conditions])).toEqual([
    ['VendorAccount/operator', 'Ready=True Connected'],
    ['NetflixSubscription/ann', 'SubscriptionActive or TokenLost'],
    ['NetflixSubscription/bob', 'Ready=True SubscriptionSuspended'],
    ['NetflixSubscription/cid', 'Ready=True SubscriptionActive'],
    ['NetflixSubscription/dan', 'Ready=True SubscriptionCancelled'],
    ['NetflixDeviceRegistration/boxes', 'AllRegistered or ReleaseFailed'],
    ['NetflixChargeFeed/charges', 'Ready=True Drained'],
  ]);
  expect(holdings).toMatchObject({
    'customer:ann': 'created',
    'esn:BOX-3': 'registered',
    'charge:1': 'acknowledged',
  });
  expect(holdings).not.toHaveProperty('esn:BOX-1');
  // Undisturbed, the token arrives.
  expect(firstTrace(life).calls.map(describePoint)).toContain('after tokenVault.deposit #1');
}

function transacted({ state: { resources, holdings } }: RunResult): void {
  expect(resources['DeviceClaim/acme']?.conditions).toEqual(['Ready=True AllClaimed']);
  expect(resources['DeviceClaim/globex']?.conditions).toEqual(['Ready=True AllClaimed']);
  const sizes = Object.groupBy(Object.values(holdings), (customer) => customer);
  expect([sizes['4000000001']?.length, sizes['4000000002']?.length]).toEqual([3, 2]);
}

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CallPoint, describePoint } from './call-trace.ts';
import { type CampaignResult, createCampaigner } from './campaign.ts';
import { CLAIMS_FLEET } from './claims-fleet.ts';
import { CREATION_FLEET } from './creation-fleet.ts';
import type { Fleet } from './fleet.ts';
import {
  actsOf,
  callable,
  firstPointsFrom,
  isAct,
  isMomentOfItsOwn,
  momentOf,
  pointsOf,
} from './kill-points.ts';
import { LINES_FLEET } from './lines-fleet.ts';
import { NETFLIX_FLEET } from './netflix-fleet.ts';
import { BUDGET_FLEET, RELEASES_FLEET } from './releases-fleet.ts';
import type { RunResult, Scenario } from './run.ts';
import { SAMSUNG_FLEET } from './samsung-fleet.ts';

/**
 * A controller that is killed with SIGKILL at a call of one of its ports and started again, in every place there
 * is: the API server and the vendor live on, and afterwards nobody can tell from them that it was killed.
 */

/** The vendor carries out the first claim of each customer and hangs up instead of answering; one device may go alone. */
const REPLIES_LOST = [
  { fault: 'dropAfterEffect', match: { endpoint: 'devices.claimAsync' }, times: 2 },
  { fault: 'dropAfterEffect', match: { endpoint: 'devices.claim' } },
];

/** The same of the first release and the first creation. */
const RELEASE_REPLY_LOST = [{ fault: 'dropAfterEffect', match: { endpoint: 'devices.unclaimAsync' } }];
const CREATION_REPLY_LOST = [{ fault: 'dropAfterEffect', match: { endpoint: 'customers.create' } }];

/** The same of both orders that end a line. */
const LINE_REPLIES_LOST = lost('ChangeDeviceState', 'DeleteDevices');

/** The same of everything an operator writes. */
const NETFLIX_REPLIES_LOST = [
  ...lost('subscriptions.create', 'subscriptions.suspend', 'subscriptions.unsuspend', 'subscriptions.cancel'),
  ...lost('devices.register', 'devices.unregister', 'charges.acknowledge'),
];

/** The same of both transactions: Samsung is asked for them by our names. */
const SAMSUNG_REPLIES_LOST = lost('devices.upload', 'devices.delete');

/** The most delicate moment: the vendor has accepted a claim, and nobody on our side knows. */
const SENT: CallPoint = { port: 'devices.writer', method: 'send', occurrence: 1, moment: 'after' };

const LINE_SENT: CallPoint = { ...SENT, port: 'lines.writer' };
const NETFLIX_SENT: CallPoint = { ...SENT, port: 'subscriptions.writer' };

/** The whole takes six minutes or so of a machine of its own; one that is shared by many gets its time. */
const CAMPAIGNS_MS = 2_400_000;

/** Batches close by time: a last call of a kind may come in one life and not in the next. ASSUMED; seen: 1 in 100. */
const MOST_MISSED_SHARE = 0.03;

let undisturbed: RunResult;
let releases: RunResult;
let creation: RunResult;
let lines: RunResult;
let netflix: RunResult;
let samsung: RunResult;
let campaigns: Readonly<
  Record<
    | 'everywhere'
    | 'repliesLost'
    | 'twice'
    | 'releasing'
    | 'budget'
    | 'creating'
    | 'deleting'
    | 'operating'
    | 'transacting',
    CampaignResult
  >
>;
let traced: RunResult[];

beforeAll(async () => {
  const { live, carryOut } = createCampaigner();
  [undisturbed, releases, creation, lines, netflix, samsung] = await Promise.all([
    live({ fleet: CLAIMS_FLEET }),
    live({ fleet: RELEASES_FLEET }),
    live({ fleet: CREATION_FLEET }),
    live({ fleet: LINES_FLEET }),
    live({ fleet: NETFLIX_FLEET }),
    live({ fleet: SAMSUNG_FLEET }),
  ]);
  const { state } = undisturbed;
  const [claimsLost, restarted, budgeted, releaseLost, creationLost, linesLost, netflixLost, samsungLost] =
    await Promise.all([
      live({ fleet: CLAIMS_FLEET, faults: REPLIES_LOST }, state),
      live({ fleet: CLAIMS_FLEET, killAt: [SENT] }, state),
      live({ fleet: BUDGET_FLEET }),
      live({ fleet: RELEASES_FLEET, faults: RELEASE_REPLY_LOST }, releases.state),
      live({ fleet: CREATION_FLEET, faults: CREATION_REPLY_LOST }, creation.state),
      live({ fleet: LINES_FLEET, faults: LINE_REPLIES_LOST }, lines.state),
      live({ fleet: NETFLIX_FLEET, faults: NETFLIX_REPLIES_LOST }, netflix.state),
      live({ fleet: SAMSUNG_FLEET, faults: SAMSUNG_REPLIES_LOST }, samsung.state),
    ]);
  const lossy = [
    claimsLost,
    restarted,
    budgeted,
    releaseLost,
    creationLost,
    linesLost,
    netflixLost,
    samsungLost,
  ];
  traced = [undisturbed, releases, creation, lines, netflix, samsung, ...lossy];
  const [everywhere, repliesLost, twice, releasing, budget, creating, deleting, operating, transacting] =
    await Promise.all([
      carryOut(killedAt(CLAIMS_FLEET, pointsOf(first(undisturbed))), state),
      carryOut(killedAt(CLAIMS_FLEET, afterLoss(claimsLost, SENT), { faults: REPLIES_LOST }), state),
      carryOut(
        firstPointsFrom(second(restarted), undefined)
          .filter(isMomentOfItsOwn)
          .map((point) => ({ fleet: CLAIMS_FLEET, killAt: [SENT, point] })),
        state,
      ),
      carryOut(
        [
          ...killedAt(RELEASES_FLEET, actsOf(first(releases))),
          ...killedAt(RELEASES_FLEET, afterLoss(releaseLost, SENT).filter(isAct), {
            faults: RELEASE_REPLY_LOST,
          }),
        ],
        releases.state,
      ),
      carryOut(killedAt(BUDGET_FLEET, actsOf(first(budgeted))), undefined),
      carryOut(killedAt(CREATION_FLEET, actsOf(first(creation))), creation.state),
      carryOut(
        [
          ...killedAt(LINES_FLEET, actsOf(first(lines))),
          ...killedAt(LINES_FLEET, afterLoss(linesLost, LINE_SENT).filter(isAct), {
            faults: LINE_REPLIES_LOST,
          }),
        ],
        lines.state,
      ),
      carryOut(
        [
          ...killedAt(NETFLIX_FLEET, actsOf(first(netflix))),
          ...killedAt(NETFLIX_FLEET, afterLoss(netflixLost, NETFLIX_SENT).filter(isAct), {
            faults: NETFLIX_REPLIES_LOST,
          }),
        ],
        netflix.state,
      ),
      carryOut(
        [
          ...killedAt(SAMSUNG_FLEET, actsOf(first(samsung))),
          ...killedAt(SAMSUNG_FLEET, afterLoss(samsungLost, SENT).filter(isAct), {
            faults: SAMSUNG_REPLIES_LOST,
          }),
        ],
        samsung.state,
      ),
    ]);
  campaigns = {
    everywhere,
    repliesLost,
    twice,
    releasing,
    budget,
    creating,
    deleting,
    operating,
    transacting,
  };
}, CAMPAIGNS_MS);

/** What the controller does after its first call was answered by silence, each moment once. */
function afterLoss(life: RunResult, sent: CallPoint): readonly CallPoint[] {
  return firstPointsFrom(first(life), sent).filter(isMomentOfItsOwn);
}

/** The first reply of each endpoint is lost, its effect is not. */
function lost(...endpoints: readonly string[]): readonly object[] {
  return endpoints.map((endpoint) => ({ fault: 'dropAfterEffect', match: { endpoint } }));
}

/** How often chance was given another try: it should be seldom, and nobody would see it grow. */
afterAll(() => {
  const all = Object.values(campaigns);
  const count = (of: (campaign: CampaignResult) => number) => all.reduce((sum, one) => sum + of(one), 0);
  process.stdout.write(
    `crash campaign: ${count(({ runs }) => runs)} scenarios, ${count(({ retries }) => retries)} tries more, ` +
      `${count(({ missed }) => missed.length)} kills never reached\n`,
  );
});

/** One scenario for each of these points. */
function killedAt(
  fleet: Fleet,
  points: readonly CallPoint[],
  more: Partial<Scenario> = {},
): readonly Scenario[] {
  return points.map((point) => ({ fleet, ...more, killAt: [point] }));
}

describe('a controller that is killed and started again', () => {
  test('has undisturbed lives to be measured by', () => {
    expect(traced.flatMap(({ harm, complaints }) => [...harm, ...complaints])).toEqual([]);
  });

  test('has one in which every device ends where it should', () => {
    const { resources, holdings, records } = undisturbed.state;
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
  });

  test('has one in which four devices are released and one of them is moved', () => {
    const { resources, holdings } = releases.state;
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
  });

  test('has one in which a company is created', () => {
    const { resources, holdings } = creation.state;
    expect(resources['Customer/initech']?.conditions).toContain('Ready=True CompanyBound');
    expect(Object.keys(holdings)).toHaveLength(2);
  });

  test('has one in which two lines are deleted and proven gone, and one is refused', () => {
    const { resources, holdings, records } = lines.state;
    expect(resources['VerizonDeviceDeletion/retired']?.fields.devices).toMatchObject({
      desired: 3,
      deleted: 2,
      archived: 3,
      failed: 1,
    });
    expect(Object.keys(holdings)).toEqual(['iccid:89148000000000000002', 'iccid:89148000000000000003']);
    const proofs = Object.values(records).filter((record) => (record as { how?: string }).how === 'Deleted');
    expect(proofs).toHaveLength(2);
  });

  test('has one in which a subscription is created, others change, and every charge is acknowledged', () => {
    const { resources, holdings } = netflix.state;
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
    expect(first(netflix).calls.map(describePoint)).toContain('after tokenVault.deposit #1');
  });

  test('has one in which Samsung releases two devices, moves one of them and takes three', () => {
    const { resources, holdings } = samsung.state;
    expect(resources['DeviceClaim/acme']?.conditions).toEqual(['Ready=True AllClaimed']);
    expect(resources['DeviceClaim/globex']?.conditions).toEqual(['Ready=True AllClaimed']);
    const sizes = Object.groupBy(Object.values(holdings), (customer) => customer);
    expect([sizes['4000000001']?.length, sizes['4000000002']?.length]).toEqual([3, 2]);
  });

  test('at any call of a port ends as if it had not been', () => {
    expect(report(campaigns.everywhere)).toBe('');
  });

  test('after the vendor did what it was told and its reply was lost ends as if nothing had been', () => {
    expect(report(campaigns.repliesLost)).toBe('');
  });

  test('and killed again while it starts ends as if it had not been', () => {
    expect(report(campaigns.twice)).toBe('');
  });

  test('while it releases, moves and lets claims go ends as if it had not been', () => {
    expect(report(campaigns.releasing)).toBe('');
  });

  test('never releases more than its budget, although somebody lets go of more meanwhile', () => {
    expect(report(campaigns.budget)).toBe('');
  });

  test('while it creates a company never creates a second, and ends as if it had not been, with a person’s help', () => {
    expect(report(campaigns.creating)).toBe('');
  });

  test('while lines are deleted ends as if it had not been: nothing twice, unplanned or without its archive', () => {
    expect(report(campaigns.deleting)).toBe('');
  });

  test('while an operator’s subscriptions, devices and charges change ends as if it had not been', () => {
    expect(report(campaigns.operating)).toBe('');
  });

  test('while Samsung works on transactions ends as if it had not been, and none is sent twice', () => {
    expect(report(campaigns.transacting)).toBe('');
  });

  test('was killed nearly wherever it should have been, though some last calls do not come in every life', () => {
    const all = Object.values(campaigns);
    const missed = all.flatMap((campaign) => campaign.missed.map(describePoint));
    const runs = all.reduce((sum, campaign) => sum + campaign.runs, 0);
    expect(missed.length, missed.join(', ')).toBeLessThanOrEqual(runs * MOST_MISSED_SHARE);
  });

  test('was killed at every method of every port that is decorated, before it and after it', () => {
    const killed = new Set(Object.values(campaigns).flatMap((campaign) => campaign.killed.map(momentOf)));
    const spared = traced
      .flatMap(({ traces }) => traces.flatMap(callable))
      .filter((moment) => !killed.has(moment));
    expect([...new Set(spared)].toSorted()).toEqual([]);
  });
});

function report({ runs, failures }: CampaignResult): string {
  expect(runs).toBeGreaterThan(0);
  return failures.join('\n\n');
}

function first({ traces }: RunResult) {
  return traces[0] ?? { ports: [], calls: [] };
}

function second({ traces }: RunResult) {
  return traces[1] ?? { ports: [], calls: [] };
}

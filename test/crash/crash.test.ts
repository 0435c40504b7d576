import { beforeAll, describe, expect, test } from 'vitest';
import type { CallPoint } from './call-trace.ts';
import { type CampaignResult, carryOut } from './campaign.ts';
import { callable, differsFromBefore, firstPointsFrom, momentOf, pointsOf } from './kill-points.ts';
import { type RunResult, run } from './run.ts';

/**
 * A controller that is killed with SIGKILL at a call of one of its ports and started again, in every place there
 * is: the API server and the vendor live on, and afterwards nobody can tell from them that it was killed.
 */

/** What no controller of today calls, and why. Once one does, this must go, and the call is killed at. */
const NEVER_CALLED: Readonly<Record<string, string>> = {
  'companies.check': 'companies are adopted, never created',
  'companies.writer.partition': 'companies are adopted, never created',
  'companies.writer.send': 'companies are adopted, never created',
};

/** The vendor carries out the first claim of each customer and hangs up instead of answering. */
const REPLIES_LOST = [{ fault: 'dropAfterEffect', match: { endpoint: 'devices.claimAsync' }, times: 2 }];

/** The most delicate moment: the vendor has accepted a claim, and nobody on our side knows. */
const SENT: CallPoint = { port: 'devices.writer', method: 'send', occurrence: 1, moment: 'after' };

/** The whole takes two to three minutes of a machine of its own; one that is shared by many gets its time. */
const CAMPAIGNS_MS = 900_000;

let undisturbed: RunResult;
let everywhere: CampaignResult;
let repliesLost: CampaignResult;
let twice: CampaignResult;
let traced: RunResult[];

beforeAll(async () => {
  undisturbed = await run({});
  const { state } = undisturbed;
  const [lost, restarted] = await Promise.all([
    run({ faults: REPLIES_LOST }, state),
    run({ killAt: [SENT] }, state),
  ]);
  traced = [undisturbed, lost, restarted];
  const points = pointsOf(first(undisturbed));
  everywhere = await carryOut(
    points.map((point) => ({ killAt: [point] })),
    state,
  );
  repliesLost = await carryOut(
    firstPointsFrom(first(lost), SENT).map((point) => ({ faults: REPLIES_LOST, killAt: [point] })),
    state,
  );
  twice = await carryOut(
    firstPointsFrom(second(restarted), undefined)
      .filter(differsFromBefore)
      .map((point) => ({ killAt: [SENT, point] })),
    state,
  );
}, CAMPAIGNS_MS);

describe('a controller that is killed and started again', () => {
  test('has an undisturbed life to be measured by, in which every device ends where it should', () => {
    expect(traced.flatMap(({ complaints }) => complaints)).toEqual([]);
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
    const how = Object.values(records).map((record) => (record as { readonly how: string }).how);
    expect(how.filter((one) => one === 'Adopted')).toHaveLength(12);
    expect(how.filter((one) => one === 'Claimed')).toHaveLength(15);
  });

  test('at any call of a port ends as if it had not been', () => {
    expect(report(everywhere)).toBe('');
  });

  test('after the vendor did what it was told and its reply was lost ends as if nothing had been', () => {
    expect(report(repliesLost)).toBe('');
  });

  test('and killed again while it starts ends as if it had not been', () => {
    expect(report(twice)).toBe('');
  });

  test('was killed at every method of every port that is decorated, before it and after it', () => {
    const killed = new Set(
      [everywhere, repliesLost, twice].flatMap((campaign) => campaign.killed.map(momentOf)),
    );
    const spared = traced
      .flatMap(({ traces }) => traces.flatMap(callable))
      .filter((moment) => !killed.has(moment));
    const excused = Object.keys(NEVER_CALLED).flatMap((name) => [`before ${name}`, `after ${name}`]);
    expect([...new Set(spared)].toSorted()).toEqual(excused.toSorted());
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

import { describe, expect, test } from 'vitest';
import { installDefinitions } from '../../src/cli/local/apply.ts';
import { DEVICE_CLAIMS, VENDOR_OPERATIONS } from '../../src/controllers/resources.ts';
import { CUSTOM_RESOURCE_DEFINITIONS, NAMESPACES } from '../../src/kube/resource.ts';
import { claim, imei, phones } from '../support/fleet.ts';
import { bePatient } from '../support/patience.ts';
import { condition, eventually, reasonOf, type Scene, type Stage, startStage } from '../support/stage.ts';
import { createSystemClock } from '../support/system-clock.ts';
import {
  account,
  CLAIMS,
  CUSTOMERS,
  deleteNamespace,
  looked,
  NO_BUDGET,
  orderFrom,
  releaseOne,
  removeList,
  type StandingFleet,
  single,
  standingFleet,
  stands,
  writeList,
} from './standing-fleet.ts';

bePatient();

/**
 * What has happened to other people's fleets. Each begins with a fleet that stands, and ends with it standing again;
 * then one device is taken out of a claim on purpose. The vendor's own ledger is the judge: that one is released, and
 * nothing else was ever written but what the row says.
 */
interface Replay {
  readonly what: string;
  readonly fleet?: Parameters<typeof standingFleet>[1];
  /** Writes that a careful person would have made, too. Default: none. */
  readonly writes?: readonly (readonly [string, ...string[]])[];
  /** Plays it to its end; answers where the fleet stands by then, if it is somewhere else. */
  play(fleet: StandingFleet): Promise<Scene | undefined>;
}

const { signal } = new AbortController();
const OURS = ['vendoraccounts', 'customers', 'deviceclaims'];

const believes =
  (...resources: readonly string[]) =>
  async ({ api }: StandingFleet): Promise<void> =>
    eventually(
      () => resources.every((resource) => api.believed().has(resource)),
      `it believes that there are no ${resources.join(', ')}`,
    );

const API_SERVERS: readonly Replay[] = [
  {
    what: 'that times out and then lists nothing',
    async play(fleet) {
      fleet.api.turn({ is: 'timingOut' });
      await eventually(() => fleet.api.timedOut() >= OURS.length, 'requests time out');
      fleet.api.turn({ is: 'listsNothing' });
      await believes(...OURS)(fleet);
      fleet.api.turn({ is: 'honest' });
      return undefined;
    },
  },
  {
    what: 'that lists no claims, while the account goes on with a new one',
    writes: [['devices.claim', imei(50)]],
    async play(fleet) {
      fleet.api.turn({ is: 'listsNothing', only: ['deviceclaims'] });
      await believes('deviceclaims')(fleet);
      await fleet.scene.apply(claim('new', phones(50, 1)));
      await fleet.scene.settled('DeviceClaim', 'new', 'AllClaimed');
      fleet.api.turn({ is: 'honest' });
      return undefined;
    },
  },
  {
    what: 'that lists no customers',
    async play({ api, scene }) {
      api.turn({ is: 'listsNothing', only: ['customers'] });
      await scene.until('DeviceClaim', 'phones', 'without', (it) => reasonOf(it) === 'CustomerNotFound');
      api.turn({ is: 'honest' });
      return undefined;
    },
  },
  {
    what: 'that lists no ConfigMaps',
    async play({ api, scene }) {
      api.turn({ is: 'listsNothing', only: ['configmaps'] });
      await held(scene, 'SourceMissing');
      await releaseOne(scene);
      api.turn({ is: 'honest' });
      return undefined;
    },
  },
  {
    what: 'that lists nothing when the controller starts',
    async play(fleet) {
      await fleet.stage.stopController('SIGKILL');
      fleet.api.turn({ is: 'listsNothing' });
      fleet.stage.startController(fleet.api.url);
      await believes(...OURS)(fleet);
      fleet.api.turn({ is: 'honest' });
      return undefined;
    },
  },
  {
    what: 'that lists neither records nor operations when the controller starts',
    async play({ stage, api, scene }) {
      await stage.stopController('SIGKILL');
      api.turn({ is: 'listsNothing', only: ['vendorrecords', 'vendoroperations'] });
      stage.startController(api.url);
      await stands(scene);
      api.turn({ is: 'honest' });
      return undefined;
    },
  },
];

/** The simulator's fault: every device of a page is missing, and the total agrees. */
const EMPTY_PAGE = {
  fault: 'shortRead',
  items: 100,
  total: 'shrinks',
  match: { endpoint: 'devices.findByOwner' },
};

const VENDORS: readonly Replay[] = [
  {
    what: 'that returns an empty page with 200',
    async play({ stage, api, scene }) {
      // Whichever list it hits, whoever believes it claims at once.
      for (const { metadata } of CLAIMS) {
        await scene.patch('DeviceClaim', metadata.name, { spec: { onVendorRelease: 'Reclaim' } });
      }
      await startAnew(stage, api.url);
      await stands(scene);
      for (let times = 0; times < 3; times += 1) {
        await scene.vendor.ask('POST', '/faults', EMPTY_PAGE);
        await reads(scene, 4);
      }
      return undefined;
    },
  },
  {
    what: 'that returns nothing but empty pages for a while',
    async play({ stage, api, scene }) {
      await startAnew(stage, api.url);
      await stands(scene);
      await scene.vendor.ask('POST', '/faults', { ...EMPTY_PAGE, times: 'always' });
      for (const { metadata } of CLAIMS) {
        const isReported = (it: Parameters<typeof reasonOf>[0]) => reasonOf(it) === 'DevicesConflicted';
        await scene.until('DeviceClaim', metadata.name, 'reported', isReported);
      }
      await scene.vendor.ask('DELETE', '/faults');
      return undefined;
    },
  },
];

const CONTROLLERS: readonly Replay[] = [
  {
    what: 'that is killed while the vendor is at work on a claim, which is deleted before the next one starts',
    writes: [
      ['devices.claimAsync', imei(60), imei(61)],
      ['devices.unclaimAsync', imei(60), imei(61)],
    ],
    async play({ stage, api, scene }) {
      await scene.vendor.ask('POST', '/faults', { ...STUCK, match: { endpoint: 'devices.claimAsync' } });
      await scene.apply(claim('late', phones(60, 2), { releasePolicy: 'Unclaim' }));
      await eventually(() => isUnderWay(stage, scene, imei(60)), 'the vendor is at work');
      await stage.stopController('SIGKILL');
      await scene.remove('DeviceClaim', 'late');
      await scene.vendor.ask('POST', '/operations/release', {});
      stage.startController(api.url);
      await scene.gone('DeviceClaim', 'late');
      return undefined;
    },
  },
  {
    what: 'that starts anew with a device which the vendor refuses',
    // Refused alone, and then in a batch, which says why.
    writes: [
      ['devices.claim', imei(70)],
      ['devices.claimAsync', imei(70)],
    ],
    async play({ stage, api, scene }) {
      const wrong = claim('wrong', [{ imei: imei(70), manufacturer: 'Gooogle' }]);
      await scene.apply(wrong);
      await scene.settled('DeviceClaim', 'wrong', 'DevicesFailed');
      for (const end of ['SIGTERM', 'SIGKILL'] as const) {
        await stage.stopController(end);
        stage.startController(api.url);
        await stands(scene);
        await looked(scene, [wrong]);
        await scene.settled('DeviceClaim', 'wrong', 'DevicesFailed');
      }
      return undefined;
    },
  },
];

const PEOPLE: readonly Replay[] = [
  {
    what: 'a ConfigMap is replaced under a new name, the old one gone first',
    async play(fleet) {
      await removeList(fleet, 'order-1');
      await held(fleet.scene, 'SourceMissing');
      await fleet.scene.apply(orderFrom('order-2'));
      await releaseOne(fleet.scene);
      await held(fleet.scene, 'SourceMissing');
      await writeList(fleet, 'order-2');
      return undefined;
    },
  },
  {
    what: 'a CSV is emptied',
    async play(fleet) {
      await writeList(fleet, 'order-1', []);
      await held(fleet.scene, 'EmptyList');
      await releaseOne(fleet.scene);
      await writeList(fleet, 'order-1');
      return undefined;
    },
  },
  {
    what: 'the namespace is deleted, and applied again',
    async play(fleet) {
      const { stage, scene } = fleet;
      await deleteNamespace(fleet);
      await stage.client.create(NAMESPACES, { metadata: { name: scene.namespace } }, signal);
      await scene.secret(await scene.vendor.issueKey());
      await scene.apply(account(scene.vendor, NO_BUDGET), ...CUSTOMERS, ...CLAIMS);
      await writeList(fleet, 'order-1');
      return undefined;
    },
  },
  {
    what: 'the definition of claims is removed, and installed again',
    async play({ stage, scene }) {
      const name = `${DEVICE_CLAIMS.plural}.${DEVICE_CLAIMS.group}`;
      await stage.client.delete(CUSTOM_RESOURCE_DEFINITIONS, { name }, {}, signal);
      await eventually(async () => {
        const found = await stage.client.get(CUSTOM_RESOURCE_DEFINITIONS, { name }, signal);
        return !found.ok && found.failure.kind === 'notFound';
      }, 'the definition is gone');
      await installDefinitions(stage.client, createSystemClock(), signal);
      await scene.apply(...CLAIMS);
      return undefined;
    },
  },
  {
    what: '100 claims are deleted in one commit, and restored',
    fleet: { guard: { settle: '0s' }, more: Array.from({ length: 100 }, (_, n) => single(n)) },
    async play({ scene }) {
      const singles = Array.from({ length: 100 }, (_, n) => single(n));
      for (const { metadata } of singles) await scene.remove('DeviceClaim', metadata.name);
      await scene.until('VendorAccount', 'google', 'guarding all of them', requests(100));
      for (const { metadata } of singles) {
        const blocked = await scene.settled('DeviceClaim', metadata.name, 'GuardBlocked');
        expect(blocked.metadata.deletionTimestamp).toBeDefined();
      }
      // The way back: what is being deleted keeps its devices, and then may be applied again.
      for (const { metadata } of singles) {
        await scene.patch('DeviceClaim', metadata.name, { spec: { releasePolicy: 'Keep' } });
      }
      for (const { metadata } of singles) await scene.gone('DeviceClaim', metadata.name);
      await scene.apply(...singles);
      await stands(scene, singles);
      return undefined;
    },
  },
  {
    what: 'the cluster is rebuilt from Git, all status and records lost, claims applied in the wrong order',
    async play(fleet) {
      const { vendor } = fleet.scene;
      await fleet.stage.stopController('SIGKILL');
      const rebuilt = await startStage();
      fleet.closeToo(() => rebuilt.close());
      const scene = await rebuilt.scene('rebuilt', vendor);
      rebuilt.startController();
      // A phone of Acme's that no claim of Acme's names: nothing says any more why it is there.
      const [deviceIdentifier] = phones(30, 1);
      await vendor.ask('POST', '/devices', { customerId: '987654', deviceIdentifier });
      // Somebody else's claim of our phones was refused before, and is now the oldest one, and the first by name.
      const rival = claim('a-rival', [...phones(0, 3), ...phones(30, 1)], {
        customerRef: { name: 'globex' },
        releasePolicy: 'Unclaim',
      });
      await scene.apply(rival, ...CLAIMS.toReversed());
      await scene.apply(...CUSTOMERS.toReversed());
      await scene.apply(account(vendor, NO_BUDGET));
      await scene.secret(await vendor.issueKey());
      await writeList({ stage: rebuilt, scene }, 'order-1');
      const refused = await scene.settled('DeviceClaim', 'a-rival', 'DevicesConflicted');
      expect(refused.status?.['devices']).toMatchObject({ claimed: 0, conflicted: 4 });
      return scene;
    },
  },
];

async function replay(row: Replay, namespace: string): Promise<void> {
  const { writes = [] } = row;
  const fleet = await standingFleet(namespace, row.fleet);
  try {
    const scene = (await row.play(fleet)) ?? fleet.scene;
    await stands(scene);
    await releaseOne(scene);
    await stands(scene);
    expect(await fleet.writes()).toEqual([...writes, ['devices.unclaim', imei(2)]]);
    expect(fleet.stage.faults()).toEqual([]);
  } finally {
    await fleet.close();
  }
}

describe.concurrent('only what was meant to be released is released, whatever', () => {
  const rows = [
    ...API_SERVERS.map((row) => ({ ...row, whose: 'an API server' })),
    ...VENDORS.map((row) => ({ ...row, whose: 'a vendor list' })),
    ...CONTROLLERS.map((row) => ({ ...row, whose: 'a controller' })),
    ...PEOPLE.map((row) => ({ ...row, whose: 'people:' })),
  ];
  test.each(rows.map((row, index) => ({ ...row, index })))('$whose $what', ({ index, ...row }) =>
    replay(row, `replay-${index}`),
  );
});

const STUCK = { fault: 'operationStuck' };

/** Whether the operation of this device has the vendor's id. */
async function isUnderWay({ client }: Stage, { namespace }: Scene, device: string): Promise<boolean> {
  const page = await client.list(VENDOR_OPERATIONS, { namespace, limit: 100 }, signal);
  const own = page.ok
    ? page.value.items.find(({ spec }) => spec.sample?.includes(`imei:${device}`) === true)
    : undefined;
  return own?.status?.state === 'Submitted';
}

/** A new process believes its reads at once; one that has just claimed allows for claims that do not show yet. */
async function startAnew(stage: Stage, apiUrl: string): Promise<void> {
  await stage.stopController('SIGTERM');
  stage.startController(apiUrl);
}

/** Waits until the claim `order` says that it releases nothing, and why. */
async function held(scene: Scene, reason: string): Promise<void> {
  const isHeld = (it: Parameters<typeof condition>[0]) => condition(it, 'ReleaseHeld')?.reason === reason;
  await scene.until('DeviceClaim', 'order', `holding its releases: ${reason}`, isHeld);
}

/** Waits for so many more complete looks at what customers hold. */
async function reads(scene: Scene, count: number): Promise<void> {
  const filter = { endpoint: 'devices.findByOwner' };
  const before = (await scene.vendor.ledger(filter)).length;
  await eventually(async () => (await scene.vendor.ledger(filter)).length >= before + count, 'more reads');
}

function requests(
  count: number,
): (object: { readonly status?: Readonly<Record<string, unknown>> }) => boolean {
  return ({ status }) =>
    (status?.['guard'] as { readonly requested?: number } | undefined)?.requested === count;
}

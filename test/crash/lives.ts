import type { CallPoint, CallTrace } from './call-trace.ts';
import type { Campaigner } from './campaign.ts';
import { CLAIMS_FLEET } from './claims-fleet.ts';
import { CREATION_FLEET } from './creation-fleet.ts';
import type { Fleet } from './fleet.ts';
import { LINES_FLEET } from './lines-fleet.ts';
import { NETFLIX_FLEET } from './netflix-fleet.ts';
import { BUDGET_FLEET, RELEASES_FLEET } from './releases-fleet.ts';
import type { RunResult } from './run.ts';
import { SAMSUNG_FLEET } from './samsung-fleet.ts';

/** What is played with a fleet. */
interface Played {
  readonly fleet: Fleet;
  /** Faults for another life of it: the vendor carries these requests out and hangs up instead of answering. */
  readonly repliesLost?: readonly object[];
  /** The most delicate moment: the vendor has accepted a request, and nobody on our side knows. */
  readonly sent: CallPoint;
}

const SENT: CallPoint = { port: 'devices.writer', method: 'send', occurrence: 1, moment: 'after' };

/** Everything that is played, by what happens in it. */
export const PLAYED = {
  claiming: {
    fleet: CLAIMS_FLEET,
    // The first claim of each customer; one device may go alone.
    repliesLost: [
      { fault: 'dropAfterEffect', match: { endpoint: 'devices.claimAsync' }, times: 2 },
      ...lost('devices.claim'),
    ],
    sent: SENT,
  },
  releasing: { fleet: RELEASES_FLEET, repliesLost: lost('devices.unclaimAsync'), sent: SENT },
  budget: { fleet: BUDGET_FLEET, sent: SENT },
  creating: { fleet: CREATION_FLEET, repliesLost: lost('customers.create'), sent: SENT },
  /** Both orders that end a line. */
  deleting: {
    fleet: LINES_FLEET,
    repliesLost: lost('ChangeDeviceState', 'DeleteDevices'),
    sent: { ...SENT, port: 'lines.writer' },
  },
  /** Everything an operator writes. */
  operating: {
    fleet: NETFLIX_FLEET,
    repliesLost: [
      ...lost('subscriptions.create', 'subscriptions.suspend', 'subscriptions.unsuspend'),
      ...lost('subscriptions.cancel', 'devices.register', 'devices.unregister', 'charges.acknowledge'),
    ],
    sent: { ...SENT, port: 'subscriptions.writer' },
  },
  /** Both transactions: Samsung is asked for them by our names. */
  transacting: { fleet: SAMSUNG_FLEET, repliesLost: lost('devices.upload', 'devices.delete'), sent: SENT },
} satisfies Readonly<Record<string, Played>>;

export type Play = keyof typeof PLAYED;

/** The first reply of each endpoint is lost, its effect is not. */
function lost(...endpoints: readonly string[]): readonly object[] {
  return endpoints.map((endpoint) => ({ fault: 'dropAfterEffect', match: { endpoint } }));
}

/** Lives in which nobody kills at chosen points: others are measured by them, and take their points from them. */
export interface Lives {
  /** Undisturbed: where a play ends. */
  undisturbed(play: Play): Promise<RunResult>;
  /** With replies lost; it must end where the undisturbed one does. */
  withRepliesLost(play: Exclude<Play, 'budget'>): Promise<RunResult>;
  /** Killed once where the vendor has accepted its first request, so that there is a second start to look at. */
  restarted(play: Play): Promise<RunResult>;
  /** All that were lived so far. */
  lived(): Promise<readonly RunResult[]>;
}

/** Each life is lived once, when it is first asked for. */
export function createLives({ live }: Campaigner): Lives {
  const lives = new Map<string, Promise<RunResult>>();

  function once(name: string, begin: () => Promise<RunResult>): Promise<RunResult> {
    const life = lives.get(name) ?? begin();
    lives.set(name, life);
    return life;
  }

  const undisturbed = (play: Play) => once(`${play} undisturbed`, () => live({ fleet: PLAYED[play].fleet }));

  return {
    undisturbed,
    withRepliesLost: (play) =>
      once(`${play} with replies lost`, async () => {
        const { fleet, repliesLost: faults } = PLAYED[play];
        return live({ fleet, faults }, (await undisturbed(play)).state);
      }),
    restarted: (play) =>
      once(`${play} restarted`, async () => {
        const { fleet, sent } = PLAYED[play];
        return live({ fleet, killAt: [sent] }, (await undisturbed(play)).state);
      }),
    lived: () => Promise.all(lives.values()),
  };
}

/** What the first controller of a life did. */
export function firstTrace({ traces }: RunResult): CallTrace {
  return traces[0] ?? { ports: [], calls: [] };
}

/** What the second one did, after the first was killed. */
export function secondTrace({ traces }: RunResult): CallTrace {
  return traces[1] ?? { ports: [], calls: [] };
}

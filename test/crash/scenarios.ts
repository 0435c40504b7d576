import type { CallPoint } from './call-trace.ts';
import type { Campaigner, CampaignResult } from './campaign.ts';
import { actsOf, firstPointsFrom, isAct, isMomentOfItsOwn, pointsOf } from './kill-points.ts';
import { firstTrace, type Lives, PLAYED, type Play, secondTrace } from './lives.ts';
import type { RunResult, Scenario } from './run.ts';

/** Where lives are cut short: each function carries out the scenarios of one campaign. */
export interface Campaigns {
  /** At every call of a port. */
  everywhere(): Promise<CampaignResult>;
  /** At whatever comes first after a reply was lost. */
  afterLoss(): Promise<CampaignResult>;
  /** Once, and again while it starts. */
  twice(): Promise<CampaignResult>;
  /** At every call that acts, and at those that come after a lost reply. */
  acting(play: Exclude<Play, 'claiming' | 'budget' | 'creating'>): Promise<CampaignResult>;
  /** At every call that acts. */
  actingOnce(play: 'budget' | 'creating'): Promise<CampaignResult>;
}

export function createCampaigns({ carryOut }: Campaigner, lives: Lives): Campaigns {
  return {
    everywhere: async () => {
      const life = await lives.undisturbed('claiming');
      return carryOut(killedAt('claiming', pointsOf(firstTrace(life))), life.state);
    },
    afterLoss: async () => {
      const { state } = await lives.undisturbed('claiming');
      const points = pointsAfterLoss('claiming', await lives.withRepliesLost('claiming'));
      return carryOut(withRepliesLost('claiming', points), state);
    },
    twice: async () => {
      const { state } = await lives.undisturbed('claiming');
      const { fleet, sent } = PLAYED.claiming;
      const again = firstPointsFrom(secondTrace(await lives.restarted('claiming')), undefined);
      const scenarios = again.filter(isMomentOfItsOwn).map((point) => ({ fleet, killAt: [sent, point] }));
      return carryOut(scenarios, state);
    },
    acting: async (play) => {
      const life = await lives.undisturbed(play);
      const points = pointsAfterLoss(play, await lives.withRepliesLost(play)).filter(isAct);
      const scenarios = [...killedAt(play, actsOf(firstTrace(life))), ...withRepliesLost(play, points)];
      return carryOut(scenarios, life.state);
    },
    actingOnce: async (play) => {
      const life = await lives.undisturbed(play);
      // How far a budget goes depends on where it was cut short: there is no one end.
      const expected = play === 'budget' ? undefined : life.state;
      return carryOut(killedAt(play, actsOf(firstTrace(life))), expected);
    },
  };
}

/** What the controller does after its first call was answered by silence, each moment once. */
function pointsAfterLoss(play: Play, life: RunResult): readonly CallPoint[] {
  return firstPointsFrom(firstTrace(life), PLAYED[play].sent).filter(isMomentOfItsOwn);
}

/** One scenario for each of these points. */
function killedAt(play: Play, points: readonly CallPoint[]): readonly Scenario[] {
  const { fleet } = PLAYED[play];
  return points.map((point) => ({ fleet, killAt: [point] }));
}

/** The same while replies are lost. */
function withRepliesLost(play: Exclude<Play, 'budget'>, points: readonly CallPoint[]): readonly Scenario[] {
  const { fleet, repliesLost: faults } = PLAYED[play];
  return points.map((point) => ({ fleet, faults, killAt: [point] }));
}

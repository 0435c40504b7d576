import type { Observation } from '../item.ts';
import type { ObservedSubscription, ShownSubscription, SubscriptionTypes } from './facts.ts';

/**
 * How a subscription stands, as far as the vendor says:
 *
 * | life cycle    | at Netflix    | standing     |                                                            |
 * | ------------- | ------------- | ------------ | ---------------------------------------------------------- |
 * | CANCELLED     | any           | cancelled    |                                                            |
 * | EFFECTIVE     | EFFECTIVE     | effective    | the subscriber watches                                     |
 * | NOT_EFFECTIVE | NOT_EFFECTIVE | notEffective | not registered yet, suspended, or terminated by Netflix    |
 * | one of each                   || notEffective | one side says that nobody watches                          |
 * | an unknown word on either side || unclear     | nothing is concluded from a word that nobody has explained |
 */
export type Standing = 'cancelled' | 'effective' | 'notEffective' | 'unclear';

export function standingOf({ lifeCycle, netflix }: ShownSubscription): Standing {
  if (lifeCycle === 'CANCELLED') return 'cancelled';
  if (lifeCycle === 'UNKNOWN' || netflix === 'UNKNOWN') return 'unclear';
  return lifeCycle === 'EFFECTIVE' && netflix === 'EFFECTIVE' ? 'effective' : 'notEffective';
}

/** The same of a look; `none`: the vendor knows no subscription; `unseen`: nobody has looked. */
export function standingIn(observed: Observation<SubscriptionTypes>): Standing | 'none' | 'unseen' {
  if (observed.is === 'unknown') return 'unseen';
  return observed.is === 'absent' ? 'none' : standingOf(observed.fact);
}

/**
 * Several subscriptions of one subscriber: one that lives counts before cancelled ones, and of those the last that
 * the vendor lists.
 */
export function foldShown(
  before: ObservedSubscription | undefined,
  shown: ShownSubscription,
): ObservedSubscription {
  const lives = standingOf(shown) !== 'cancelled';
  const living = (before?.living ?? 0) + Number(lives);
  const stays = before !== undefined && !lives && standingOf(before) !== 'cancelled';
  return { ...(stays ? before : shown), living };
}

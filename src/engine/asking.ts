import { canonicalText, digestOf } from '../domain/digest.ts';
import type { KindTypes, Verb } from '../domain/item.ts';
import { targetOf, winnerOf } from './items.ts';
import type { LaneState, OpenOperation } from './lane-state.ts';

import type { Ordinal } from './table.ts';

/**
 * What a write of this verb asks for an item, in the words of its declaration, as a digest: a refusal answers exactly
 * this. The resource counts with its age, so that one that was deleted and applied again asks anew; suspending and
 * resuming asks nothing new. The answer serves for as long as nothing is declared in between.
 */
export function askedBy<T extends KindTypes>(
  lane: LaneState<T>,
  verb: Verb,
): (ordinal: Ordinal) => string | undefined {
  // Thousands of items share their resource and what it desires.
  const texts = new Map<unknown, string>();
  const asking = new Map<string, string>();
  return (ordinal) => {
    const target = targetOf(lane, ordinal, verb);
    if (target === undefined) return undefined;
    const text = texts.get(target.desired) ?? canonicalText(target.desired);
    texts.set(target.desired, text);
    const winner = winnerOf(lane, ordinal);
    const resource = `${target.holder} ${winner?.by.createdAtMs}`;
    const who = asking.get(resource) ?? canonicalText([verb, target.holder, winner?.by.createdAtMs]);
    asking.set(resource, who);
    return digestOf(who + canonicalText(winner?.subject) + text);
  };
}

/** One digest of what is asked for all items of a request. */
export function askedTogether(asked: readonly (string | undefined)[]): string {
  return digestOf(asked.join());
}

/**
 * What the operation asked, by position. One that an earlier process sent is only known by the digest of all its items:
 * if that still is what they ask, nothing was changed since; else nobody can tell of which, and nothing is answered.
 */
export function askedOf<T extends KindTypes>(
  lane: LaneState<T>,
  operation: OpenOperation,
): readonly (string | undefined)[] {
  if (operation.asked !== undefined) return operation.asked;
  const { asked: together, verb } = operation.intent;
  if (together === undefined) return [];
  const now = operation.ordinals.map(askedBy(lane, verb));
  return askedTogether(now) === together ? now : [];
}

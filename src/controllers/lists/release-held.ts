import type { Finding } from '../../kube/conditions.ts';
import { type Standing, stalled } from '../standing.ts';
import type { Lists } from './declared.ts';
import type { Incomplete } from './listed-sources.ts';

/**
 * Says that nothing is let go of while a list cannot be trusted: a typo must not release the device it was meant to be.
 * Where the policy is Keep nothing is let go of anyway.
 */
export function releaseHeld(
  { releasePolicy }: { readonly releasePolicy: string },
  { incomplete }: Pick<Lists, 'incomplete'>,
  messages: Readonly<Record<Incomplete, string>>,
): readonly Finding[] {
  if (incomplete === undefined || releasePolicy === 'Keep') return [];
  return [{ type: 'ReleaseHeld', status: 'True', reason: incomplete, message: messages[incomplete] }];
}

/**
 * What is held back is not in step, also where nothing that is declared fails: a list that lost all its rows declares
 * nothing, and all of that stands as declared.
 */
export function unlessReleaseHeld(own: Standing, held: readonly Finding[]): Standing {
  const [first] = held;
  return own.is === 'ready' && first !== undefined ? stalled(first.reason, first.message) : own;
}

import type { InFlight, Item } from './item.ts';
import type { ItemKind, Step } from './kind.ts';

/**
 * The next step of one item. Total and pure: equal inputs give an equal step.
 *
 * Order: finish what is under way, then settle what is unknown by reading, then let the kind repair drift.
 */
export function planItem<Subject, Desired, Row, Observed, Recorded, Verdict>(
  kind: ItemKind<Subject, Desired, Row, Observed, Recorded, Verdict>,
  item: Item<Subject, Desired, Observed, Recorded>,
): Step<Recorded> {
  if (item.inFlight?.is === 'running') return { do: 'wait' };
  if (item.inFlight?.is === 'unknown') return readBack(item.inFlight);
  return kind.next(item);
}

/**
 * An unknown outcome asks for a read, then for another one late enough to prove absence; the engine ends the
 * unknown as soon as `judge` can. Without a time from which absence is proof, a person decides.
 */
function readBack<Recorded>(unknown: InFlight & { is: 'unknown' }): Step<Recorded> {
  return unknown.provableFromMs === undefined
    ? { do: 'observe' }
    : { do: 'observe', notBeforeMs: unknown.provableFromMs };
}

/** What a read says about a write whose reply was lost. */
export type Judgement = 'happened' | 'didNotHappen' | 'cannotTell';

/**
 * | read             | shows the effect | since provableFromMs | judgement    |
 * | ---------------- | ---------------- | -------------------- | ------------ |
 * | before the loss  | –                | –                    | cannotTell   |
 * | after the loss   | yes              | –                    | happened     |
 * | after the loss   | no               | no                   | cannotTell   |
 * | after the loss   | no               | yes                  | didNotHappen |
 */
export function judge<Subject, Desired, Row, Observed, Recorded, Verdict>(
  kind: ItemKind<Subject, Desired, Row, Observed, Recorded, Verdict>,
  item: Item<Subject, Desired, Observed, Recorded>,
): Judgement {
  const { inFlight, observed } = item;
  if (inFlight?.is !== 'unknown' || observed.is === 'unknown') return 'cannotTell';
  if (observed.atMs <= inFlight.lostAtMs) return 'cannotTell';
  if (kind.shows(inFlight.verb, inFlight.partition, observed)) return 'happened';
  const provable = inFlight.provableFromMs;
  return provable !== undefined && observed.atMs >= provable ? 'didNotHappen' : 'cannotTell';
}

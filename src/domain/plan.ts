import type { InFlight, Item, KindTypes, Observation } from './item.ts';
import type { ItemKind, Step } from './kind.ts';

/**
 * The next step of one item. Total and pure: equal inputs give an equal step.
 *
 * Order: finish what is under way, then settle what is unknown by reading, then let the kind repair drift.
 */
export function planItem<T extends KindTypes>(kind: ItemKind<T>, item: Item<T>): Step<T> {
  if (item.inFlight?.is === 'running') return { do: 'wait' };
  if (item.inFlight?.is === 'unknown') return readBack(item.inFlight, item.observed);
  return kind.next(item);
}

/** The first time a look shows nothing, the next one comes this long after the loss. ASSUMED: as for operations. */
const LOOK_AGAIN_MS = 2_000;

/**
 * An unknown outcome asks for a read at once, which may show the effect, for others at growing distances, since
 * the vendor may still be at work, and for one late enough to show it for sure. Where even that does not prove
 * absence, a person decides.
 */
function readBack<T extends KindTypes>(
  unknown: InFlight & { is: 'unknown' },
  observed: Observation<T>,
): Step<T> {
  const { lostAtMs, provableFromMs, visibleFromMs = lostAtMs } = unknown;
  if (observed.is === 'unknown' || observed.atMs <= lostAtMs) {
    return { do: 'observe', notBeforeMs: lostAtMs + 1 };
  }
  const lastMs = provableFromMs ?? visibleFromMs;
  if (provableFromMs === undefined && observed.atMs >= lastMs) return { do: 'wait' };
  const againMs = Math.max(2 * (observed.atMs - lostAtMs), LOOK_AGAIN_MS);
  return { do: 'observe', notBeforeMs: Math.min(lostAtMs + againMs, lastMs) };
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
export function judge<T extends KindTypes>(kind: ItemKind<T>, item: Item<T>): Judgement {
  const { inFlight, observed } = item;
  if (inFlight?.is !== 'unknown' || observed.is === 'unknown') return 'cannotTell';
  if (observed.atMs <= inFlight.lostAtMs) return 'cannotTell';
  if (kind.shows(inFlight.verb, inFlight.partition, observed)) return 'happened';
  const provable = inFlight.provableFromMs;
  return provable !== undefined && observed.atMs >= provable ? 'didNotHappen' : 'cannotTell';
}

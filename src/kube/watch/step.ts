import type { Failure } from '../../ports/failure.ts';

/**
 * Where the reflector stands. Each state carries only what is valid in it.
 *
 * | State    | What came                                | Next                                   |
 * | -------- | ---------------------------------------- | -------------------------------------- |
 * | listing  | a page                                   | listing, with its token                |
 * | listing  | the last page                            | watching, from the list's version      |
 * | listing  | the last page, but it shrank             | paused, then listing once more         |
 * | listing  | a failure, also 410 in mid-list          | paused, then listing without a token   |
 * | watching | an event                                 | watching, from its version             |
 * | watching | the end                                  | watching (paused first, if it was mute) |
 * | watching | a failure                                | paused, then watching                  |
 * | watching | 410, silence, an event that makes no sense | paused, then listing                 |
 */
export type ReflectorState =
  /** Next: the page after `continueToken`, or the first. `recheck`: the list before shrank, this one decides. */
  | { readonly phase: 'listing'; readonly continueToken?: string; readonly recheck: boolean }
  /** Next: what the watch says. */
  | { readonly phase: 'watching'; readonly resourceVersion: string }
  /** Next: after `delayMs` milliseconds, `next`. */
  | { readonly phase: 'paused'; readonly delayMs: number; readonly next: Resumption };

/** What a pause leads to. */
export type Resumption = Exclude<ReflectorState, { readonly phase: 'paused' }>;

/** What the driver saw. */
export type ReflectorInput =
  | { readonly type: 'page'; readonly continueToken: string }
  /** The last page. `missing` of the `held` objects were not on the list. */
  | {
      readonly type: 'lastPage';
      readonly resourceVersion: string;
      readonly missing: number;
      readonly held: number;
    }
  | { readonly type: 'progressed'; readonly resourceVersion: string }
  /** `heard`: at least one event came. */
  | { readonly type: 'ended'; readonly heard: boolean }
  | { readonly type: 'failed'; readonly failure: Failure; readonly backoffMs: number }
  | { readonly type: 'resumed' };

/** Fewer lost objects than this are believed at once, whatever share they are. ASSUMED: a person deletes a few by hand. */
const SHRINK_FLOOR = 10;
/** A list that lost more than this share, in percent, needs a second one that agrees. ASSUMED, as the guard's shrinkPercent. */
const SHRINK_PERCENT = 20;
/** Before a list is repeated to confirm a loss, in milliseconds. ASSUMED: a cache behind a load balancer catches up. */
const RECHECK_DELAY_MS = 2_000;
/** After a watch that ended without a word, in milliseconds: a proxy that closes every stream must not make a busy loop. */
const EMPTY_WATCH_DELAY_MS = 1_000;

/** Where a reflector begins. */
export const INITIAL: Resumption = { phase: 'listing', recheck: false };

/** The next state. Total: what cannot happen in a state leaves it as it is. */
export function step(state: ReflectorState, input: ReflectorInput): ReflectorState {
  switch (state.phase) {
    case 'listing':
      return stepListing(state, input);
    case 'watching':
      return stepWatching(state, input);
    case 'paused':
      return input.type === 'resumed' ? state.next : state;
    default:
      return state satisfies never;
  }
}

/** True when a list shows so much less than was held that it is not believed alone. */
export function isSuspicious(missing: number, held: number): boolean {
  return missing > SHRINK_FLOOR && missing * 100 > held * SHRINK_PERCENT;
}

function stepListing(
  state: Extract<ReflectorState, { readonly phase: 'listing' }>,
  input: ReflectorInput,
): ReflectorState {
  if (input.type === 'page') return { ...state, continueToken: input.continueToken };
  // A failed page voids the list: what came so far may be of another version than what follows.
  if (input.type === 'failed') return pauseAfter(input, { phase: 'listing', recheck: state.recheck });
  if (input.type !== 'lastPage') return state;
  return isSuspicious(input.missing, input.held) && !state.recheck
    ? pause(RECHECK_DELAY_MS, { phase: 'listing', recheck: true })
    : { phase: 'watching', resourceVersion: input.resourceVersion };
}

function stepWatching(
  state: Extract<ReflectorState, { readonly phase: 'watching' }>,
  input: ReflectorInput,
): ReflectorState {
  if (input.type === 'progressed') return { ...state, resourceVersion: input.resourceVersion };
  if (input.type === 'failed') return pauseAfter(input, mustListAgain(input.failure) ? INITIAL : state);
  if (input.type !== 'ended') return state;
  return input.heard ? state : pause(EMPTY_WATCH_DELAY_MS, state);
}

/**
 * The version is gone (410); or nothing came, not even a bookmark, which is how a server behaves that was
 * restored from a backup and waits for a version that may never come; or an event was not understood.
 */
function mustListAgain(failure: Failure): boolean {
  return ['Expired', 'WatchSilent', 'MalformedEvent'].includes(failure.code);
}

function pauseAfter(
  input: Extract<ReflectorInput, { readonly type: 'failed' }>,
  next: Resumption,
): ReflectorState {
  return pause(Math.max(input.backoffMs, input.failure.retryAfterMs ?? 0), next);
}

function pause(delayMs: number, next: Resumption): ReflectorState {
  return { phase: 'paused', delayMs, next };
}

import type { Item, Verb } from '../item.ts';
import type { Step } from '../kind.ts';
import type { DesiredDeletion, LineTypes, ObservedLine, RecordedLine } from './facts.ts';
import {
  isFresh,
  isSamePair,
  isUndisturbed,
  madeAtMs,
  standingOfArchive,
  validReceipt,
} from './freshness.ts';
import { skippedReceipt } from './receipt.ts';
import { resolveLine, wishOf } from './resolve.ts';
import * as stalls from './stalls.ts';

type LineItem = Item<LineTypes>;
type LineStep = Step<LineTypes>;

/** How long the vendor may take for a deactivation before it is called stuck (UWS fact sheet 7: up to 24 hours). */
const DEACTIVATION_LONGEST_MS = 24 * 3_600_000;
/** A deletion is synchronous (5); how long a look may still show the line is not said. ASSUMED. */
const STILL_SHOWN_LONGEST_MS = 600_000;
/** A look that an archive rests on is no older. ASSUMED: short enough to notice a change, long enough to wait in line. */
const ARCHIVED_BY_LOOK_MS = 900_000;
/** A change under way is looked at after a tenth of the time it has taken so far, within these bounds. ASSUMED. */
const LOOK_SOONEST_MS = 2_000;
const LOOK_LATEST_MS = 900_000;

/**
 * The next step of a line nothing is in flight for. The first row that applies decides; whatever is not in this table is
 * not done.
 *
 * | the line                                             | next                                              |
 * | ---------------------------------------------------- | ------------------------------------------------- |
 * | nobody declares it                                   | nothing at the vendor, ever                       |
 * | cannot be looked at by this name                     | stall                                             |
 * | was never touched by us                              | store: look into the archive for a proof          |
 * | is proven gone, and the archive does not know yet    | store: tell the archive                           |
 * | is proven gone: seen again / not seen                | stall `REAPPEARED` / settle                       |
 * | was not looked at                                    | observe                                           |
 * | is not there                                         | keep the proof                                    |
 * | was out of service, and is not as it was             | keep that: waiting and archive begin anew         |
 * | belongs to another account of the login              | stall `OTHER_ACCOUNT`                             |
 * | is seen for the first time                           | keep its pair of phone and SIM                    |
 * | has another pair now                                 | stall `PAIRED_ANEW`                               |
 * | the vendor said that it deleted it                   | look again, at last stall `STILL_SHOWN`           |
 * | a change of state is under way                       | look again                                        |
 * | is active, and was out of service before             | stall `REACTIVATED`                               |
 * | is active, `deactivate: Never`                       | stall `LINE_ACTIVE`                               |
 * | is active, its deactivation was sent                 | look again, at last stall                         |
 * | is active                                            | call `deactivateLine`                             |
 * | is suspended, pre-active or unheard of               | stall                                             |
 * | is deactive, for the first time                      | keep since when                                   |
 * | is deactive, usage may still trickle in              | wait                                              |
 * | is deactive, archived, and was unseen for days since | keep that: archive anew                           |
 * | is deactive, archived, and waits for long            | keep when it was seen                             |
 * | is deactive, has no valid receipt, the look is old   | observe                                           |
 * | is deactive, has no valid receipt                    | store: archive (or keep that it is skipped)       |
 * | is deactive, not looked at since, or not just now    | observe                                           |
 * | is deactive                                          | call `deleteLine`                                 |
 */
export function nextLineStep(item: LineItem): LineStep {
  const { winner } = resolveLine(item);
  const wish = wishOf(item);
  if (winner === undefined || wish === undefined) return nextOfUndeclared(item);
  if (winner.subject.kind === 'eid') return stalls.notReadable;
  const { recorded, observed } = item;
  if (recorded === undefined) return unlessRefused(item, { do: 'store', reason: 'LookForProof' });
  if (recorded.gone !== undefined) return nextOfGone(item, recorded);
  if (recorded.holder !== winner.by.holder) {
    return { do: 'keep', record: { ...recorded, holder: winner.by.holder }, reason: 'DeclaredElsewhere' };
  }
  if (observed.is === 'unknown') return lookAt(recorded, wish);
  if (observed.is === 'absent') return keepGone(item, recorded);
  return nextOfPresent(item, recorded, observed.fact, wish);
}

/**
 * Nothing is done at the vendor for a line that nobody declares. What was found out about it is forgotten, so that
 * declaring it anew begins anew; but not what was done to it.
 */
function nextOfUndeclared(item: LineItem): LineStep {
  const { recorded, observed, formerHolder } = item;
  if (recorded === undefined || recorded.gone !== undefined || formerHolder === 'holds')
    return { do: 'settle' };
  if (recorded.deletionSentAtMs === undefined)
    return { do: 'keep', record: undefined, reason: 'NotDeclared' };
  if (observed.is === 'absent') return keepGone(item, recorded);
  const isOld = observed.is === 'present' && observed.fact.readAtMs <= recorded.deletionSentAtMs;
  return observed.is === 'unknown' || isOld ? { do: 'observe' } : { do: 'settle' };
}

function nextOfGone(item: LineItem, { gone }: RecordedLine): LineStep {
  const { observed } = item;
  if (gone?.isFiled === false) return unlessRefused(item, { do: 'store', reason: 'FileProof' });
  if (observed.is === 'unknown') return { do: 'observe' };
  return observed.is === 'present' ? stalls.reappeared : { do: 'settle' };
}

function keepGone(item: LineItem, recorded: RecordedLine): LineStep {
  const how =
    recorded.deletionSentAtMs !== undefined
      ? 'Deleted'
      : recorded.names !== undefined
        ? 'GoneElsewhere'
        : 'NeverSeen';
  const gone = { how, provenAtMs: item.nowMs, isFiled: false } as const;
  return { do: 'keep', record: { ...recorded, gone }, reason: 'SeenGone' };
}

/** With a receipt in hand the look is the last before the deletion, which the guard counts already. */
function lookAt(recorded: RecordedLine, wish: DesiredDeletion): LineStep {
  const isLast =
    validReceipt(recorded, wish.archive) !== undefined && recorded.deletionSentAtMs === undefined;
  return isLast ? { do: 'observe', before: 'deleteLine' } : { do: 'observe' };
}

function nextOfPresent(
  item: LineItem,
  recorded: RecordedLine,
  line: ObservedLine,
  wish: DesiredDeletion,
): LineStep {
  const { names, deletionSentAtMs, deactivationSentAtMs } = recorded;
  if (wasStirred(recorded, line)) return beginAnew(item, recorded);
  if (line.isElsewhere) return stalls.elsewhere;
  if (names === undefined) {
    return { do: 'keep', record: { ...recorded, names: line.names }, reason: 'SeenFirst' };
  }
  if (!isSamePair(names, line.names)) return stalls.pairedAnew(names, line.names);
  if (deletionSentAtMs !== undefined) {
    return lookAgain(item, line, deletionSentAtMs, STILL_SHOWN_LONGEST_MS, stalls.stillShown);
  }
  switch (line.state) {
    case 'pending':
      return lookAgain(item, line, deactivationSentAtMs);
    case 'active':
      return nextOfActive(item, recorded, line, wish);
    case 'suspended':
      return stalls.suspended;
    case 'preactive':
      return stalls.preactive;
    case 'unheardOf':
      return stalls.unheardOf(line);
    case 'deactive':
      return nextOfDeactive(item, recorded, line, wish);
    default:
      return line.state satisfies never;
  }
}

/** Usage it had in between is in no archive, whatever becomes of the line now. */
function wasStirred(recorded: RecordedLine, line: ObservedLine): boolean {
  const { quietSinceMs, deletionSentAtMs } = recorded;
  return quietSinceMs !== undefined && deletionSentAtMs === undefined && !isUndisturbed(recorded, line);
}

function beginAnew({ nowMs }: LineItem, recorded: RecordedLine): LineStep {
  const { quietSinceMs: _, deactivationSentAtMs: __, ...rest } = withoutReceipt(recorded);
  return { do: 'keep', record: { ...rest, stirredAtMs: nowMs }, reason: 'NoLongerOutOfService' };
}

function withoutReceipt(recorded: RecordedLine): RecordedLine {
  const { receipt: _, seenQuietAtMs: __, ...rest } = recorded;
  return rest;
}

function nextOfActive(
  item: LineItem,
  { stirredAtMs, deactivationSentAtMs }: RecordedLine,
  line: ObservedLine,
  wish: DesiredDeletion,
): LineStep {
  if (stirredAtMs !== undefined) return stalls.reactivated;
  if (deactivationSentAtMs !== undefined) {
    const { deactivationWithoutEffect } = stalls;
    return lookAgain(item, line, deactivationSentAtMs, DEACTIVATION_LONGEST_MS, deactivationWithoutEffect);
  }
  if (wish.deactivate === 'Never') return stalls.active;
  const reason = { reason: 'InService', field: 'spec.deactivate' };
  return unlessRefused(item, { do: 'call', verb: 'deactivateLine', reason });
}

function nextOfDeactive(
  item: LineItem,
  recorded: RecordedLine,
  line: ObservedLine,
  wish: DesiredDeletion,
): LineStep {
  const { nowMs } = item;
  const { quietSinceMs } = recorded;
  if (quietSinceMs === undefined) {
    return { do: 'keep', record: { ...recorded, quietSinceMs: nowMs }, reason: 'SeenOutOfService' };
  }
  const settledAtMs = quietSinceMs + wish.usageSettlesAfterMs;
  if (nowMs < settledAtMs) return { do: 'wait', untilMs: settledAtMs };
  const archive = standingOfArchive(recorded, line, nowMs);
  if (archive === 'ofTheFuture') {
    return { do: 'keep', record: withoutReceipt(recorded), reason: 'ClockWasAhead', aside: true };
  }
  if (archive === 'tooOld') {
    return { do: 'keep', record: withoutReceipt(recorded), reason: 'UnseenForLong', aside: true };
  }
  if (archive === 'toBeNoted') {
    const record = { ...recorded, seenQuietAtMs: line.readAtMs };
    return { do: 'keep', record, reason: 'SeenOutOfService', aside: true };
  }
  const receipt = validReceipt(recorded, wish.archive);
  // What is archived must be the line that was meant: an old look does not tell.
  if (receipt === undefined && isOld(item, line)) return { do: 'observe' };
  if (receipt === undefined) return makeReceipt(item, recorded, wish);
  // A look that is not later than the receipt would be asked for again, and again.
  if (nowMs <= madeAtMs(receipt)) return { do: 'wait', untilMs: madeAtMs(receipt) + 1 };
  if (!isFresh(line, receipt, nowMs)) return lookAt(recorded, wish);
  const reason = { reason: 'Archived', field: 'spec.devices' };
  return unlessRefused(item, { do: 'call', verb: 'deleteLine', reason });
}

function isOld({ nowMs }: LineItem, { readAtMs }: ObservedLine): boolean {
  return nowMs < readAtMs || nowMs - readAtMs > ARCHIVED_BY_LOOK_MS;
}

function makeReceipt(item: LineItem, recorded: RecordedLine, wish: DesiredDeletion): LineStep {
  if (wish.archive === 'Required') return unlessRefused(item, { do: 'store', reason: 'Archive' });
  const receipt = skippedReceipt(item.nowMs);
  return { do: 'keep', record: { ...recorded, receipt }, reason: 'ArchiveSkipped' };
}

/** Looks again after a tenth of the time that the change has taken, until it took too long. */
function lookAgain(
  { nowMs }: LineItem,
  { readAtMs }: ObservedLine,
  sinceMs: number | undefined,
  longestMs = Number.POSITIVE_INFINITY,
  atLast: LineStep = { do: 'wait' },
): LineStep {
  // How long a change takes that a clock which was ahead noted nobody knows.
  const tookMs = sinceMs === undefined || sinceMs > nowMs ? undefined : nowMs - sinceMs;
  if (tookMs !== undefined && tookMs > longestMs) return atLast;
  const everyMs = Math.min(
    Math.max((tookMs ?? Number.POSITIVE_INFINITY) / 10, LOOK_SOONEST_MS),
    LOOK_LATEST_MS,
  );
  // A look of the future is one of a clock that was set back since.
  const isDue = nowMs >= readAtMs + everyMs || nowMs < readAtMs;
  return isDue ? { do: 'observe' } : { do: 'wait', untilMs: readAtMs + everyMs };
}

/** A refusal stands until the declaration changes, or until its time has come to ask again. */
function unlessRefused(item: LineItem, step: LineStep): LineStep {
  const { failure } = item;
  const asked: Verb | 'store' | undefined =
    step.do === 'call' ? step.verb : step.do === 'store' ? 'store' : undefined;
  if (failure === undefined || failure.due || failure.verb !== asked) return step;
  if (failure.failure.kind === 'passing') return { do: 'wait' };
  return { do: 'stall', failure: failure.failure };
}

import type { Declared, Item, ItemFailure } from '../item.ts';
import type { Step } from '../kind.ts';
import { type ChargeTypes, contentOf, type ObservedCharge, type RecordedCharge } from './facts.ts';

type ChargeItem = Item<ChargeTypes>;
type ChargeStep = Step<ChargeTypes>;

/**
 * The next step of a charge nothing is in flight for:
 *
 * | our record   | the vendor lists it       | next                                                         |
 * | ------------ | ------------------------- | ------------------------------------------------------------ |
 * | nothing      | decided, or contradictory | store it                                                     |
 * | nothing      | not decided yet, or not   | nothing                                                      |
 * | recorded     | not decided, without doubt | nothing: it was decided, or in doubt, and is not any more   |
 * | recorded     | otherwise than recorded   | store it again                                               |
 * | recorded     | as recorded               | acknowledge it, if its feed says so; a refusal is for review |
 * | recorded, its object deleted | –          | forget it; what is still listed is stored again              |
 * | recorded, reply lost | otherwise than recorded | what was lost came to nothing: go on as if it had not been sent |
 * | recorded, reply lost | not any more      | acknowledge it all the same: the answer tells what became of it |
 * | recorded, to be acknowledged | missed for an hour | a person is asked; it is acknowledged once it is listed again |
 * | recorded, review | missed for an hour    | somebody acknowledged it: write that down                    |
 * | acknowledged, refused | –                | write that down                                              |
 * | review       | as recorded               | nothing: a person must look                                  |
 * | done         | still                     | nothing: the vendor was told, and its list is late           |
 * | done         | not any more              | forget it                                                    |
 */
export function nextChargeStep(item: ChargeItem, winner: Declared<ChargeTypes> | undefined): ChargeStep {
  const { recorded, observed } = item;
  if (winner === undefined) return { do: 'settle' };
  if (recorded === undefined) {
    const isListed = observed.is === 'present' && isToRecord(observed.fact);
    return isListed ? store(item, 'Listed') : { do: 'settle' };
  }
  if (recorded.is === 'done' && observed.is === 'absent') {
    return { do: 'keep', record: undefined, reason: 'Done' };
  }
  if (recorded.is === 'done') return { do: 'settle' };
  if (recorded.is === 'acknowledged') return store(item, 'Acknowledged');
  if (recorded.is === 'refused') return store(item, 'Refused');
  // A record that has not been looked for since the process began, or a reply was lost, says nothing of the list.
  if (observed.is === 'unknown') return unseen(item);
  if (observed.is === 'absent') return unlisted(item, recorded, winner, observed.atMs);
  if (recorded.missedSinceMs !== undefined) {
    const { missedSinceMs: _, ...listed } = recorded;
    return { do: 'keep', record: listed, reason: 'ListedAgain', aside: true };
  }
  const shown = observed.fact;
  const isAsBefore = isToRecord(shown) && isAsRecorded(recorded, shown);
  if (recorded.replyLost === true && !isAsBefore) {
    const { replyLost: _, ...notSent } = recorded;
    return { do: 'keep', record: notSent, reason: 'ListedOtherwise', aside: true };
  }
  // Such a charge is never acknowledged (fact sheet 8.4), whatever was recorded of it.
  if (!isToRecord(shown)) return { do: 'settle' };
  if (!isAsBefore) return store(item, 'Changed');
  if (recorded.is === 'review' || winner.by.desired.acknowledge === 'Never') return { do: 'settle' };
  return acknowledge(item, recorded);
}

/** The set is looked at in any case; what was sent and not answered needs it once its time to be sent again has come. */
function unseen({ failure }: ChargeItem): ChargeStep {
  if (failure?.verb !== 'acknowledgeCharge') return { do: 'settle' };
  return failure.due ? { do: 'observe' } : { do: 'wait' };
}

/**
 * What both lists miss for so long was acknowledged by somebody else. ASSUMED: no list is wrongly empty, look after look,
 * for longer than a vendor's outage.
 */
export const GONE_AFTER_MS = 3_600_000;

const LISTED_NO_MORE: ItemFailure = {
  code: 'LISTED_NO_MORE',
  message:
    'the charge left the vendor’s lists before the vendor was told of it: it is acknowledged once it is listed again; if somebody else acknowledged it, set acknowledge to Never until the charge says so',
  kind: 'passing',
};

/**
 * A list without it proves nothing: it may be wrongly empty, and a charge that is taken for acknowledged by mistake is never
 * acknowledged. Where we told the vendor and heard nothing, it is told again, which is harmless, and its answer counts. Where
 * we did not, it is not told now: what is no longer listed may have changed meanwhile, and be undecided or another one. A
 * person is asked after an hour; where we only record, that hour alone tells.
 */
function unlisted(
  item: ChargeItem,
  recorded: RecordedCharge,
  { by }: Declared<ChargeTypes>,
  atMs: number,
): ChargeStep {
  const { failure, nowMs, monotonicMs = 0 } = item;
  const isAnswered = failure?.verb === 'acknowledgeCharge' && failure.failure.kind !== 'passing';
  const isToTell = recorded.is === 'recorded' && by.desired.acknowledge === 'AfterRecording';
  if (isToTell && (recorded.replyLost === true || isAnswered)) return acknowledge(item, recorded);
  const lookedAtMs = nowMs - (monotonicMs - atMs);
  const { missedSinceMs = lookedAtMs } = recorded;
  if (recorded.missedSinceMs === undefined) {
    return { do: 'keep', record: { ...recorded, missedSinceMs }, reason: 'Missed', aside: true };
  }
  const goneAtMs = missedSinceMs + GONE_AFTER_MS;
  if (lookedAtMs >= goneAtMs) {
    if (isToTell) return { do: 'stall', failure: LISTED_NO_MORE };
    return { do: 'keep', record: { ...recorded, is: 'acknowledged' }, reason: 'NoLongerListed' };
  }
  return nowMs >= goneAtMs ? { do: 'observe' } : { do: 'settle', untilMs: goneAtMs };
}

/** What waits for a decision is recorded once that is made; what contradicts itself is recorded for a person. */
export function isToRecord(shown: ObservedCharge): boolean {
  return shown.status !== 'PENDING' || shown.review !== undefined;
}

/** Whether the vendor lists it as it was written down. */
export function isAsRecorded(recorded: RecordedCharge, shown: ObservedCharge): boolean {
  const isSameDoubt = recorded.review === 'VendorRefused' || recorded.review === shown.review;
  const content = contentOf(shown);
  return isSameDoubt && recorded.status === shown.status && (recorded.content ?? content) === content;
}

/** The NetflixCharge is gone, so nothing was sent: what the vendor still lists is recorded anew. */
const DELETED = 'CHARGE_DELETED';

function acknowledge({ failure }: ChargeItem, recorded: RecordedCharge): ChargeStep {
  const refused = failure?.verb === 'acknowledgeCharge' && !failure.due ? failure.failure : undefined;
  if (refused?.code === DELETED) return { do: 'keep', record: undefined, reason: DELETED };
  if (refused?.kind === 'invalid') {
    return { do: 'keep', record: { ...recorded, is: 'refused' }, reason: refused.code };
  }
  if (refused !== undefined) return { do: 'wait' };
  const reason = { reason: 'NotAcknowledged', field: 'spec.acknowledge' };
  return { do: 'call', verb: 'acknowledgeCharge', reason };
}

function store({ failure }: ChargeItem, reason: string): ChargeStep {
  if (failure === undefined || failure.due || failure.verb !== 'store') return { do: 'store', reason };
  return failure.failure.kind === 'passing' ? { do: 'wait' } : { do: 'stall', failure: failure.failure };
}

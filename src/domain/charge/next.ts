import type { Declared, Item } from '../item.ts';
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
 * | recorded     | not any more              | acknowledge it all the same, if its feed says so: the answer tells what became of it |
 * | recorded, review | missed for an hour    | somebody acknowledged it: write that down                    |
 * | acknowledged, refused | –                | write that down                                              |
 * | review       | as recorded               | nothing: a person must look                                  |
 * | done         | still                     | nothing: the vendor was told, and its list is late           |
 * | done         | not any more              | forget it                                                    |
 */
export function nextChargeStep(item: ChargeItem, winner: Declared<ChargeTypes> | undefined): ChargeStep {
  const { recorded, observed } = item;
  if (winner === undefined) return { do: 'settle' };
  const shown = observed.is === 'present' ? observed.fact : undefined;
  if (recorded === undefined) {
    return shown !== undefined && isToRecord(shown) ? store(item, 'Listed') : { do: 'settle' };
  }
  if (recorded.is === 'done' && observed.is === 'absent') {
    return { do: 'keep', record: undefined, reason: 'Done' };
  }
  if (recorded.is === 'done') return { do: 'settle' };
  if (recorded.is === 'acknowledged') return store(item, 'Acknowledged');
  if (recorded.is === 'refused') return store(item, 'Refused');
  // A record that has not been looked for since the process began, or a reply was lost, says nothing of the list.
  if (observed.is === 'unknown') return unseen(item);
  if (shown === undefined) return unlisted(item, recorded, winner);
  if (recorded.missedSinceMs !== undefined) {
    const { missedSinceMs: _, ...listed } = recorded;
    return { do: 'keep', record: listed, reason: 'ListedAgain', aside: true };
  }
  // Such a charge is never acknowledged (fact sheet 8.4), whatever was recorded of it.
  if (!isToRecord(shown)) return { do: 'settle' };
  if (!isAsRecorded(recorded, shown)) return store(item, 'Changed');
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

/**
 * A list without it proves nothing: it may be wrongly empty, and a charge that is taken for acknowledged by mistake is never
 * acknowledged. Where it is to be acknowledged anyway, the vendor is told (again), which is harmless, and its answer counts.
 * Where it is not, only time tells.
 */
function unlisted(item: ChargeItem, recorded: RecordedCharge, { by }: Declared<ChargeTypes>): ChargeStep {
  if (recorded.is === 'recorded' && by.desired.acknowledge === 'AfterRecording') {
    return acknowledge(item, recorded);
  }
  const { observed, nowMs, monotonicMs = 0 } = item;
  const lookedAtMs = nowMs - (monotonicMs - (observed.is === 'unknown' ? monotonicMs : observed.atMs));
  const { missedSinceMs = lookedAtMs } = recorded;
  if (recorded.missedSinceMs === undefined) {
    return { do: 'keep', record: { ...recorded, missedSinceMs }, reason: 'Missed', aside: true };
  }
  const goneAtMs = missedSinceMs + GONE_AFTER_MS;
  if (lookedAtMs >= goneAtMs) {
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

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
 * | recorded, review | not any more          | somebody acknowledged it: write that down                    |
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
  // A record that has not been looked for since the process began says nothing of the list.
  if (observed.is === 'unknown') return { do: 'settle' };
  if (shown === undefined) {
    return { do: 'keep', record: { ...recorded, is: 'acknowledged' }, reason: 'NoLongerListed' };
  }
  // Such a charge is never acknowledged (fact sheet 8.4), whatever was recorded of it.
  if (!isToRecord(shown)) return { do: 'settle' };
  if (!isAsRecorded(recorded, shown)) return store(item, 'Changed');
  if (recorded.is === 'review' || winner.by.desired.acknowledge === 'Never') return { do: 'settle' };
  return acknowledge(item, recorded);
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

function acknowledge({ failure }: ChargeItem, recorded: RecordedCharge): ChargeStep {
  const refused = failure?.verb === 'acknowledgeCharge' && !failure.due ? failure.failure : undefined;
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

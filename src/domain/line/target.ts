import type { Item, Verb } from '../item.ts';
import type { Success, Target } from '../kind.ts';
import type { LineOrder, LineTypes, RecordedLine } from './facts.ts';
import { isFresh, isSamePair, validReceipt } from './freshness.ts';
import { resolveLine, wishOf } from './resolve.ts';

/**
 * What a write would do to a line, and for whom, by what is wished and recorded; undefined when anything is missing:
 *
 * | verb           | the wish               | the record                                     |
 * | -------------- | ---------------------- | ---------------------------------------------- |
 * | deactivateLine | `deactivate: IfActive` | no proof, no order before, never out of service |
 * | deleteLine     | –                      | no proof, no order before, a valid receipt     |
 */
export function lineTarget(item: Item<LineTypes>, verb: Verb): Target<LineTypes> | undefined {
  const { winner } = resolveLine(item);
  const desired = orderOf(item, verb);
  if (winner === undefined || desired === undefined) return undefined;
  const { holder, suspended } = winner.by;
  return { subject: winner.subject, desired, holder, suspended };
}

function orderOf(item: Item<LineTypes>, verb: Verb): LineOrder | undefined {
  const { recorded } = item;
  const wish = wishOf(item);
  if (wish === undefined || recorded?.names === undefined) return undefined;
  const { names, gone, deletionSentAtMs, deactivationSentAtMs, quietSinceMs, stirredAtMs } = recorded;
  if (gone !== undefined || deletionSentAtMs !== undefined) return undefined;
  if (verb === 'deactivateLine') {
    const isWished = wish.deactivate === 'IfActive';
    const wasQuiet = quietSinceMs !== undefined || stirredAtMs !== undefined;
    if (!isWished || deactivationSentAtMs !== undefined || wasQuiet) return undefined;
    return { asks: 'deactivation', etfWaiver: wish.etfWaiver, names };
  }
  const receipt = verb === 'deleteLine' ? validReceipt(recorded, wish.archive) : undefined;
  return receipt && { asks: 'deletion', receipt, names };
}

/**
 * What the last look must have shown, asked in the moment before the request leaves:
 *
 * | verb           | the line                                                        |
 * | -------------- | --------------------------------------------------------------- |
 * | deactivateLine | of this account, the same pair of phone and SIM, active         |
 * | deleteLine     | the same, but deactive, after the archive was safe and just now |
 */
export function lineMayGo(item: Item<LineTypes>, verb: Verb): boolean {
  const { recorded, observed, nowMs } = item;
  const order = orderOf(item, verb);
  if (order === undefined || recorded?.names === undefined || observed.is !== 'present') return false;
  const { fact: line } = observed;
  if (line.isElsewhere || !isSamePair(recorded.names, line.names)) return false;
  if (order.asks === 'deactivation') return line.state === 'active';
  return line.state === 'deactive' && isFresh(line, order.receipt, nowMs);
}

/** What is recorded once the vendor took an order: that, and when. What came of it only a look can tell. */
export function recordAfterLine({
  verb,
  recorded,
  nowMs,
}: Success<LineTypes>): { readonly value: RecordedLine } | undefined {
  if (recorded === undefined) return undefined;
  if (verb === 'deactivateLine') return { value: { ...recorded, deactivationSentAtMs: nowMs } };
  return verb === 'deleteLine' ? { value: { ...recorded, deletionSentAtMs: nowMs } } : undefined;
}

import type { ItemFailure, ItemKey } from '../../domain/item.ts';
import { canonicalOf } from '../../domain/line/identifier.ts';
import { redactText } from '../../http/redact.ts';
import type { ItemOutcome } from '../../ports/writer.ts';
import type { WireDeleteResult } from './wire.ts';

/**
 * What became of the lines of a DeleteDevices, by identifier and never by place (5). A line that no result, or more than
 * one, speaks of, or of which it says neither `Success` nor `Failed`, gets no outcome: it is looked up again.
 */
export function toOutcomes(
  results: readonly WireDeleteResult[],
  keys: readonly ItemKey[],
): readonly ItemOutcome[] {
  return keys.flatMap((key) => {
    const [result, ...others] = results.filter(
      ({ device }) => `${device.kind}:${canonicalOf(device.identifier)}` === key,
    );
    if (result === undefined || others.length > 0) return [];
    if (result.status === 'Success') return [{ key }];
    return result.status === 'Failed' ? [{ key, failure: deleteFailure(result.message ?? '') }] : [];
  });
}

/**
 * Why one line was not deleted. Two messages are documented, the first in two spellings; any other one is kept word for
 * word (5).
 */
export function deleteFailure(message: string): ItemFailure {
  const says = `Verizon says: ${redactText(message)}`;
  if (/not in deactiv(e|ate) state/i.test(message)) {
    return {
      code: 'NOT_DEACTIVATED',
      message: `the line is not out of service, so it is looked at again; ${says}`,
      kind: 'passing',
    };
  }
  if (/does not have access/i.test(message)) {
    return {
      code: 'FORBIDDEN',
      message: `the login may not delete this line: give it the right at Verizon; ${says}`,
      kind: 'heldByOther',
    };
  }
  return { code: 'DELETE_REFUSED', message: `the line was not deleted; ${says}`, kind: 'heldByOther' };
}

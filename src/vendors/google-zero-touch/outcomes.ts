import { identityKeys } from '../../domain/device/identity.ts';
import type { ItemKey } from '../../domain/item.ts';
import type { OperationProgress } from '../../ports/operation-poller.ts';
import type { ItemOutcome } from '../../ports/writer.ts';
import { type DeviceResult, readResult } from './item-failure.ts';
import { fromWire } from './mapping.ts';
import type { WireIdentifier, WireOperation, WirePerDevice } from './wire.ts';

/**
 * What became of an operation. `keys` are the request's items in its order.
 *
 * | The entry's echo names    | it speaks of                                                  |
 * | ------------------------- | ------------------------------------------------------------- |
 * | exactly one of our keys   | that item, wherever the entry stands                          |
 * | several of them           | the one at its place in the request, if it is among them      |
 * | no device at all          | the item at its place, if there are as many entries as items  |
 * | a device that is not ours | nothing of ours                                               |
 *
 * An item that no entry, or more than one, speaks of gets no outcome: it is read back. Google may drop items it
 * cannot parse, so neither order nor echo alone would do (guides/how-it-works#operations).
 */
export function toProgress(operation: WireOperation, keys: readonly ItemKey[]): OperationProgress {
  if (operation.done !== true) return { is: 'running' };
  const entries = operation.response?.perDeviceStatus ?? [];
  const wanted = new Set(keys);
  const results = new Map<ItemKey, DeviceResult[]>();
  for (const [index, entry] of entries.entries()) {
    const atPlace = entries.length === keys.length ? keys[index] : undefined;
    const key = subjectOf(entry, wanted, atPlace);
    if (key !== undefined) results.set(key, [...(results.get(key) ?? []), resultOf(entry)]);
  }
  return { is: 'finished', outcomes: keys.flatMap((key) => outcomeOf(key, results.get(key) ?? [])) };
}

function subjectOf(
  entry: WirePerDevice,
  wanted: ReadonlySet<ItemKey>,
  atPlace: ItemKey | undefined,
): ItemKey | undefined {
  const echoed = identityKeys(fromWire(echoOf(entry)));
  if (echoed.length === 0) return atPlace;
  const ours = echoed.filter((key) => wanted.has(key));
  return atPlace !== undefined && ours.includes(atPlace) ? atPlace : single(ours);
}

function outcomeOf(key: ItemKey, results: readonly DeviceResult[]): readonly ItemOutcome[] {
  const result = single(results);
  if (result === undefined || result.is === 'unsaid') return [];
  return [result.is === 'success' ? { key } : { key, failure: result.failure }];
}

function resultOf(entry: WirePerDevice): DeviceResult {
  return readResult(entry.result, verbOf(entry), echoOf(entry));
}

/** An entry without echo does not say what was asked; most requests are claims. */
function verbOf(entry: WirePerDevice): 'claim' | 'unclaim' | 'updateMetadata' {
  if (entry.unclaim !== undefined) return 'unclaim';
  return entry.updateMetadata === undefined ? 'claim' : 'updateMetadata';
}

function echoOf(entry: WirePerDevice): WireIdentifier {
  return (entry.claim ?? entry.unclaim ?? entry.updateMetadata)?.deviceIdentifier ?? {};
}

function single<T>(list: readonly T[]): T | undefined {
  return list.length === 1 ? list[0] : undefined;
}

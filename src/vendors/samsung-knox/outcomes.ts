import type { ItemFailure, ItemKey } from '../../domain/item.ts';
import type { OperationProgress } from '../../ports/operation-poller.ts';
import { FAILED_DEVICE_FIELDS, transactionState } from './assumed.ts';
import { readFailure } from './item-failure.ts';
import { canonicalName, nameOf } from './mapping.ts';
import type { WireFailedDevice, WireTransaction } from './wire.ts';

const REJECTED: ItemFailure = {
  code: 'INVALID_PARAM_DEFAULT',
  kind: 'passing',
  message: 'Samsung rejected the transaction it was in',
};

/**
 * What became of a transaction; `keys` are its items. Samsung lists only those that failed: an item it does not
 * name has succeeded (KDP, transaction status). A failure that names none of our items may mean any of them, so
 * then those it does not name get no outcome, and are read back.
 */
export function toProgress(transaction: WireTransaction, keys: readonly ItemKey[]): OperationProgress {
  const state = transactionState(transaction.state);
  // A word nobody knows proves nothing: it is asked about again.
  if (state === 'working' || state === 'unknown') return { is: 'running' };
  if (state === 'rejected') return finished(keys.map((key) => ({ key, failure: REJECTED })));
  const listed = transaction.devices ?? [];
  const failures = new Map(
    listed.flatMap((failed) => namesOf(failed).map((name) => [name, readFailure(failed)] as const)),
  );
  const ours = new Set(keys.map((key) => canonicalName(nameOf(key))));
  const allNamed = listed.every((failed) => namesOf(failed).some((name) => ours.has(name)));
  return finished(
    keys.flatMap((key) => {
      const failure = failures.get(canonicalName(nameOf(key)));
      if (failure !== undefined) return [{ key, failure }];
      return allNamed ? [{ key }] : [];
    }),
  );
}

function finished(outcomes: (OperationProgress & { is: 'finished' })['outcomes']): OperationProgress {
  return { is: 'finished', outcomes };
}

/** Whatever identifier a failed device stands under. */
function namesOf(failed: WireFailedDevice): readonly string[] {
  return FAILED_DEVICE_FIELDS.flatMap(([field, type]) => {
    const identifier = failed[field];
    return typeof identifier === 'string' && identifier !== '' ? [canonicalName({ type, identifier })] : [];
  });
}

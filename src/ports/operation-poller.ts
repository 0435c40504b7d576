import type { ItemKey } from '../domain/item.ts';
import type { Result } from './failure.ts';
import type { ItemOutcome } from './writer.ts';

export type OperationProgress =
  | { readonly is: 'running' }
  | { readonly is: 'finished'; readonly outcomes: readonly ItemOutcome[] };

/** A vendor whose operations go by names that we choose: what became of one can be asked whatever became of the reply. */
export interface OwnNames {
  /** The vendor's id of the operation that a request with this key started, if it arrived. Pure. */
  operationIdOf(requestKey: string): string;
  /**
   * How long after a request a poll may still miss its operation, in ms. Before, `notFound` says nothing; from then
   * on, of an operation that was never seen, it says that the request never arrived.
   */
  readonly visibleAfterMs: number;
}

/**
 * Asks a vendor what became of an operation. `keys` are the items of the request in its order, from the
 * journal: after a restart nothing else is left of it. `notFound` means that the vendor forgot the operation.
 */
export interface OperationPoller {
  poll(
    operationId: string,
    keys: readonly ItemKey[],
    signal: AbortSignal,
  ): Promise<Result<OperationProgress>>;
  /** Absent where the vendor names its operations itself. */
  readonly ownNames?: OwnNames;
}

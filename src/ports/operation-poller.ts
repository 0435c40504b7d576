import type { ItemKey } from '../domain/item.ts';
import type { Result } from './failure.ts';
import type { ItemOutcome } from './writer.ts';

export type OperationProgress =
  | { readonly is: 'running' }
  | { readonly is: 'finished'; readonly outcomes: readonly ItemOutcome[] };

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
}

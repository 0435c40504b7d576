import type { VendorOperationStatus } from '../../api/vendor-operation.generated.ts';
import type { OperationStateName } from '../../domain/operation.ts';
import { kubeTime } from '../../kube/conditions.ts';
import type { OperationFacts } from '../../ports/journal.ts';

type Conditions = NonNullable<VendorOperationStatus['conditions']>;

/** The intent is written once, so every status is about the first generation (crds/vendoroperations.yaml). */
export const GENERATION = 1;

/**
 * What the state of an operation says as conditions. `Ready`: it has ended, and what became of every item is known;
 * `Reconciling`: it is under way. Made from the facts alone, so that noting the same facts again changes nothing; empty
 * before anything was sent.
 */
export function conditionsOf({ state, submittedAtMs, finishedAtMs }: OperationFacts): Conditions {
  const sinceMs = finishedAtMs ?? submittedAtMs;
  if (sinceMs === undefined) return [];
  const hasEnded = finishedAtMs !== undefined;
  const reason = state === 'Unknown' ? 'OutcomeUnknown' : state;
  const common = {
    reason,
    message: MESSAGES[state],
    lastTransitionTime: kubeTime(sinceMs),
    observedGeneration: GENERATION,
  };
  const ready = { type: 'Ready', status: hasEnded ? 'True' : 'False', ...common } as const;
  const moves = !hasEnded && state !== 'Unknown';
  return moves ? [ready, { type: 'Reconciling', status: 'True', ...common }] : [ready];
}

const MESSAGES: Readonly<Record<OperationStateName, string>> = {
  Intended: 'the intent is written down and nothing was sent yet',
  Submitted: 'it was sent, and the vendor has not said yet what becomes of it',
  InProgress: 'the vendor works on it',
  Complete: 'the vendor did it for every item',
  CompleteWithErrors:
    'the vendor did it for some items and refused others; status.outcomes says which and why',
  Failed: 'the vendor did it for no item; status.failure and status.outcomes say why',
  Unknown:
    'the reply was lost: it is read back, and where no read can tell, say with vendorplane resolve what you found at the vendor',
  Abandoned: 'it was never sent; status.outcomes says why',
  Resolved: 'people said what became of it; status.resolutions says who',
};

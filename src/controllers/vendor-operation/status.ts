import type { VendorOperationStatus } from '../../api/vendor-operation.generated.ts';
import { kubeTime } from '../../kube/conditions.ts';
import type { OperationFacts } from '../../ports/journal.ts';
import { conditionsOf, GENERATION } from './conditions.ts';

/** The facts of an operation as they stand in its status. */
export function statusOf(facts: OperationFacts): VendorOperationStatus {
  const { state, vendorOperationIds, submittedAtMs, finishedAtMs, succeeded, failed, outcomes } = facts;
  const conditions = conditionsOf(facts);
  return {
    observedGeneration: GENERATION,
    state,
    ...(vendorOperationIds.length === 0 ? {} : { vendorOperationIds }),
    ...(submittedAtMs === undefined ? {} : { submittedAt: kubeTime(submittedAtMs) }),
    ...(finishedAtMs === undefined ? {} : { finishedAt: kubeTime(finishedAtMs) }),
    ...(facts.failure === undefined ? {} : { failure: facts.failure }),
    results: { succeeded, failed },
    ...(outcomes.length === 0 ? {} : { outcomes }),
    ...(conditions.length === 0 ? {} : { conditions }),
  };
}

/** The facts again. A status that was never written means: intended, and no more is known. */
export function factsOf(status: VendorOperationStatus | undefined): OperationFacts {
  const { submittedAt, finishedAt, results, failure } = status ?? {};
  return {
    state: status?.state ?? 'Intended',
    vendorOperationIds: status?.vendorOperationIds ?? [],
    ...(submittedAt === undefined ? {} : { submittedAtMs: Date.parse(submittedAt) }),
    ...(finishedAt === undefined ? {} : { finishedAtMs: Date.parse(finishedAt) }),
    ...(failure === undefined ? {} : { failure: { code: failure.code, message: failure.message ?? '' } }),
    succeeded: results?.succeeded ?? 0,
    failed: results?.failed ?? 0,
    outcomes: (status?.outcomes ?? []).map((group) => ({ ...group, message: group.message ?? '' })),
  };
}

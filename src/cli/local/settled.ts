import type { Condition } from '../../kube/conditions.ts';
import type { KubeObject } from '../../kube/object.ts';

/** What a manifest says is the expected end of a resource that will not be Ready. */
export const EXPECTS_ANNOTATION = 'vendorplane.dev/example-expects';

export type Resource = KubeObject<
  unknown,
  { readonly observedGeneration?: number; readonly conditions?: readonly Condition[] }
>;

/**
 * `moving`: not settled yet. `asExpected`: Ready, or not Ready with exactly the reason its annotation names.
 * `needsPerson`: settled otherwise.
 */
export type End = 'moving' | 'asExpected' | 'needsPerson';

/** Whether a resource is settled: its status speaks of its latest generation, and nothing moves by itself. */
export function endOf({ metadata, status }: Resource): End {
  const conditions = status?.conditions ?? [];
  const ready = conditions.find(({ type }) => type === 'Ready');
  const reconciling = conditions.some(({ type, status: is }) => type === 'Reconciling' && is === 'True');
  const current = status?.observedGeneration === metadata.generation;
  if (ready === undefined || reconciling || !current || metadata.deletionTimestamp !== undefined)
    return 'moving';
  const expected = metadata.annotations?.[EXPECTS_ANNOTATION];
  if (expected === undefined) return ready.status === 'True' ? 'asExpected' : 'needsPerson';
  return ready.status !== 'True' && ready.reason === expected ? 'asExpected' : 'needsPerson';
}

import type { Condition } from '../kube/conditions.ts';
import type { KubeObject } from '../kube/object.ts';

/** For how long an object has not been ready for this reason, in ms; 0 when it stood otherwise before. */
export function standingForMs(
  object: KubeObject<unknown, { readonly conditions?: readonly Condition[] }>,
  reasons: readonly string[],
  nowMs: number,
): number {
  const ready = object.status?.conditions?.find(({ type }) => type === 'Ready');
  if (ready === undefined || ready.status === 'True' || !reasons.includes(ready.reason)) return 0;
  return Math.max(0, nowMs - Date.parse(ready.lastTransitionTime));
}

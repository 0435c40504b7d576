import { RECONCILE_REQUESTED_ANNOTATION } from '../api/group.ts';
import type { KubeObject } from '../kube/object.ts';

/** What a person wrote to ask for a look at the vendor now; any text, each new one asks once. */
export function lookRequest({ metadata }: KubeObject): string | undefined {
  return metadata.annotations?.[RECONCILE_REQUESTED_ANNOTATION];
}

/** Whether a look was asked for since the status was last written. */
export function isLookDue(
  object: KubeObject<unknown, { readonly lastHandledReconcileAt?: string }>,
): boolean {
  const request = lookRequest(object);
  return request !== undefined && request !== object.status?.lastHandledReconcileAt;
}

import type { Condition, Finding } from '../kube/conditions.ts';
import { type ReconcileResult, retry, settled, stalled } from '../kube/controller.ts';
import type { KubeObject } from '../kube/object.ts';
import type { ResourceType } from '../kube/resource.ts';
import { type Reporter, report } from './reporter.ts';
import { findings, type Standing } from './standing.ts';

/**
 * A resource is looked at again after this, also when nothing says so. ASSUMED: fresh enough for a person, and as often
 * as an account may tell of its quota (api.md, VendorAccount).
 */
export const REFRESH_MS = 30_000;

/** What a pass over a resource found out. */
export interface Conclusion {
  readonly standing: Standing;
  /** What is true beside its standing. */
  readonly beside?: readonly Finding[];
  /** What its status says beside its conditions. */
  readonly fields: object;
  /** When it is looked at again at the latest, ms from now. Default: REFRESH_MS. */
  readonly againMs?: number;
}

/** The end of a pass: the status is written, and the resource looked at again when it is time. */
export async function conclude<T extends KubeObject<unknown, { readonly conditions?: readonly Condition[] }>>(
  reporter: Reporter,
  type: ResourceType<T>,
  object: T,
  { standing, beside, fields, againMs = REFRESH_MS }: Conclusion,
  signal: AbortSignal,
): Promise<ReconcileResult> {
  const written = await report(reporter, type, object, findings(standing, beside), fields, signal);
  if (!written.ok) return retry(written.failure);
  return standing.is === 'stalled' ? stalled(standing.reason, againMs) : settled(againMs);
}

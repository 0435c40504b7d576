import { RECONCILE_REQUESTED_ANNOTATION } from '../api/group.ts';
import { type Condition, type Finding, mergeConditions } from '../kube/conditions.ts';
import type { KubeObject } from '../kube/object.ts';
import type { ResourceType } from '../kube/resource.ts';
import type { StatusOutcome, StatusWriter } from '../kube/status.ts';
import type { Clock } from '../ports/clock.ts';
import type { Result } from '../ports/failure.ts';

/** Tells people that something happened to an object. Best effort: never waits, never fails. */
export type Announce = (type: ResourceType, object: KubeObject, event: Announcement) => void;

export interface Announcement {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
}

/** What every reconcile needs to say how its resource stands. */
export interface Reporter {
  readonly status: StatusWriter;
  readonly announce: Announce;
  readonly clock: Clock;
}

type WithConditions = { readonly conditions?: readonly Condition[] };

/**
 * The one place where a status leaves a reconcile: conditions merged with what stood there, and an event when
 * something happened: it became ready, ceased to be, or needs a person now. Steps on the way are no events.
 */
export async function report<T extends KubeObject<unknown, WithConditions>>(
  reporter: Reporter,
  type: ResourceType<T>,
  object: T,
  findings: readonly Finding[],
  fields: object,
  signal: AbortSignal,
): Promise<Result<StatusOutcome>> {
  const generation = object.metadata.generation ?? 0;
  const before = object.status?.conditions ?? [];
  const conditions = mergeConditions(before, findings, { now: reporter.clock.now(), generation });
  const status = { observedGeneration: generation, ...handledRequest(object), ...fields, conditions };
  const written = await reporter.status.write(type, object, status, signal);
  if (written.ok && written.value === 'written') announceChange(reporter, type, object, before, conditions);
  return written;
}

function handledRequest(object: KubeObject): { readonly lastHandledReconcileAt?: string } {
  const requested = object.metadata.annotations?.[RECONCILE_REQUESTED_ANNOTATION];
  return requested === undefined ? {} : { lastHandledReconcileAt: requested };
}

function announceChange(
  reporter: Reporter,
  type: ResourceType,
  object: KubeObject,
  before: readonly Condition[],
  after: readonly Condition[],
): void {
  const was = before.find((condition) => condition.type === 'Ready');
  const is = after.find((condition) => condition.type === 'Ready');
  if (is === undefined || (was?.status === is.status && was.reason === is.reason)) return;
  const stalled = after.some((condition) => condition.type === 'Stalled');
  if (!stalled && is.status !== 'True' && was?.status !== 'True') return;
  reporter.announce(type, object, {
    type: stalled ? 'Warning' : 'Normal',
    reason: is.reason,
    message: is.message,
  });
}

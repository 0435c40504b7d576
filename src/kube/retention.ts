import { type Failure, ok, type Result } from '../ports/failure.ts';
import type { KubeClient } from './client.ts';
import { type KubeObject, refOfObject } from './object.ts';
import type { ResourceType } from './resource.ts';

/** Which objects of a kind are removed, and when. */
export interface RetentionRule<T extends KubeObject> {
  readonly type: ResourceType<T>;
  /** Absent: in all namespaces. */
  readonly namespace?: string;
  /**
   * Label of objects that are over, with the day on which they were (`dayOf`). The API server leaves out those of
   * the last days, so that looking costs what is removed and not what is kept.
   */
  readonly dayLabel: string;
  /** Labels an object must or must not have beside that, as a selector. */
  readonly labelSelector: string;
  /** The shortest time any of them is kept, in milliseconds. */
  readonly leastMs: number;
  /** The last word: whether its time is over. Objects whose facts do not say so stay. */
  isOver(object: T, nowMs: number): boolean;
}

const DAY_MS = 24 * 3_600_000;
/** Days that are named in one selector at most; more would not fit into a URL everywhere. Longer times look at more. */
const MOST_DAYS = 400;
const PAGE_SIZE = 20;

/** The UTC day of a moment as a label's value, for example `2026-11-22`. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/**
 * Removes up to `most` objects whose time is over, one after the other, and answers how many. One that was changed
 * since it was read, or replaced by another of its name, stays.
 */
export async function removeOld<T extends KubeObject>(
  client: KubeClient,
  rule: RetentionRule<T>,
  most: number,
  nowMs: number,
  signal: AbortSignal,
): Promise<Result<number>> {
  let removed = 0;
  let continueToken: string | undefined;
  do {
    const selection = {
      labelSelector: selectorOf(rule, nowMs),
      limit: PAGE_SIZE,
      ...(rule.namespace === undefined ? {} : { namespace: rule.namespace }),
      ...(continueToken === undefined ? {} : { continueToken }),
    };
    const page = await client.list(rule.type, selection, signal);
    if (!page.ok) return page;
    for (const object of page.value.items) {
      if (!rule.isOver(object, nowMs)) continue;
      if (removed === most) return ok(removed);
      const deleted = await removeUnchanged(client, rule.type, object, signal);
      if (!deleted.ok) return deleted;
      if (deleted.value) removed += 1;
    }
    continueToken = page.value.continueToken;
  } while (continueToken !== undefined);
  return ok(removed);
}

/** Answers whether it is gone by this; an object that was changed since it was read, or replaced, stays. */
export async function removeUnchanged(
  client: KubeClient,
  type: ResourceType,
  object: KubeObject,
  signal: AbortSignal,
): Promise<Result<boolean>> {
  const { uid, resourceVersion } = object.metadata;
  const options = { preconditions: { uid, resourceVersion } };
  const deleted = await client.delete(type, refOfObject(object), options, signal);
  if (deleted.ok) return ok(true);
  return isOutOfReach(deleted.failure) ? ok(false) : deleted;
}

/** Whether it failed because the object was changed or replaced since it was read, or is gone: the next look sees it. */
export function isOutOfReach({ kind }: Failure): boolean {
  return kind === 'notFound' || kind === 'conflict';
}

/** Not of a day of which anything must be kept; one more for clocks that differ. */
function selectorOf(
  rule: Pick<RetentionRule<KubeObject>, 'dayLabel' | 'labelSelector' | 'leastMs'>,
  nowMs: number,
): string {
  const days = new Set<string>();
  const firstMs = nowMs - Math.min(rule.leastMs, MOST_DAYS * DAY_MS) + DAY_MS;
  for (let ms = firstMs; ms < nowMs + 2 * DAY_MS; ms += DAY_MS) days.add(dayOf(ms));
  return `${rule.labelSelector},${rule.dayLabel},${rule.dayLabel} notin (${[...days].join(',')})`;
}

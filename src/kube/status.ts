import { createHash } from 'node:crypto';
import { failed, ok, type Result } from '../ports/failure.ts';
import type { KubeClient } from './client.ts';
import { asTransient } from './failure.ts';
import { FIELD_MANAGER } from './manager.ts';
import { type KubeObject, type ObjectRef, refOfObject } from './object.ts';
import type { ResourceType } from './resource.ts';

/** What became of a status. `gone`: the object is no more, or another one of its name stands there. */
export type StatusOutcome = 'written' | 'unchanged' | 'gone';

/** The only writer of status. */
export interface StatusWriter {
  /**
   * Makes `status` the whole of what we own of the object's status: fields left out are removed.
   *
   * Sends nothing when it stands there already. Every failure is one to retry: applying twice does no harm.
   */
  write<T extends KubeObject>(
    type: ResourceType<T>,
    standing: T,
    status: object,
    signal: AbortSignal,
  ): Promise<Result<StatusOutcome>>;
}

/** No digest looks like this. */
const UNKNOWN = '';

/** Objects whose last status is remembered. Beyond it the oldest is forgotten, which costs at most one write. */
const MAX_REMEMBERED = 200_000;

/** Writes with server-side apply to the status subresource. */
export function createStatusWriter(client: KubeClient): StatusWriter {
  /**
   * What was last written, by uid, as a digest. A cache that lags behind our own write shows the status of
   * before; if that happened to be the new wish, comparing with the cache alone would leave the old one standing.
   */
  const written = new Map<string, string>();

  function remember(uid: string, digest: string): void {
    written.delete(uid);
    written.set(uid, digest);
    const oldest = written.keys().next().value;
    if (written.size > MAX_REMEMBERED && oldest !== undefined) written.delete(oldest);
  }

  return {
    async write(type, standing, status, signal) {
      const { uid } = standing.metadata;
      const digest = digestOf(status);
      const last = written.get(uid) ?? digest;
      if (last === digest && digestOf(standing.status ?? {}) === digest) return ok('unchanged');

      const ref: ObjectRef = refOfObject(standing);
      const answer = await client.applyStatus(
        type,
        ref,
        status,
        { fieldManager: FIELD_MANAGER, force: true },
        signal,
      );
      if (answer.ok) {
        remember(uid, digest);
        return ok(answer.value.metadata.uid === uid ? 'written' : 'gone');
      }
      // Told by the code: a kind that is not served (any more) says nothing about the object.
      if (answer.failure.code === 'NotFound') {
        written.delete(uid);
        return ok('gone');
      }
      // It may have been written or not: whatever the cache shows, the next pass writes.
      remember(uid, UNKNOWN);
      return failed(asTransient(answer.failure));
    },
  };
}

/** Equal for equal statuses, whatever the order of their fields and the times of their conditions. */
function digestOf(status: unknown): string {
  return createHash('sha256').update(canonical(status)).digest('base64');
}

/** JSON with sorted keys, without lastTransitionTime: it follows from the condition's status. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (key, part: unknown) => {
    if (key === 'lastTransitionTime') return undefined;
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}

import type { Failure } from '../../ports/failure.ts';
import { type Attempt, failureOfContent, failureOfErrorEvent } from '../failure.ts';
import type { KubeObject } from '../object.ts';

/** What a watch says. After `failed` it says nothing more; it may also end without a word (the time is up). */
export type WatchEvent<T extends KubeObject = KubeObject> =
  | { readonly type: 'opened' }
  | { readonly type: 'added' | 'modified' | 'deleted'; readonly object: T }
  | { readonly type: 'bookmark'; readonly resourceVersion: string }
  | { readonly type: 'failed'; readonly failure: Failure };

const CHANGES = { ADDED: 'added', MODIFIED: 'modified', DELETED: 'deleted' } as const;

/** Reads one line of a watch. Anything unexpected is `failed`: a line that was not understood may be a deletion. */
export function parseEvent(line: string, attempt: Attempt): WatchEvent {
  const event = parseJson(line);
  const object = event?.object;
  switch (event?.type) {
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED':
      return isObject(object) ? { type: CHANGES[event.type], object } : malformed(attempt);
    case 'BOOKMARK': {
      const resourceVersion = (object as Partial<KubeObject> | undefined)?.metadata?.resourceVersion;
      return typeof resourceVersion === 'string' && resourceVersion !== ''
        ? { type: 'bookmark', resourceVersion }
        : malformed(attempt);
    }
    case 'ERROR':
      return { type: 'failed', failure: failureOfErrorEvent(object, attempt) };
    default:
      return malformed(attempt);
  }
}

/** True for what carries all that a cache lives by: name, uid and version. */
export function isObject(value: unknown): value is KubeObject {
  const metadata = (value as Partial<KubeObject> | null | undefined)?.metadata;
  return [metadata?.name, metadata?.uid, metadata?.resourceVersion].every(
    (part) => typeof part === 'string' && part !== '',
  );
}

function malformed(attempt: Attempt): { type: 'failed'; failure: Failure } {
  return { type: 'failed', failure: failureOfContent('MalformedEvent', attempt) };
}

function parseJson(line: string): { readonly type?: unknown; readonly object?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

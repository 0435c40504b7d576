import type { KubeObject } from './object.ts';
import { isObject } from './watch/event.ts';

/** One page of a list. */
export interface ListPage<T extends KubeObject> {
  readonly items: readonly T[];
  readonly resourceVersion: string;
  /** Absent on the last page. */
  readonly continueToken?: string;
}

/** The value of a JSON text, or undefined when it is none. */
export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** An object of the API, or undefined when it lacks what every object has. */
export function readObject(body: unknown): KubeObject | undefined {
  return isObject(body) ? body : undefined;
}

/** An answer without items or version, or with an item that is no object, is no list: it must not look like an empty one. */
export function readPage(body: unknown): ListPage<KubeObject> | undefined {
  const list = body as {
    readonly items?: unknown;
    readonly metadata?: {
      readonly resourceVersion?: unknown;
      readonly continue?: unknown;
      readonly remainingItemCount?: unknown;
    };
  } | null;
  const { resourceVersion, continue: token, remainingItemCount } = list?.metadata ?? {};
  const hasMore = typeof token === 'string' && token !== '';
  if (!Array.isArray(list?.items) || !list.items.every(isObject)) return undefined;
  if (typeof resourceVersion !== 'string' || resourceVersion === '') return undefined;
  // A last page that knows of more objects was cut.
  if (!hasMore && typeof remainingItemCount === 'number' && remainingItemCount > 0) return undefined;
  return { items: list.items, resourceVersion, ...(hasMore && { continueToken: token }) };
}

/** A Status says that it is gone; the object itself, that finalizers hold it. */
export function readDeletion(body: unknown): 'deleted' | 'terminating' | undefined {
  if (isObject(body)) return body.metadata.deletionTimestamp === undefined ? 'deleted' : 'terminating';
  const status = body as { readonly kind?: unknown; readonly status?: unknown } | undefined;
  return status?.kind === 'Status' && status.status === 'Success' ? 'deleted' : undefined;
}

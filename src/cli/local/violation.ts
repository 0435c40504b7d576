import type { Document } from 'yaml';
import { API_VERSION, KINDS } from '../../api/group.ts';
import { VALIDATORS } from '../../api/validate.ts';
import type { KubeObject } from '../../kube/object.ts';

/** The first thing in a document that our schemas refuse. */
export interface PlacedViolation {
  /** The field and what is wrong with it, for example `spec.mode must be one of Observe, Plan, Enforce`. */
  readonly message: string;
  /** Where the field stands in the file, or where it is missing, in characters from its beginning. */
  readonly offset: number;
}

/**
 * Checks an object of ours as the API server will, so that a mistake is told with the line it stands in and
 * before anything of the folder is applied. Rules between fields are left to the API server.
 */
export function findViolation(document: Document, object: KubeObject): PlacedViolation | undefined {
  const kind = KINDS.find((known) => known === object.kind);
  if (kind === undefined || object.apiVersion !== API_VERSION) return undefined;
  const [first] = VALIDATORS[kind](object);
  if (first === undefined) return undefined;
  return { message: `${first.path} ${first.message}`.trimStart(), offset: offsetOf(document, first.path) };
}

/** Where a field stands in its file, in characters. One that is missing stands where its parent does. */
export function offsetOf(document: Document, path: string): number {
  const keys = [...path.matchAll(/[^.[\]]+/g)].map(([key]) => (/^\d+$/.test(key) ? Number(key) : key));
  for (let length = keys.length; length > 0; length -= 1) {
    const node = document.getIn(keys.slice(0, length), true) as
      | { readonly range?: readonly number[] }
      | undefined;
    if (node?.range !== undefined) return node.range[0] ?? 0;
  }
  return document.contents?.range?.[0] ?? 0;
}

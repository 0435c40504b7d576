import type { KubeObject } from '../../kube/object.ts';
import type { ManifestObject } from './documents.ts';

/** Where something stands; line and column are counted from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * One thing that is wrong. `error`: it would be refused, or cannot work as it is written. `warning`: it can be meant.
 */
export interface Finding {
  readonly place: Place;
  readonly severity: 'error' | 'warning';
  /** `Kind/namespace/name`; without namespace where the manifest names none; empty for what is no object. */
  readonly resource: string;
  readonly message: string;
}

/** Something about a field of an object. */
export function about(
  manifest: ManifestObject,
  path: string,
  message: string,
  severity: Finding['severity'] = 'error',
): Finding {
  return { place: manifest.placeOf(path), severity, resource: nameOf(manifest.object), message };
}

/** `Kind/namespace/name`. */
export function nameOf({ kind = '', metadata }: KubeObject): string {
  return [kind, metadata.namespace, metadata.name].filter((part) => part !== undefined).join('/');
}

/** In the order of files and lines. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(
    ({ place: a }, { place: b }) =>
      (a.file < b.file ? -1 : Number(a.file > b.file)) || a.line - b.line || a.column - b.column,
  );
}

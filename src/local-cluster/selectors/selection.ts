import type { KubeObject } from '../object.ts';
import type { Resource } from '../resources.ts';
import { parseFieldSelector } from './fields.ts';
import { parseLabelSelector } from './labels.ts';

/** Which objects of a collection a list, a watch or a deletecollection is about. */
export interface Selection {
  /** True when a selector is set: counts of what remains are not given then. */
  readonly filtered: boolean;
  /** Decides over an object in its served form. */
  matches(object: KubeObject): boolean;
}

/** Builds the selection of a request. Throws 400 for malformed selectors. */
export function selectionOf(
  resource: Resource,
  namespace: string,
  selectors: { readonly labelSelector: string; readonly fieldSelector: string },
): Selection {
  const labels = parseLabelSelector(selectors.labelSelector);
  const fields = parseFieldSelector(selectors.fieldSelector, resource);
  return {
    filtered: selectors.labelSelector !== '' || selectors.fieldSelector !== '',
    matches: (object) =>
      (namespace === '' || object.metadata.namespace === namespace) &&
      labels(object.metadata.labels ?? {}) &&
      fields(object),
  };
}

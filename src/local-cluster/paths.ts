import type { Registry } from './registry.ts';
import type { Resource, Subresource } from './resources.ts';
import { badRequest } from './status.ts';

/** A path below a resource, resolved against what is served. */
export interface ResourcePath {
  readonly resource: Resource;
  /** Empty for all namespaces, and for resources without. */
  readonly namespace: string;
  /** Empty for the collection. */
  readonly name: string;
  /** As written; the resource may not have it. */
  readonly subresource: Subresource | '' | 'unknown';
  /** The deprecated `/watch/` form. */
  readonly watch: boolean;
}

/** Splits a URL path; empty segments (double and trailing slashes) do not count. Throws 400 for broken escapes. */
export function segmentsOf(pathname: string): readonly string[] {
  const segments = pathname.split('/').filter((segment) => segment !== '');
  try {
    return segments.map(decodeURIComponent);
  } catch {
    throw badRequest(`invalid URL escape in ${JSON.stringify(pathname)}`);
  }
}

/**
 * Resolves `/api/v1/…` and `/apis/<group>/<version>/…`. Undefined when the group, version or resource is not served,
 * or the path has a form no resource has.
 */
export function resolvePath(segments: readonly string[], registry: Registry): ResourcePath | undefined {
  const core = segments[0] === 'api';
  const [group, version, below] = core
    ? ['', segments[1], segments.slice(2)]
    : [segments[1], segments[2], segments.slice(3)];
  if (group === undefined || version === undefined) return undefined;
  const watch = below[0] === 'watch';
  const rest = watch ? below.slice(1) : below;
  const scoped = scopeOf(rest);
  const resource = registry.find(group, version, scoped.plural);
  if (resource === undefined || resource.namespaced !== scoped.namespaced(resource)) return undefined;
  if (scoped.more || (scoped.name !== '' && resource.namespaced && scoped.namespace === '')) return undefined;
  const { namespace, name } = scoped;
  return { resource, namespace, name, subresource: subresourceOf(resource, scoped.subresource), watch };
}

interface Scope {
  readonly plural: string;
  readonly namespace: string;
  readonly name: string;
  readonly subresource: string;
  readonly more: boolean;
  /** What `namespaced` has to be for this form: lists of all namespaces fit both. */
  readonly namespaced: (resource: Resource) => boolean;
}

function scopeOf(segments: readonly string[]): Scope {
  const [first = '', second = '', third = ''] = segments;
  // /namespaces/x/status is a part of the namespace x; /namespaces/x/secrets are the secrets in it.
  const inNamespace =
    first === 'namespaces' && segments.length > 2 && third !== 'status' && third !== 'finalize';
  const [plural = '', name = '', subresource = '', ...more] = inNamespace ? segments.slice(2) : segments;
  return {
    plural,
    namespace: inNamespace ? second : '',
    name,
    subresource,
    more: more.length > 0,
    namespaced: (resource) => (inNamespace ? true : name === '' ? resource.namespaced : false),
  };
}

function subresourceOf(resource: Resource, word: string): ResourcePath['subresource'] {
  if (word === '') return '';
  return resource.subresources.find((known) => known === word) ?? 'unknown';
}

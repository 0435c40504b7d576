import { createHash } from 'node:crypto';
import { DEFINITIONS } from '../kinds/definition.ts';
import { EVENTS } from '../kinds/event.ts';
import type { Registry } from '../registry.ts';
import type { Resource } from '../resources.ts';
import { REVIEWS, type Review } from '../reviews.ts';

/** One version of a group with what it serves. */
export interface GroupVersion {
  readonly group: string;
  readonly version: string;
  readonly resources: readonly Resource[];
  readonly reviews: readonly Review[];
}

/** Built-in groups in the order of kube-apiserver; those of definitions follow. */
const BUILT_IN_GROUPS = [
  '',
  'events.k8s.io',
  'authentication.k8s.io',
  'authorization.k8s.io',
  'apiextensions.k8s.io',
  'coordination.k8s.io',
];

/** All groups and versions that are served, in order. */
export function groupVersions(registry: Registry): readonly GroupVersion[] {
  const keys = new Map<string, { group: string; version: string }>();
  const order = [...BUILT_IN_GROUPS.map((group) => ({ group, version: 'v1' })), ...registry.all()];
  for (const { group, version } of order) keys.set(`${group}/${version}`, { group, version });
  return [...keys.values()].map(({ group, version }) => ({
    group,
    version,
    resources: registry.all().filter((known) => known.group === group && known.version === version),
    reviews: REVIEWS.filter((known) => known.group === group && known.version === version),
  }));
}

/** The hash discovery shows of the version a resource is stored in: k8s.io/apiserver, discovery/storageversionhash.go. */
export function storageVersionHash(resource: Resource): string {
  const text = `${storedAs(resource)}/${resource.kind}`;
  return createHash('sha256').update(text).digest().subarray(0, 8).toString('base64');
}

/** Events are stored in the core form, definitions in that of an older version (01-discovery). */
function storedAs({ collection, group, version }: Resource): string {
  if (collection === EVENTS) return '/v1';
  return collection === DEFINITIONS ? `${group}/v1beta1` : `${group}/${version}`;
}

/** Upper case SHA-512 of a document, as ETags and OpenAPI hashes are. */
export function documentHash(text: string): string {
  return createHash('sha512').update(text).digest('hex').toUpperCase();
}

import { defined } from '../json.ts';
import type { Resource } from '../resources.ts';
import type { Review } from '../reviews.ts';
import { type GroupVersion, storageVersionHash } from './groups.ts';

/** `GET /api`. `address` is where the client reached us, host and port. */
export function apiVersions(address: string): object {
  const serverAddressByClientCIDRs = [{ clientCIDR: '0.0.0.0/0', serverAddress: address }];
  return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs };
}

/** `GET /apis`. */
export function groupList(versions: readonly GroupVersion[]): object {
  return {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: groupNames(versions).map((name) => groupEntry(name, versions)),
  };
}

/** `GET /apis/<group>`; undefined for a group that is not served. */
export function groupDocument(name: string, versions: readonly GroupVersion[]): object | undefined {
  if (!groupNames(versions).includes(name)) return undefined;
  return { kind: 'APIGroup', apiVersion: 'v1', ...groupEntry(name, versions) };
}

function groupNames(versions: readonly GroupVersion[]): readonly string[] {
  return [...new Set(versions.map(({ group }) => group))].filter((group) => group !== '');
}

function groupEntry(name: string, versions: readonly GroupVersion[]): object {
  const entries = versions
    .filter(({ group }) => group === name)
    .map(({ version }) => ({ groupVersion: `${name}/${version}`, version }));
  return { name, versions: entries, preferredVersion: entries[0] };
}

/** `GET /api/v1` and `/apis/<group>/<version>`. */
export function resourceList({ group, version, resources, reviews }: GroupVersion): object {
  const head =
    group === '' ? { groupVersion: version } : { apiVersion: 'v1', groupVersion: `${group}/${version}` };
  const entries = [
    ...reviews.map(({ plural, singular, namespaced, kind }) => ({
      name: plural,
      singularName: singular,
      namespaced,
      kind,
      verbs: ['create'],
    })),
    ...resources.flatMap(resourceEntries),
  ];
  return { kind: 'APIResourceList', ...head, resources: entries };
}

function resourceEntries(resource: Resource): readonly object[] {
  const main = {
    name: resource.plural,
    singularName: resource.singular,
    namespaced: resource.namespaced,
    kind: resource.kind,
    verbs: resource.verbs,
    shortNames: notEmpty(resource.shortNames),
    categories: notEmpty(resource.categories),
    storageVersionHash: storageVersionHash(resource),
  };
  const parts = resource.subresources.map((part) => ({
    name: `${resource.plural}/${part}`,
    singularName: '',
    namespaced: resource.namespaced,
    kind: resource.kind,
    verbs: SUBRESOURCE_VERBS[part],
  }));
  return [defined(main), ...parts];
}

const SUBRESOURCE_VERBS = { status: ['get', 'patch', 'update'], finalize: ['update'] } as const;

function notEmpty(words: readonly string[]): readonly string[] | undefined {
  return words.length === 0 ? undefined : words;
}

/** Aggregated discovery of `/api` (the core group) or `/apis` (all others). */
export function aggregatedList(versions: readonly GroupVersion[]): object {
  const groups = [...new Set(versions.map(({ group }) => group))];
  const items = groups.map((name) => ({
    metadata: name === '' ? {} : { name },
    versions: versions
      .filter(({ group }) => group === name)
      .map((version) => ({
        version: version.version,
        resources: [...version.reviews.map(aggregatedReview), ...version.resources.map(aggregatedResource)],
        freshness: 'Current',
      })),
  }));
  return { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items };
}

function aggregatedReview(review: Review): object {
  return {
    resource: review.plural,
    responseKind: { group: '', version: '', kind: review.kind },
    scope: review.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: review.singular,
    verbs: ['create'],
  };
}

function aggregatedResource(resource: Resource): object {
  const { kind } = resource;
  // Built-in kinds leave group and version of the answer out: they are those of the list.
  const responseKind = resource.custom
    ? { group: resource.group, version: resource.version, kind }
    : { group: '', version: '', kind };
  const subresources = resource.subresources.map((subresource) => ({
    subresource,
    responseKind,
    verbs: SUBRESOURCE_VERBS[subresource],
  }));
  return defined({
    resource: resource.plural,
    responseKind,
    scope: resource.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: resource.singular,
    verbs: resource.verbs,
    shortNames: notEmpty(resource.shortNames),
    categories: notEmpty(resource.categories),
    subresources: subresources.length === 0 ? undefined : subresources,
  });
}

/** `GET /version`. The release whose behaviour this server follows; it is not a build of it. */
export const VERSION = {
  major: '1',
  minor: '36',
  emulationMajor: '1',
  emulationMinor: '36',
  minCompatibilityMajor: '1',
  minCompatibilityMinor: '35',
  gitVersion: 'v1.36.3',
  gitCommit: '',
  gitTreeState: '',
  buildDate: '1970-01-01T00:00:00Z',
  goVersion: '',
  compiler: '',
  platform: 'linux/amd64',
} as const;

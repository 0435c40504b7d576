/** Permissions are not enforced and nobody is asked who they are: every client is one user who may do everything. */
const NO_AUTH = 'credentials and permissions are not looked at';

/** Why an answer is another than the recorded one. */
export interface KnownDifference {
  readonly why: string;
  /** Takes out the part that differs; all the rest is the same. Absent: the answer as a whole is another. */
  readonly without?: (body: unknown) => unknown;
}

/** The value without the named fields, wherever they stand. */
function withoutFields(...names: readonly string[]): (value: unknown) => unknown {
  return function strip(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(strip);
    if (typeof value !== 'object' || value === null) return value;
    const kept = Object.entries(value).filter(([name]) => !names.includes(name));
    return Object.fromEntries(kept.map(([name, field]) => [name, strip(field)]));
  };
}

/** Parameters and fields of alpha features that this server does not know, and of security. */
const ABSENT = [
  'shardSelector',
  'shardInfo',
  'ignoreStoreReadErrorWithClusterBreakingPotential',
  'securitySchemes',
  'security',
];
const SERVED_GROUPS = ['', 'demo.vendorplane.dev'];

function withoutAbsentFeatures(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value
      .filter((item) => {
        const { name = '', group = '' } = (item ?? {}) as { name?: string; group?: string };
        return !ABSENT.includes(name) && SERVED_GROUPS.includes(group);
      })
      .map(withoutAbsentFeatures);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !ABSENT.includes(key) && !key.endsWith('.ShardInfo'))
      .map(([key, field]) => [key, withoutAbsentFeatures(field)]),
  );
}

/** Steps that are answered otherwise than recorded, and why. By transcript, then by the name of the step. */
export const KNOWN_DIFFERENCES: Readonly<Record<string, Readonly<Record<string, string | KnownDifference>>>> =
  {
    '01-discovery': {
      '/version': {
        why: 'the release is named, but not the build: this is not a build of it',
        without: withoutFields('gitCommit', 'buildDate', 'goVersion', 'compiler', 'gitTreeState'),
      },
      '/readyz?verbose': 'the checks of kube-apiserver that exist here are one',
    },
    '02-crd-lifecycle': {
      'read at once: conditions may still be absent': {
        why: 'a definition is established before the next request is read',
        without: withoutFields('conditions', 'resourceVersion'),
      },
    },
    '08-table-partial': {
      'Accept protobuf alone on a custom resource: 406':
        'objects are not written as protobuf, refusals neither',
    },
    '09-openapi-v3': {
      'the document of the group, whole': {
        why: 'parameters of features that are not here (sharding) are not listed',
        without: withoutAbsentFeatures,
      },
      '... as protobuf: the body is binary': 'OpenAPI v3 is not written as protobuf; v2 is, for kubectl',
      'core v1 document: one path and four schemas': {
        why: 'parameters of features that are not here (sharding) are not listed',
        without: withoutAbsentFeatures,
      },
      '/openapi/v2: definitions of the group only': {
        why: 'parameters stand where they are used, and there is no security to describe',
        without: withoutFields('parameters', 'security', 'securityDefinitions'),
      },
    },
    '10-core': {
      'Lease: leases of the servers themselves': 'this server does not announce itself by a lease',
    },
    '11-authorisation': {
      SelfSubjectReview: NO_AUTH,
      'SelfSubjectReview with a token user': NO_AUTH,
      'SelfSubjectAccessReview: allowed': NO_AUTH,
      'SelfSubjectAccessReview: denied (201 all the same)': NO_AUTH,
      'SelfSubjectAccessReview: nonResourceAttributes': NO_AUTH,
      SelfSubjectRulesReview: NO_AUTH,
      'SubjectAccessReview by admin': NO_AUTH,
      'unknown token: 401': NO_AUTH,
      'unknown token on discovery: 401': NO_AUTH,
      'no credentials: 403 as system:anonymous': NO_AUTH,
      'no credentials: /api is closed: 403 with empty details': NO_AUTH,
      '403: list a custom resource in a namespace': NO_AUTH,
      '403: list across namespaces': NO_AUTH,
      '403: get by name': NO_AUTH,
      '403: create (the body is not looked at first)': NO_AUTH,
      '403: patch': NO_AUTH,
      '403: status subresource': NO_AUTH,
      '403: delete': NO_AUTH,
      '403: deletecollection': NO_AUTH,
      '403: watch': NO_AUTH,
      '403: core resource': NO_AUTH,
      '403: core cluster-scoped': NO_AUTH,
      '403: unknown resource type is refused before 404': NO_AUTH,
      '403: non-resource path': NO_AUTH,
      'a Role allows get and patch: SelfSubjectAccessReview says why': NO_AUTH,
      'server side apply that creates needs the create verb as well: 403': NO_AUTH,
      'get of an absent object with the right: 404': NO_AUTH,
    },
  };

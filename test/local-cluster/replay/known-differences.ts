/** Permissions are not enforced and nobody is asked who they are: every client is one user who may do everything. */
const NO_AUTH = 'credentials and permissions are not looked at';

/** Steps that are answered otherwise than recorded, and why. By transcript, then by the name of the step. */
export const KNOWN_DIFFERENCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '01-discovery': {
    '/apis/authentication.k8s.io/v1': 'there are no TokenReviews: there are no tokens',
    '/version': 'the release is named, but not the build: this is not a build of it',
    '/readyz?verbose': 'the checks of kube-apiserver that exist here are one',
  },
  '02-crd-lifecycle': {
    'read at once: conditions may still be absent':
      'a definition is established before the next request is read',
  },
  '03-crud': {
    'deletionTimestamp cannot be changed: value kept, yet resourceVersion grows':
      'a change of nothing is not written, here either',
  },
  '04-validation': {
    'type: object for string: 422': 'fields below a value of the wrong type are not looked for',
    'status: required missing, bad date-time: 422':
      'the path in the sentence is whole; kube-apiserver cuts it under status',
    'numbers: integers exact to 64 bits, larger ones become floats, 1.10 comes back as 1.1 and 1e3 as 1000 (body shown as text)':
      'integers beyond 2^53 lose digits, as numbers of JavaScript do',
  },
  '06-server-side-apply': {
    'core: Namespace by apply': 'the recorded namespace was left by an earlier run; here it is created',
  },
  '08-table-partial': {
    'definition (CustomResourceDefinition) as Table':
      'the recorded definition had been changed by earlier runs',
    'Accept application/yaml': 'the recording shows a version as it was in that run',
    'Accept protobuf alone on a custom resource: 406': 'nothing is written as protobuf, refusals neither',
  },
  '09-openapi-v3': {
    'the document of the group, whole': 'parameters of features that are not here (sharding) are not listed',
    '... as protobuf: the body is binary': 'nothing is written as protobuf',
    'core v1 document: one path and four schemas': 'parameters of features that are not here are not listed',
    '/openapi/v2: definitions of the group only': 'clients fall back to what they know; the kinds are in v3',
  },
  '10-core': {
    'Namespaces that exist at start': 'the namespace of the test is there too',
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

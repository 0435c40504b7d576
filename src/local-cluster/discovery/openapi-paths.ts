import type { Resource, Verb } from '../resources.ts';
import { metaName, reference } from './meta-components.ts';
import { componentName } from './openapi-schemas.ts';

interface Parameter {
  readonly name: string;
  readonly in: 'query' | 'path';
  readonly required?: boolean;
  readonly schema: { readonly type: string; readonly uniqueItems: boolean };
}

/** Component by media type. */
type Content = Readonly<Record<string, { readonly schema: { readonly $ref: string } }>>;

interface OperationParts {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content; readonly required?: boolean };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: Content }>>;
}

/** One verb on a path, in the form of OpenAPI v3. */
export interface Operation extends OperationParts {
  readonly tags: readonly string[];
  readonly description: string;
  readonly operationId: string;
  readonly 'x-kubernetes-action': string;
  readonly 'x-kubernetes-group-version-kind': object;
}

/** A path with its verbs. */
export interface PathItem {
  readonly get?: Operation;
  readonly put?: Operation;
  readonly post?: Operation;
  readonly delete?: Operation;
  readonly patch?: Operation;
  readonly parameters?: readonly Parameter[];
}

const BOOLEANS = ['allowWatchBookmarks', 'force', 'sendInitialEvents', 'watch', 'orphanDependents'];
const INTEGERS = ['limit', 'timeoutSeconds', 'gracePeriodSeconds'];

const LIST_QUERY = [
  'allowWatchBookmarks',
  'continue',
  'fieldSelector',
  'labelSelector',
  'limit',
  'resourceVersion',
  'resourceVersionMatch',
  'sendInitialEvents',
  'timeoutSeconds',
  'watch',
];
const WRITE_QUERY = ['dryRun', 'fieldManager', 'fieldValidation'];
const DELETE_QUERY = ['dryRun', 'gracePeriodSeconds', 'orphanDependents', 'propagationPolicy'];

/** The paths of a resource with their operations, as `kubectl` reads them to learn what a server can do. */
export function pathsOf(resource: Resource): Readonly<Record<string, PathItem>> {
  const root =
    resource.group === '' ? `/api/${resource.version}` : `/apis/${resource.group}/${resource.version}`;
  const place = resource.namespaced ? '/namespaces/{namespace}' : '';
  const collection = `${root}${place}/${resource.plural}`;
  const inPath = resource.namespaced ? ['namespace'] : [];
  const all = { get: list(resource, 'ForAllNamespaces', []), parameters: query([...LIST_QUERY, 'pretty']) };
  const parts = resource.subresources.map((part): [string, PathItem] => [
    `${collection}/{name}/${part}`,
    part === 'status'
      ? {
          get: read(resource, 'Status'),
          put: replace(resource, 'Status'),
          patch: patch(resource, 'Status'),
          ...where(inPath),
        }
      : { put: replace(resource, 'Finalize'), ...where(inPath) },
  ]);
  const collectionItem = {
    get: list(resource, '', LIST_QUERY),
    post: write(resource, 'create', 'post', ['200', '201', '202']),
    ...(resource.verbs.includes('deletecollection' satisfies Verb) ? { delete: removeAll(resource) } : {}),
    parameters: [...pathParameters(inPath), ...query(['pretty'])],
  };
  const item = {
    get: read(resource, ''),
    put: replace(resource, ''),
    delete: remove(resource),
    patch: patch(resource, ''),
    ...where(inPath),
  };
  return {
    [collection]: collectionItem,
    [`${collection}/{name}`]: item,
    ...Object.fromEntries(parts),
    ...(resource.namespaced ? { [`${root}/${resource.plural}`]: all } : {}),
  };
}

function where(inPath: readonly string[]): { readonly parameters: readonly Parameter[] } {
  return { parameters: [...pathParameters(['name', ...inPath]), ...query(['pretty'])] };
}

function query(names: readonly string[]): readonly Parameter[] {
  return names.map((name) => {
    const type = BOOLEANS.includes(name) ? 'boolean' : INTEGERS.includes(name) ? 'integer' : 'string';
    return { name, in: 'query', schema: { type, uniqueItems: true } };
  });
}

function pathParameters(names: readonly string[]): readonly Parameter[] {
  return names.map((name) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', uniqueItems: true },
  }));
}

function operation(
  resource: Resource,
  id: string,
  description: string,
  action: string,
  more: OperationParts,
): Operation {
  const { group, version, kind } = resource;
  const tag = `${group === '' ? 'core' : lowerFirst(camel(group))}_${version}`;
  const gvk = { group, version, kind };
  return {
    tags: [tag],
    description,
    operationId: id,
    ...more,
    'x-kubernetes-action': action,
    'x-kubernetes-group-version-kind': gvk,
  };
}

/** `list` + `DemoVendorplaneDevV1alpha1` + `Namespaced` + `Widget` + suffix. */
function operationId(resource: Resource, verb: string, infix: string, suffix: string): string {
  const group =
    resource.group === ''
      ? 'Core'
      : camel(resource.custom ? resource.group : (resource.group.split('.')[0] ?? ''));
  const version = resource.version.charAt(0).toUpperCase() + resource.version.slice(1);
  const scope = resource.namespaced && suffix !== 'ForAllNamespaces' ? 'Namespaced' : '';
  return `${verb}${group}${version}${infix}${scope}${resource.kind}${suffix}`;
}

function camel(group: string): string {
  return group
    .split(/[.-]/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('');
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function mediaTypes(resource: Resource): readonly string[] {
  const types = ['application/json', 'application/yaml'];
  return resource.custom ? types : [...types, 'application/vnd.kubernetes.protobuf'];
}

function content(types: readonly string[], component: string): Content {
  return Object.fromEntries(types.map((type) => [type, { schema: reference(component) }]));
}

function responses(
  resource: Resource,
  component: string,
  codes: readonly string[],
): Pick<OperationParts, 'responses'> {
  const entries = codes.map((code): [string, OperationParts['responses'][string]] => [
    code,
    { description: DESCRIPTIONS[code] ?? '', content: content(mediaTypes(resource), component) },
  ]);
  return { responses: { ...Object.fromEntries(entries), 401: { description: 'Unauthorized' } } };
}

const DESCRIPTIONS: Readonly<Record<string, string>> = { 200: 'OK', 201: 'Created', 202: 'Accepted' };

function list(resource: Resource, suffix: string, parameters: readonly string[]): Operation {
  const id = operationId(resource, 'list', '', suffix);
  return operation(resource, id, `list objects of kind ${resource.kind}`, 'list', {
    ...(parameters.length === 0 ? {} : { parameters: query(parameters) }),
    ...responses(resource, `${componentName(resource)}List`, ['200']),
  });
}

function write(
  resource: Resource,
  verb: string,
  action: string,
  codes: readonly string[],
  suffix = '',
): Operation {
  const id = operationId(resource, verb, '', suffix);
  const words = verb === 'create' ? `create a ${resource.kind}` : `replace the specified ${resource.kind}`;
  return operation(resource, id, words, action, {
    parameters: query(WRITE_QUERY),
    requestBody: {
      content: content(resource.custom ? mediaTypes(resource) : ['*/*'], componentName(resource)),
      required: true,
    },
    ...responses(resource, componentName(resource), codes),
  });
}

function replace(resource: Resource, suffix: string): Operation {
  return write(resource, 'replace', 'put', ['200', '201'], suffix);
}

function read(resource: Resource, suffix: string): Operation {
  const id = operationId(resource, 'read', '', suffix);
  return operation(resource, id, `read the specified ${resource.kind}`, 'get', {
    ...(resource.custom ? { parameters: query(['resourceVersion']) } : {}),
    ...responses(resource, componentName(resource), ['200']),
  });
}

function patch(resource: Resource, suffix: string): Operation {
  const types = [
    'application/apply-patch+yaml',
    'application/json-patch+json',
    'application/merge-patch+json',
  ];
  const all = resource.custom ? types : [...types, 'application/strategic-merge-patch+json'];
  const id = operationId(resource, 'patch', '', suffix);
  return operation(resource, id, `partially update the specified ${resource.kind}`, 'patch', {
    parameters: query([...WRITE_QUERY, 'force']),
    requestBody: { content: content(all, metaName('Patch')), required: true },
    ...responses(resource, componentName(resource), resource.custom ? ['200'] : ['200', '201']),
  });
}

function remove(resource: Resource): Operation {
  const id = operationId(resource, 'delete', '', '');
  return operation(resource, id, `delete a ${resource.kind}`, 'delete', {
    parameters: query(DELETE_QUERY),
    requestBody: {
      content: content(resource.custom ? mediaTypes(resource) : ['*/*'], metaName('DeleteOptions')),
    },
    ...responses(resource, metaName('Status'), ['200', '202']),
  });
}

function removeAll(resource: Resource): Operation {
  const id = operationId(resource, 'delete', 'Collection', '');
  return operation(resource, id, `delete collection of ${resource.kind}`, 'deletecollection', {
    parameters: query(LIST_QUERY),
    ...responses(resource, metaName('Status'), ['200']),
  });
}

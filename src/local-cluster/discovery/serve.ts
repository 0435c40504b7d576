import type { Cluster } from '../cluster.ts';
import { type Answer, jsonAnswer, textAnswer } from '../http.ts';
import type { Registry } from '../registry.ts';
import { onlyMediaTypes } from '../status.ts';
import { OBJECT_MEDIA_TYPES, parseAccept } from '../wire/media-types.ts';
import { aggregatedList, apiVersions, groupDocument, groupList, resourceList } from './documents.ts';
import { documentHash, groupVersions } from './groups.ts';
import {
  discoveryDocuments,
  documentPath,
  type OpenApiDocument,
  openApiDocument,
  openApiIndex,
} from './openapi.ts';
import { swaggerDocument } from './swagger.ts';
import { encodeSwagger } from './swagger-protobuf.ts';

/** The headers discovery looks at. */
export interface DiscoveryRequest {
  readonly accept: string | undefined;
  readonly ifNoneMatch: string | undefined;
  /** Host and port the client reached. */
  readonly address: string;
  readonly query: URLSearchParams;
}

const AGGREGATED_TYPE = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** Answers `/api…` and `/apis…` above the resources; undefined when nothing of that name is served. */
export function serveDiscovery(
  segments: readonly string[],
  request: DiscoveryRequest,
  { registry }: Cluster,
): Answer | undefined {
  const versions = groupVersions(registry);
  const [root, first, second] = segments;
  if (segments.length === 1) {
    const own = versions.filter(({ group }) => (group === '') === (root === 'api'));
    if (wantsAggregated(request.accept))
      return cached(request, AGGREGATED_TYPE, aggregatedList(own), 'Accept');
    return jsonAnswer(root === 'api' ? apiVersions(request.address) : groupList(own));
  }
  const [group, version] = root === 'api' ? ['', first] : [first, second];
  if (root === 'apis' && segments.length === 2) {
    const document = groupDocument(first ?? '', versions);
    return document === undefined ? undefined : jsonAnswer(document);
  }
  const found = versions.find((known) => known.group === group && known.version === version);
  return found === undefined ? undefined : jsonAnswer(resourceList(found));
}

/** Whether the aggregated document comes before plain JSON. Throws 406 when neither is accepted. */
function wantsAggregated(accept: string | undefined): boolean {
  for (const { type, parameters } of parseAccept(accept)) {
    if (!['application/json', '*/*', 'application/*', 'application/yaml'].includes(type)) continue;
    if (parameters['as'] === undefined) return false;
    if (parameters['as'] === 'APIGroupDiscoveryList' && parameters['v'] === 'v2') return true;
  }
  throw onlyMediaTypes(OBJECT_MEDIA_TYPES);
}

function cached(request: DiscoveryRequest, contentType: string, document: object, vary: string): Answer {
  const body = JSON.stringify(document);
  const etag = `"${documentHash(body)}"`;
  const headers = { 'cache-control': 'public', etag, vary };
  if (request.ifNoneMatch === etag) return { status: 304, headers, body: '' };
  return { status: 200, headers: { ...headers, 'content-type': contentType }, body };
}

/** Serves `/openapi/…`. Documents are made when asked for, once per state of the registry. */
export function createOpenApi(
  registry: Registry,
): (segments: readonly string[], request: DiscoveryRequest) => Answer {
  let documents: ReadonlyMap<string, OpenApiDocument> = new Map();
  let swagger: Swagger | undefined;
  let generation = 0;
  function current(): ReadonlyMap<string, OpenApiDocument> {
    if (generation !== registry.generation()) {
      generation = registry.generation();
      swagger = undefined;
      const versions = groupVersions(registry).filter(({ resources }) => resources.length > 0);
      documents = new Map([
        ...discoveryDocuments(versions),
        ...versions.map((version): [string, OpenApiDocument] => [
          documentPath(version),
          openApiDocument(version),
        ]),
      ]);
    }
    return documents;
  }
  return (segments, request) => {
    if (segments[1] === 'v2' && segments.length === 2) {
      current();
      swagger ??= swaggerOf(registry);
      return serveV2(swagger, request);
    }
    if (segments[1] !== 'v3') return textAnswer(404, '404 page not found\n');
    if (segments.length > 2) return serveV3(current().get(segments.slice(2).join('/')), segments, request);
    const headers = { 'content-type': 'text/plain; charset=utf-8' };
    return { status: 200, headers, body: JSON.stringify(openApiIndex(current())) };
  };
}

function serveV3(
  document: OpenApiDocument | undefined,
  segments: readonly string[],
  request: DiscoveryRequest,
): Answer {
  if (document === undefined) return { status: 404, headers: {}, body: '' };
  const hash = request.query.get('hash');
  if (hash !== null && hash !== '' && hash !== document.hash) {
    const location = `/openapi/v3/${segments.slice(2).join('/')}?hash=${document.hash}`;
    return { status: 301, headers: { location, 'content-type': 'application/json' }, body: '' };
  }
  if (!acceptsJson(request.accept)) return { status: 406, headers: { vary: 'Accept' }, body: '' };
  const etag = `"${document.hash}"`;
  const headers = {
    'cache-control': hash === document.hash ? 'public, immutable' : 'no-cache, private',
    etag,
    vary: 'Accept',
  };
  if (request.ifNoneMatch === etag) return { status: 304, headers, body: '' };
  return { status: 200, headers: { ...headers, 'content-type': 'application/json' }, body: document.text };
}

/** OpenAPI v2 in both its forms. */
interface Swagger {
  readonly text: string;
  readonly protobuf: Uint8Array;
  readonly hash: string;
}

function swaggerOf(registry: Registry): Swagger {
  const document = swaggerDocument(groupVersions(registry));
  const text = JSON.stringify(document);
  return { text, protobuf: encodeSwagger(document), hash: documentHash(text) };
}

/** How clients ask for OpenAPI v2 in protobuf, and what the answer is called. */
const SWAGGER_PROTOBUF = /^application\/com\.github\.proto-openapi\.spec\.v2[.@]v1\.0\+protobuf$/;
const SWAGGER_PROTOBUF_TYPE = 'application/com.github.proto-openapi.spec.v2.v1.0+protobuf';

function serveV2(swagger: Swagger, request: DiscoveryRequest): Answer {
  const form = parseAccept(request.accept).find(({ type }) => isJson(type) || SWAGGER_PROTOBUF.test(type));
  const etag = `"${swagger.hash}"`;
  const headers = { vary: 'Accept-Encoding, Accept', etag };
  if (form === undefined) return { status: 406, headers: { vary: headers.vary }, body: '' };
  if (request.ifNoneMatch === etag) return { status: 304, headers, body: '' };
  return isJson(form.type)
    ? { status: 200, headers: { ...headers, 'content-type': 'application/json' }, body: swagger.text }
    : { status: 200, headers: { ...headers, 'content-type': SWAGGER_PROTOBUF_TYPE }, body: swagger.protobuf };
}

function acceptsJson(accept: string | undefined): boolean {
  return parseAccept(accept).some(({ type }) => isJson(type));
}

function isJson(type: string): boolean {
  return ['application/json', '*/*', 'application/*'].includes(type);
}

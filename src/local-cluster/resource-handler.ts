import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';
import { applyObject } from './crud/apply.ts';
import { createObject } from './crud/create.ts';
import { decodeBody, warned, warning } from './crud/decode-body.ts';
import { deleteObject, deleteOptions } from './crud/delete.ts';
import { listObjects, parseVersion } from './crud/list.ts';
import { patchKindOf, patchObject } from './crud/patch.ts';
import { read, type Target, type Written } from './crud/target.ts';
import { replaceObject } from './crud/update.ts';
import { type Answer, formatted, header } from './http.ts';
import { DEFINITIONS, definitionWarnings } from './kinds/definition.ts';
import { listOptions, writeOptions } from './options.ts';
import type { ResourcePath } from './paths.ts';
import { pluralName, type Verb } from './resources.ts';
import { methodNotAllowed, notFound, tooLargeVersion, unsupportedVerb } from './status.ts';
import { streamChanges } from './watch.ts';
import { readBody } from './wire/body.ts';
import { negotiate, negotiateStream, type Rendering } from './wire/negotiate.ts';
import { type ObjectList, renderList, renderObject } from './wire/render.ts';
import { includeObjectOf } from './wire/table.ts';

/** One request to a resource, with what all verbs need of it. */
interface Call {
  readonly target: Target;
  readonly query: URLSearchParams;
  readonly request: IncomingMessage;
  readonly accept: string | undefined;
  readonly contentType: string | undefined;
  readonly userAgent: string | undefined;
}

/** How long a read waits for a version that lies in the future (07-watch, "list at a future resourceVersion"). */
const FUTURE_VERSION_WAIT_MS = 3_000;

/** Answers a request to a resource; undefined when the answer is a stream under way. Throws StatusError. */
export async function serveResource(
  path: ResourcePath,
  query: URLSearchParams,
  cluster: Cluster,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Answer | undefined> {
  const { deprecation } = path.resource;
  const warnings = deprecation === undefined ? [] : [deprecation];
  try {
    const answer = await serveVerb(path, query, cluster, request, response);
    return answer === undefined
      ? undefined
      : { ...answer, warnings: [...warnings, ...(answer.warnings ?? [])] };
  } catch (error) {
    throw warned(error, warnings);
  }
}

async function serveVerb(
  path: ResourcePath,
  query: URLSearchParams,
  cluster: Cluster,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Answer | undefined> {
  const { resource, namespace, name } = path;
  if (path.subresource === 'unknown') throw notFound(pluralName(resource), name);
  const call: Call = {
    target: { cluster, resource, namespace, name, subresource: path.subresource },
    query,
    request,
    accept: header(request, 'accept'),
    contentType: header(request, 'content-type'),
    userAgent: header(request, 'user-agent'),
  };
  switch (request.method ?? '') {
    case 'GET':
    case 'HEAD':
      return name === '' ? serveCollection(call, path.watch, response) : serveItem(call);
    case 'POST':
      return create(allowed(call, 'create'));
    case 'PUT':
      return replace(allowed(call, 'update'));
    case 'PATCH':
      return patch(allowed(call, 'patch'));
    case 'DELETE':
      return name === ''
        ? removeCollection(allowed(call, 'deletecollection'))
        : removeItem(allowed(call, 'delete'));
    default:
      throw resource.custom ? unsupportedVerb(pluralName(resource)) : methodNotAllowed();
  }
}

/** The call, unless its resource or its path does not know the verb. */
function allowed(call: Call, verb: Verb): Call {
  const { resource, name } = call.target;
  const onItem = verb !== 'create' && verb !== 'deletecollection';
  const fits = onItem === (name !== '') || (verb === 'create' && resource.custom);
  if (!resource.verbs.includes(verb) || !fits) throw methodNotAllowed();
  return call;
}

async function serveItem(call: Call): Promise<Answer> {
  const rendering = negotiate(call.accept);
  await waitForVersion(call.target, call.query.get('resourceVersion') ?? '');
  return objectAnswer(call, read(call.target), rendering, 200);
}

async function serveCollection(
  call: Call,
  watchPath: boolean,
  response: ServerResponse,
): Promise<Answer | undefined> {
  const options = listOptions(call.query, watchPath);
  if (options.watch) {
    const rendering = negotiateStream(call.accept);
    streamChanges(
      { target: call.target, options, rendering, includeObject: includeObjectOf(call.query) },
      response,
    );
    return undefined;
  }
  const rendering = negotiate(call.accept);
  if (options.continueToken === '') await waitForVersion(call.target, options.resourceVersion);
  return listAnswer(call, listObjects(call.target, options), rendering);
}

/** Waits for a version other readers have seen already, or throws 504. */
async function waitForVersion(target: Target, text: string): Promise<void> {
  const asked = parseVersion(text);
  const { store } = target.cluster;
  if (asked === undefined || asked <= store.revision()) return;
  await sleep(FUTURE_VERSION_WAIT_MS, undefined, { ref: false });
  if (asked > store.revision()) throw tooLargeVersion(text, store.revision());
}

async function create(call: Call): Promise<Answer> {
  const rendering = negotiate(call.accept);
  const options = writeOptions(call.query, 'CreateOptions', call.userAgent);
  const body = await readBody(call.request);
  const { resource } = call.target;
  const { object, warnings } = decodeBody(body, call.contentType, resource, options.fieldValidation);
  const written = warning(warnings, () => createObject(call.target, object, options));
  const more = resource.collection === DEFINITIONS ? definitionWarnings(object) : [];
  return writtenAnswer(
    call,
    { ...written, warnings: [...warnings, ...more, ...written.warnings] },
    rendering,
  );
}

async function replace(call: Call): Promise<Answer> {
  const rendering = negotiate(call.accept);
  const options = writeOptions(call.query, 'UpdateOptions', call.userAgent);
  const body = await readBody(call.request);
  const { object, warnings } = decodeBody(
    body,
    call.contentType,
    call.target.resource,
    options.fieldValidation,
  );
  const written = warning(warnings, () => replaceObject(call.target, object, options));
  return writtenAnswer(call, { ...written, warnings: [...warnings, ...written.warnings] }, rendering);
}

async function patch(call: Call): Promise<Answer> {
  const rendering = negotiate(call.accept);
  const kind = patchKindOf(call.contentType, call.target.resource);
  const options = writeOptions(call.query, 'PatchOptions', call.userAgent, kind === 'apply');
  const body = (await readBody(call.request)).toString('utf8');
  const written =
    kind === 'apply'
      ? applyObject(call.target, body, options)
      : patchObject(call.target, kind, body, options);
  return writtenAnswer(call, written, rendering);
}

async function removeItem(call: Call): Promise<Answer> {
  const rendering = negotiate(call.accept);
  const options = deleteOptions(call.query, await readBody(call.request), call.contentType);
  const answer = deleteObject(call.target, options);
  if (answer.kind === 'Status' && answer.apiVersion === 'v1') return formatted(answer, rendering.format, 200);
  return objectAnswer(call, answer as Written['object'], rendering, 200);
}

async function removeCollection(call: Call): Promise<Answer> {
  const rendering = negotiate(call.accept);
  const options = deleteOptions(call.query, await readBody(call.request), call.contentType);
  const list = listObjects(call.target, listOptions(call.query, false));
  for (const { metadata } of list.items) {
    const target = { ...call.target, namespace: metadata.namespace ?? '', name: metadata.name ?? '' };
    deleteObject(target, options);
  }
  return listAnswer(call, list, rendering);
}

function writtenAnswer(call: Call, written: Written, rendering: Rendering): Answer {
  return {
    ...objectAnswer(call, written.object, rendering, written.created ? 201 : 200),
    warnings: written.warnings,
  };
}

function objectAnswer(call: Call, object: Written['object'], rendering: Rendering, status: number): Answer {
  const { cluster, resource } = call.target;
  const value = renderObject(resource, object, rendering, includeObjectOf(call.query), cluster.now());
  return formatted(value, rendering.format, status);
}

function listAnswer(call: Call, list: ObjectList, rendering: Rendering): Answer {
  const { cluster, resource } = call.target;
  const value = renderList(resource, list, rendering, includeObjectOf(call.query), cluster.now());
  return formatted(value, rendering.format, 200);
}

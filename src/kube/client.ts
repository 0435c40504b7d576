import type { Clock } from '../ports/clock.ts';
import { failed, ok, type Result } from '../ports/failure.ts';
import type { Connection } from './connection.ts';
import type { HttpRequest } from './exchange.ts';
import { type Attempt, failureOfContent, failureOfReply } from './failure.ts';
import { type ApplyDraft, type Draft, type KubeObject, keyOf, type ObjectRef } from './object.ts';
import { type ListPage, parseJson, readDeletion, readObject, readPage } from './reply.ts';
import { apiVersionOf, collectionPath, objectPath, type ResourceType } from './resource.ts';
import type { WatchEvent } from './watch/event.ts';
import { readWatch } from './watch/stream.ts';

/** Which objects of a kind. */
export interface Selection {
  /** Absent: all namespaces. */
  readonly namespace?: string;
  readonly labelSelector?: string;
  readonly fieldSelector?: string;
}

interface PageRequest extends Selection {
  /** Most objects on the page. */
  readonly limit: number;
  /** From the page before. */
  readonly continueToken?: string;
}

interface WatchRequest extends Selection {
  readonly resourceVersion: string;
  /** The server ends the watch after so many seconds. */
  readonly timeoutSeconds: number;
  /** Without a word for so long the watch is given up, in milliseconds. */
  readonly silenceMs: number;
}

interface ApplyOptions {
  readonly fieldManager: string;
  /** Take over fields that other managers hold. Default false: that is a conflict. */
  readonly force?: boolean;
}

interface DeleteOptions {
  /** Delete only this very object and this very version of it. */
  readonly preconditions?: { readonly uid?: string; readonly resourceVersion?: string };
  /** What happens to objects it owns. Default Background. */
  readonly propagation?: 'Background' | 'Foreground' | 'Orphan';
}

/**
 * Calls to the API server: one attempt each, classified, never throwing.
 *
 * A write that got no clear answer is `unknownOutcome`; see failure.ts for the table.
 * `NotFound` is an object that does not exist, `HTTP_404` a kind that is not installed.
 */
export interface KubeClient {
  get<T extends KubeObject>(type: ResourceType<T>, ref: ObjectRef, signal: AbortSignal): Promise<Result<T>>;
  list<T extends KubeObject>(
    type: ResourceType<T>,
    page: PageRequest,
    signal: AbortSignal,
  ): Promise<Result<ListPage<T>>>;
  create<T extends KubeObject>(
    type: ResourceType<T>,
    draft: Draft<NoInfer<T>>,
    signal: AbortSignal,
  ): Promise<Result<T>>;
  /** PUT. With metadata.resourceVersion it is refused as `Conflict` when somebody else wrote in between. */
  replace<T extends KubeObject>(
    type: ResourceType<T>,
    draft: Draft<NoInfer<T>>,
    signal: AbortSignal,
  ): Promise<Result<T>>;
  /** Server-side apply: creates the object if it is absent. */
  apply<T extends KubeObject>(
    type: ResourceType<T>,
    draft: ApplyDraft<NoInfer<T>>,
    options: ApplyOptions,
    signal: AbortSignal,
  ): Promise<Result<T>>;
  /** Server-side apply to the status; never creates. With a version it is refused as `Conflict` at any other one. */
  applyStatus<T extends KubeObject>(
    type: ResourceType<T>,
    ref: ObjectRef & { readonly resourceVersion?: string },
    status: object,
    options: ApplyOptions,
    signal: AbortSignal,
  ): Promise<Result<T>>;
  /** JSON merge patch (RFC 7386): null removes a field. */
  mergePatch<T extends KubeObject>(
    type: ResourceType<T>,
    ref: ObjectRef,
    patch: object,
    signal: AbortSignal,
  ): Promise<Result<T>>;
  /** `terminating`: finalizers still hold it. */
  delete(
    type: ResourceType,
    ref: ObjectRef,
    options: DeleteOptions,
    signal: AbortSignal,
  ): Promise<Result<'deleted' | 'terminating'>>;
  /** Always asks for bookmarks. Aborting the signal ends it. */
  watch<T extends KubeObject>(
    type: ResourceType<T>,
    request: WatchRequest,
    signal: AbortSignal,
  ): AsyncIterable<WatchEvent<T>>;
}

const JSON_TYPE = 'application/json';
const MERGE_PATCH = 'application/merge-patch+json';
/** Its name says YAML; JSON is YAML. */
const APPLY_PATCH = 'application/apply-patch+yaml';

/** Speaks Kubernetes over a connection. */
export function createKubeClient(connection: Connection, clock: Clock): KubeClient {
  async function exchange<T>(
    request: HttpRequest,
    attempt: Attempt,
    signal: AbortSignal,
    read: (body: unknown) => unknown,
  ): Promise<Result<T>> {
    const reply = await connection.send(request, signal);
    if (reply.kind !== 'answer' || reply.status < 200 || reply.status > 299)
      return failed(failureOfReply(reply, attempt));
    const value = read(parseJson(reply.body));
    // The API server validated it against the schema that T was made from.
    return value === undefined ? failed(failureOfContent('MalformedAnswer', attempt)) : ok(value as T);
  }

  function write<T extends KubeObject>(
    request: Required<HttpRequest>,
    what: string,
    signal: AbortSignal,
  ): Promise<Result<T>> {
    return exchange(request, { writes: true, what }, signal, readObject);
  }

  return {
    get(type, ref, signal) {
      const attempt = { writes: false, what: `get ${type.plural} ${keyOf(ref)}` };
      return exchange({ method: 'GET', path: objectPath(type, ref) }, attempt, signal, readObject);
    },

    list(type, page, signal) {
      const query = selectionQuery(page);
      query.set('limit', String(page.limit));
      if (page.continueToken !== undefined) query.set('continue', page.continueToken);
      const path = `${collectionPath(type, page.namespace)}?${query.toString()}`;
      return exchange(
        { method: 'GET', path },
        { writes: false, what: `list ${type.plural}` },
        signal,
        readPage,
      );
    },

    create(type, draft, signal) {
      const path = collectionPath(type, draft.metadata.namespace);
      const body = bodyOf(type, draft);
      const what = `create ${type.plural} ${keyOf(draft.metadata)}`;
      return write({ method: 'POST', path, contentType: JSON_TYPE, body }, what, signal);
    },

    replace(type, draft, signal) {
      const path = objectPath(type, draft.metadata);
      const body = bodyOf(type, draft);
      const what = `replace ${type.plural} ${keyOf(draft.metadata)}`;
      return write({ method: 'PUT', path, contentType: JSON_TYPE, body }, what, signal);
    },

    apply(type, draft, options, signal) {
      const path = `${objectPath(type, draft.metadata)}?${applyQuery(options).toString()}`;
      const body = bodyOf(type, draft);
      const what = `apply ${type.plural} ${keyOf(draft.metadata)}`;
      return write({ method: 'PATCH', path, contentType: APPLY_PATCH, body }, what, signal);
    },

    applyStatus(type, ref, status, options, signal) {
      const path = `${objectPath(type, ref, 'status')}?${applyQuery(options).toString()}`;
      const body = bodyOf(type, { metadata: ref, status });
      const what = `apply ${type.plural}/status ${keyOf(ref)}`;
      return write({ method: 'PATCH', path, contentType: APPLY_PATCH, body }, what, signal);
    },

    mergePatch(type, ref, patch, signal) {
      const path = objectPath(type, ref);
      const what = `patch ${type.plural} ${keyOf(ref)}`;
      return write(
        { method: 'PATCH', path, contentType: MERGE_PATCH, body: JSON.stringify(patch) },
        what,
        signal,
      );
    },

    delete(type, ref, options, signal) {
      const body = JSON.stringify({
        kind: 'DeleteOptions',
        apiVersion: 'v1',
        propagationPolicy: options.propagation ?? 'Background',
        ...(options.preconditions !== undefined && { preconditions: options.preconditions }),
      });
      const request = {
        method: 'DELETE',
        path: objectPath(type, ref),
        contentType: JSON_TYPE,
        body,
      } as const;
      const attempt = { writes: true, what: `delete ${type.plural} ${keyOf(ref)}` };
      return exchange(request, attempt, signal, readDeletion);
    },

    watch<T extends KubeObject>(type: ResourceType<T>, request: WatchRequest, signal: AbortSignal) {
      const query = selectionQuery(request);
      query.set('watch', 'true');
      query.set('allowWatchBookmarks', 'true');
      query.set('resourceVersion', request.resourceVersion);
      query.set('timeoutSeconds', String(request.timeoutSeconds));
      const path = `${collectionPath(type, request.namespace)}?${query.toString()}`;
      const attempt = { writes: false, what: `watch ${type.plural}` };
      const silenceMs = request.silenceMs;
      return readWatch({ connection, clock, path, attempt, silenceMs }, signal) as AsyncIterable<
        WatchEvent<T>
      >;
    },
  };
}

function bodyOf(type: ResourceType, content: object): string {
  return JSON.stringify({ apiVersion: apiVersionOf(type), kind: type.kind, ...content });
}

function selectionQuery(selection: Selection): URLSearchParams {
  const query = new URLSearchParams();
  if (selection.labelSelector !== undefined) query.set('labelSelector', selection.labelSelector);
  if (selection.fieldSelector !== undefined) query.set('fieldSelector', selection.fieldSelector);
  return query;
}

function applyQuery(options: ApplyOptions): URLSearchParams {
  const query = new URLSearchParams({ fieldManager: options.fieldManager });
  if (options.force === true) query.set('force', 'true');
  return query;
}

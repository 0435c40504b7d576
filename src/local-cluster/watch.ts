import type { ServerResponse } from 'node:http';
import { parseVersion } from './crud/list.ts';
import type { Target } from './crud/target.ts';
import type { KubeObject } from './object.ts';
import type { ListOptions } from './options.ts';
import { apiVersionOf } from './resources.ts';
import { type Selection, selectionOf } from './selectors/selection.ts';
import { expired } from './status.ts';
import type { Change } from './store/store.ts';
import type { WatchEvent } from './wire/event-lines.ts';
import type { Rendering } from './wire/negotiate.ts';
import { type IncludeObject, partialOf, tableOf } from './wire/table.ts';

/** How a watch without `timeoutSeconds` ends: after half an hour to an hour, the default of kube-apiserver. */
const DEFAULT_TIMEOUT_SECONDS = 1800;

/** Time between bookmarks, as the watch cache sends them. */
const BOOKMARK_INTERVAL_MS = 60_000;

/** A last bookmark comes this long before the end, but not in the first second (07-watch). */
const BOOKMARK_BEFORE_END_MS = 2_000;
const FIRST_BOOKMARK_MS = 1_000;

/** A client that lets this much pile up is cut off, and will list anew. ASSUMED. */
const MAX_BUFFERED_BYTES = 64 * 1024 * 1024;

/** Everything a watch needs to know about its request. */
export interface WatchRequest {
  readonly target: Target;
  readonly options: ListOptions;
  readonly rendering: Rendering;
  readonly includeObject: IncludeObject;
}

/**
 * Answers with a stream of events until the timeout, the end of the client, or the end of the resource. Throws before
 * the first byte for selectors and versions it cannot read.
 */
export function streamChanges(request: WatchRequest, response: ServerResponse): void {
  const { target, options } = request;
  const { store, registry, eventLines } = target.cluster;
  const selection = selectionOf(target.resource, target.namespace, options);
  const opening = openingOf(request, selection);
  const encode = encoder(request);
  const stops: (() => void)[] = [];

  function send(event: WatchEvent): void {
    response.write(eventLines(event));
    if (response.writableLength > MAX_BUFFERED_BYTES) response.destroy();
  }
  function end(): void {
    for (const stop of stops.splice(0)) stop();
    response.end();
  }

  response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache, private' });
  response.flushHeaders();
  for (const event of opening.events) send(encode(event));
  if (opening.ended) return end();

  const from = opening.after;
  stops.push(
    store.listen(target.resource.collection, (change) => {
      if (change.revision <= from) return;
      const event = eventOf(change, request, selection);
      if (event !== undefined) send(encode(event));
    }),
    registry.whenReplaced(target.resource, end),
    ...schedule(options, end, () => send(encode(bookmark(request, store.revision())))),
  );
  response.once('close', end);
}

interface Opening {
  readonly events: readonly WatchEvent[];
  /** Changes after this revision follow. */
  readonly after: number;
  readonly ended: boolean;
}

/** What the stream begins with: the present state, the changes missed, or the news that these are forgotten. */
function openingOf(request: WatchRequest, selection: Selection): Opening {
  const { target, options } = request;
  const { store } = target.cluster;
  const { collection } = target.resource;
  const version = parseVersion(options.resourceVersion);
  const fromNow = version === undefined || version === 0;
  const revision = store.revision();
  if (options.sendInitialEvents === true || (fromNow && options.sendInitialEvents !== false)) {
    const events = presentState(request, selection);
    const marked = options.sendInitialEvents === true && options.allowBookmarks;
    return {
      events: marked ? [...events, bookmark(request, revision, true)] : events,
      after: revision,
      ended: false,
    };
  }
  if (fromNow) return { events: [], after: revision, ended: false };
  const changes = store.changesAfter(collection, version);
  if (changes === undefined) {
    const gone = expired(`too old resource version: ${version} (${store.oldest(collection)})`);
    return { events: [{ type: 'ERROR', object: gone.status }], after: revision, ended: true };
  }
  const events = changes
    .map((change) => eventOf(change, request, selection))
    .filter((event) => event !== undefined);
  return { events, after: Math.max(version, revision), ended: false };
}

function presentState(request: WatchRequest, selection: Selection): readonly WatchEvent[] {
  const { cluster, resource } = request.target;
  const objects = cluster.store.snapshot(resource.collection)?.objects ?? [];
  return objects
    .map((stored) => resource.strategy.fromStorage(stored))
    .filter((object) => selection.matches(object))
    .map((object) => ({ type: 'ADDED', object }));
}

/** The change as this watch sees it: entering its selection is ADDED, leaving it is DELETED with the old state. */
function eventOf(change: Change, request: WatchRequest, selection: Selection): WatchEvent | undefined {
  const { strategy } = request.target.resource;
  const object = strategy.fromStorage(change.object);
  const before = change.previous === undefined ? undefined : strategy.fromStorage(change.previous);
  const was = before !== undefined && selection.matches(before);
  const is = change.type !== 'DELETED' && selection.matches(object);
  if (is) return { type: was ? 'MODIFIED' : 'ADDED', object };
  if (!was) return undefined;
  const last = change.type === 'DELETED' ? object : before;
  const { resourceVersion } = change.object.metadata;
  return { type: 'DELETED', object: { ...last, metadata: { ...last.metadata, resourceVersion } } };
}

function bookmark(request: WatchRequest, revision: number, endsInitialEvents = false): WatchEvent {
  const { resource } = request.target;
  const annotations = endsInitialEvents ? { annotations: { 'k8s.io/initial-events-end': 'true' } } : {};
  const object = {
    kind: resource.kind,
    apiVersion: apiVersionOf(resource),
    metadata: { ...annotations, resourceVersion: String(revision) },
  };
  return { type: 'BOOKMARK', object };
}

/** Gives events the form that was asked for. Only the first Table carries the columns; errors stay a Status. */
function encoder({ target, rendering, includeObject }: WatchRequest): (event: WatchEvent) => WatchEvent {
  let columns = true;
  return (event) => {
    if (event.type === 'ERROR' || rendering.as === 'object') return event;
    const object = event.object as KubeObject;
    if (rendering.as !== 'table') return { ...event, object: partialOf(object, rendering.apiVersion) };
    const options = { apiVersion: rendering.apiVersion, includeObject, nowMs: target.cluster.now(), columns };
    columns = false;
    const { resourceVersion = '' } = object.metadata;
    return { ...event, object: tableOf(target.resource, [object], { resourceVersion }, options) };
  };
}

function schedule(options: ListOptions, end: () => void, mark: () => void): readonly (() => void)[] {
  const seconds =
    options.timeoutSeconds > 0 ? options.timeoutSeconds : DEFAULT_TIMEOUT_SECONDS * (1 + Math.random());
  const timeout = setTimeout(end, seconds * 1000);
  const stops = [() => clearTimeout(timeout)];
  if (!options.allowBookmarks) return stops;
  const regular = setInterval(mark, BOOKMARK_INTERVAL_MS);
  stops.push(() => clearInterval(regular));
  if (seconds * 1000 <= FIRST_BOOKMARK_MS) return stops;
  const last = setTimeout(mark, Math.max(seconds * 1000 - BOOKMARK_BEFORE_END_MS, FIRST_BOOKMARK_MS));
  return [...stops, () => clearTimeout(last)];
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Cluster } from './cluster.ts';
import { VERSION } from './discovery/documents.ts';
import { groupVersions } from './discovery/groups.ts';
import { createOpenApi, type DiscoveryRequest, serveDiscovery } from './discovery/serve.ts';
import { type Answer, errorAnswer, header, jsonAnswer, pageNotFound, send, textAnswer } from './http.ts';
import { resolvePath, segmentsOf } from './paths.ts';
import { serveResource } from './resource-handler.ts';
import { serveReview } from './review-handler.ts';
import { findReview } from './reviews.ts';

/** Answers one request, whatever happens. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

const HEALTH = ['readyz', 'livez', 'healthz'];

/** The handler of the whole API. */
export function createHandler(cluster: Cluster): Handler {
  const openApi = createOpenApi(cluster.registry);
  return async (request, response) => {
    const accept = header(request, 'accept');
    try {
      const url = new URL(request.url ?? '/', 'http://localhost');
      const segments = segmentsOf(url.pathname);
      const [root = ''] = segments;
      const answer = isResource(segments)
        ? await serveApi(segments, url.searchParams, cluster, request, response)
        : root === 'openapi'
          ? openApi(segments, discoveryRequest(request, url))
          : serveRest(segments, discoveryRequest(request, url), cluster);
      if (answer !== undefined) send(response, answer);
    } catch (error) {
      if (!response.headersSent) send(response, errorAnswer(error, accept));
      else response.destroy();
    }
  };
}

function isResource(segments: readonly string[]): boolean {
  return (segments[0] === 'api' && segments.length > 2) || (segments[0] === 'apis' && segments.length > 3);
}

/** Undefined when the answer is a stream that is already under way. */
async function serveApi(
  segments: readonly string[],
  query: URLSearchParams,
  cluster: Cluster,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Answer | undefined> {
  const review = findReview(segments);
  if (review !== undefined) return serveReview(review, cluster, request);
  const path = resolvePath(segments, cluster.registry);
  return path === undefined ? pageNotFound() : serveResource(path, query, cluster, request, response);
}

function discoveryRequest(request: IncomingMessage, url: URL): DiscoveryRequest {
  return {
    accept: header(request, 'accept'),
    ifNoneMatch: header(request, 'if-none-match'),
    address: header(request, 'host') ?? '',
    query: url.searchParams,
  };
}

function serveRest(segments: readonly string[], request: DiscoveryRequest, cluster: Cluster): Answer {
  const [root = ''] = segments;
  if (HEALTH.includes(root)) return serveHealth(root, segments, request.query);
  if (root === 'api' || root === 'apis') return serveDiscovery(segments, request, cluster) ?? pageNotFound();
  if (root === 'version') return jsonAnswer(VERSION);
  return root === '' ? jsonAnswer({ paths: rootPaths(cluster) }) : pageNotFound();
}

function serveHealth(root: string, segments: readonly string[], query: URLSearchParams): Answer {
  if (segments.length === 2 && segments[1] === 'ping') {
    return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: 'ok' };
  }
  if (segments.length > 1) return pageNotFound();
  return textAnswer(200, query.has('verbose') ? `[+]ping ok\n${root} check passed\n` : 'ok');
}

function rootPaths(cluster: Cluster): readonly string[] {
  const groups = groupVersions(cluster.registry).flatMap(({ group, version }) =>
    group === '' ? ['/api', '/api/v1'] : ['/apis', `/apis/${group}`, `/apis/${group}/${version}`],
  );
  return [
    ...new Set([...groups, '/healthz', '/livez', '/openapi/v2', '/openapi/v3', '/readyz', '/version']),
  ].sort();
}

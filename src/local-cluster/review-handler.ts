import type { IncomingMessage } from 'node:http';
import type { Cluster } from './cluster.ts';
import { type Answer, formatted, header } from './http.ts';
import type { Review } from './reviews.ts';
import { methodNotAllowed } from './status.ts';
import { readBody, readObject } from './wire/body.ts';
import { negotiate } from './wire/negotiate.ts';

/** Answers a review. Throws 405 for anything but a POST. */
export async function serveReview(
  review: Review,
  cluster: Cluster,
  request: IncomingMessage,
): Promise<Answer> {
  if (request.method !== 'POST') throw methodNotAllowed();
  const { format } = negotiate(header(request, 'accept'));
  const { object } = readObject(await readBody(request), header(request, 'content-type'), review.kind);
  const type = { kind: review.kind, apiVersion: `${review.group}/${review.version}` };
  return formatted({ ...type, ...review.answer(object, cluster.now()) }, format, 201);
}

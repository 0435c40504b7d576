import type { Connection } from '../../kube/connection.ts';
import { failureOfReply } from '../../kube/failure.ts';
import { parseJson } from '../../kube/reply.ts';
import { Sentence } from '../exit.ts';

const PATH = '/apis/authentication.k8s.io/v1/selfsubjectreviews';
const BODY = JSON.stringify({ apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' });

/** Who the API server takes us for. It has known how to say so since Kubernetes 1.28. */
export async function whoAmI(connection: Connection, signal: AbortSignal): Promise<string> {
  const request = { method: 'POST', path: PATH, contentType: 'application/json', body: BODY } as const;
  const reply = await connection.send(request, signal);
  if (reply.kind !== 'answer' || reply.status < 200 || reply.status > 299) {
    const { message } = failureOfReply(reply, { writes: false, what: 'ask the API server who you are' });
    throw new Sentence(`${message}; name yourself with --by`);
  }
  const review = parseJson(reply.body) as Review | undefined;
  const name = review?.status?.userInfo?.username;
  if (typeof name !== 'string' || name === '') {
    throw new Sentence('the API server does not say who you are; name yourself with --by');
  }
  return name;
}

interface Review {
  readonly status?: { readonly userInfo?: { readonly username?: unknown } };
}

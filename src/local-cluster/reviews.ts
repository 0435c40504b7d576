import { timestamp } from './clock.ts';
import { invalidValue } from './field-errors.ts';
import { isObject } from './json.ts';
import type { JsonObject } from './object.ts';
import { invalid } from './status.ts';

/** A question to the server about permissions or identity: it can be created, and is not kept. */
export interface Review {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly namespaced: boolean;
  /** The answer, beside the question. Throws 422. */
  readonly answer: (question: JsonObject, nowMs: number) => JsonObject;
}

/** What every access review answers with. */
const ALLOWED = { allowed: true, reason: 'permissions are not enforced by this server' };

/** Who every client is. */
const USER = { username: 'local-user', groups: ['system:masters', 'system:authenticated'] };

function accessReview(question: JsonObject): JsonObject {
  const spec = isObject(question['spec']) ? question['spec'] : {};
  const { resourceAttributes, nonResourceAttributes } = spec;
  // 11-authorisation: the message names no kind.
  const type = { group: 'authorization.k8s.io', word: '' };
  if (resourceAttributes === undefined && nonResourceAttributes === undefined) {
    const why = 'exactly one of nonResourceAttributes or resourceAttributes must be specified';
    throw invalid(type, '', [invalidValue('spec.resourceAttributes', null, why)]);
  }
  if (resourceAttributes !== undefined && isObject(nonResourceAttributes)) {
    const value = { Path: nonResourceAttributes['path'] ?? '', Verb: nonResourceAttributes['verb'] ?? '' };
    const why = 'cannot be specified in combination with resourceAttributes';
    throw invalid(type, '', [invalidValue('spec.nonResourceAttributes', value, why)]);
  }
  return { metadata: {}, spec, status: ALLOWED };
}

function rulesReview(): JsonObject {
  const resourceRules = [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }];
  const nonResourceRules = [{ verbs: ['*'], nonResourceURLs: ['*'] }];
  return { metadata: {}, spec: {}, status: { resourceRules, nonResourceRules, incomplete: false } };
}

function selfReview(_question: JsonObject, nowMs: number): JsonObject {
  return { metadata: { creationTimestamp: timestamp(nowMs) }, status: { userInfo: USER } };
}

/** Nobody is known by a token here: a webhook that asks is told so, in the place for it. */
function tokenReview(question: JsonObject): JsonObject {
  const spec = isObject(question['spec']) ? question['spec'] : {};
  return { metadata: {}, spec, status: { user: {}, error: 'tokens are not looked at by this server' } };
}

function review(group: string, kind: string, answer: Review['answer'], namespaced = false): Review {
  const singular = kind.toLowerCase();
  return { group, version: 'v1', plural: `${singular}s`, singular, kind, namespaced, answer };
}

/** The reviews there are. Permissions are not enforced: everything is allowed, and the answers say so. */
export const REVIEWS: readonly Review[] = [
  review('authorization.k8s.io', 'LocalSubjectAccessReview', accessReview, true),
  review('authorization.k8s.io', 'SelfSubjectAccessReview', accessReview),
  review('authorization.k8s.io', 'SelfSubjectRulesReview', rulesReview),
  review('authorization.k8s.io', 'SubjectAccessReview', accessReview),
  review('authentication.k8s.io', 'SelfSubjectReview', selfReview),
  review('authentication.k8s.io', 'TokenReview', tokenReview),
];

/** The review a path names, with or without a namespace before it. */
export function findReview(segments: readonly string[]): Review | undefined {
  const [root, group, version, ...below] = segments;
  const plural = below[0] === 'namespaces' ? below[2] : below[0];
  if (root !== 'apis') return undefined;
  return REVIEWS.find(
    (known) => known.group === group && known.version === version && known.plural === plural,
  );
}

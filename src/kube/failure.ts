import type { Failure, FailureKind } from '../ports/failure.ts';
import type { Answer, Break, Refusal } from './exchange.ts';

/** What was tried, as far as a failure's meaning and message depend on it. */
export interface Attempt {
  /** May it have changed something? A lost answer then means that nobody knows. */
  readonly writes: boolean;
  /** For the message, for example `patch deviceclaims/status fleet/order-1`. */
  readonly what: string;
}

/** The parts of a Kubernetes Status that matter here. */
interface Status {
  readonly kind: 'Status';
  readonly message?: string;
  readonly reason?: string;
  readonly code?: number;
  readonly details?: {
    readonly retryAfterSeconds?: number;
    readonly causes?: readonly { readonly reason?: string; readonly field?: string }[];
  };
}

/** `lost` stands for: transient after a read, unknownOutcome after a write. */
type Verdict = Exclude<FailureKind, 'transient' | 'unknownOutcome'> | 'transient' | 'lost';

interface Rule {
  readonly status: number;
  /** Only with this reason; rules with a reason stand before the one without. */
  readonly reason?: string;
  readonly kind: Verdict;
  readonly code: string;
  readonly says: string;
}

/**
 * What each status of the API server means (Kubernetes API conventions, "HTTP Status codes").
 *
 * `Forbidden` is `unauthorized`, not `rejected`: a role binding heals it, an edit of the object does not.
 * `Expired` is `transient`: the caller lists again.
 */
const RULES: readonly Rule[] = [
  { status: 400, kind: 'rejected', code: 'BadRequest', says: 'the request is malformed' },
  { status: 401, kind: 'unauthorized', code: 'Unauthorized', says: 'the credentials were refused' },
  { status: 403, kind: 'unauthorized', code: 'Forbidden', says: 'not permitted' },
  { status: 404, reason: 'NotFound', kind: 'notFound', code: 'NotFound', says: 'it does not exist' },
  { status: 404, kind: 'notFound', code: 'HTTP_404', says: 'the API server does not know this kind' },
  { status: 405, kind: 'rejected', code: 'MethodNotAllowed', says: 'the method is not allowed' },
  { status: 406, kind: 'rejected', code: 'NotAcceptable', says: 'the media type is not served' },
  { status: 408, kind: 'lost', code: 'Timeout', says: 'the API server gave up waiting' },
  {
    status: 409,
    reason: 'AlreadyExists',
    kind: 'conflict',
    code: 'AlreadyExists',
    says: 'it already exists',
  },
  { status: 409, kind: 'conflict', code: 'Conflict', says: 'it was changed by someone else' },
  { status: 410, kind: 'transient', code: 'Expired', says: 'the resource version is too old' },
  { status: 413, kind: 'rejected', code: 'RequestEntityTooLarge', says: 'the object is too large' },
  { status: 415, kind: 'rejected', code: 'UnsupportedMediaType', says: 'the content type is not supported' },
  { status: 422, kind: 'rejected', code: 'Invalid', says: 'it is invalid' },
  { status: 429, kind: 'throttled', code: 'TooManyRequests', says: 'the API server asks to slow down' },
];

/** Failures of admission and storage that hide behind a status of another meaning, told by their text. */
const DISGUISED: readonly (Rule & { readonly begins: string })[] = [
  {
    status: 500,
    begins: 'failed to create typed patch object',
    kind: 'rejected',
    code: 'SchemaMismatch',
    says: 'the object does not fit the schema of the installed definition',
  },
  {
    status: 500,
    begins: 'etcdserver: request is too large',
    kind: 'rejected',
    code: 'RequestEntityTooLarge',
    says: 'the object is too large',
  },
];

/** Classifies every reply that is not a success. */
export function failureOfReply(reply: Answer | Break | Refusal, attempt: Attempt): Failure {
  switch (reply.kind) {
    case 'answer':
      return failureOfAnswer(reply, attempt);
    case 'break':
      return failureOfBreak(reply, attempt);
    case 'refusal':
      return reply.failure;
    default:
      return reply satisfies never;
  }
}

function failureOfAnswer(answer: Answer, attempt: Attempt): Failure {
  const status = parseStatus(answer.body);
  const retryAfterMs = retryAfter(answer.retryAfter, status);
  return classify(answer.status, status, retryAfterMs, attempt);
}

/** Classifies the object of a watch's ERROR event. */
export function failureOfErrorEvent(object: unknown, attempt: Attempt): Failure {
  const status = isStatus(object) ? object : undefined;
  return classify(status?.code ?? 500, status, retryAfter(undefined, status), attempt);
}

/** Classifies a request that got no answer. */
export function failureOfBreak(broken: Break, attempt: Attempt): Failure {
  return {
    kind: attempt.writes && broken.sent ? 'unknownOutcome' : 'transient',
    code: broken.code,
    message: `cannot ${attempt.what}: the API server did not answer`,
  };
}

/** A success status with a body that is not what was asked for. A write may well have happened. */
export function failureOfContent(code: string, attempt: Attempt): Failure {
  return {
    kind: attempt.writes ? 'unknownOutcome' : 'transient',
    code,
    message: `cannot ${attempt.what}: the answer is not what an API server says`,
  };
}

function classify(
  code: number,
  status: Status | undefined,
  retryAfterMs: number | undefined,
  attempt: Attempt,
): Failure {
  if (hasCause(status, 'NamespaceTerminating')) {
    return {
      kind: 'rejected',
      code: 'NamespaceTerminating',
      message: `cannot ${attempt.what}: the namespace is being deleted`,
    };
  }
  const rule = ruleFor(code, status);
  const kind = rule.kind === 'lost' ? (attempt.writes ? 'unknownOutcome' : 'transient') : rule.kind;
  return {
    kind,
    code: rule.code,
    message: `cannot ${attempt.what}: ${rule.says}${fieldsOf(rule, status)}`,
    ...((kind === 'throttled' || kind === 'transient') && retryAfterMs !== undefined && { retryAfterMs }),
  };
}

function ruleFor(code: number, status: Status | undefined): Omit<Rule, 'status'> {
  const disguised = DISGUISED.find(
    (rule) => rule.status === code && status?.message?.startsWith(rule.begins) === true,
  );
  const plain = RULES.find(
    (rule) => rule.status === code && (rule.reason === undefined || rule.reason === status?.reason),
  );
  return disguised ?? plain ?? unknownStatus(code, status);
}

function unknownStatus(code: number, status: Status | undefined): Omit<Rule, 'status'> {
  if (code >= 500) {
    return { kind: 'lost', code: status?.reason ?? `HTTP_${code}`, says: 'the API server failed' };
  }
  return { kind: 'rejected', code: status?.reason ?? `HTTP_${code}`, says: 'the API server refused it' };
}

/** Which fields are invalid. Never their values: they may be anything, also secret. */
function fieldsOf(rule: Omit<Rule, 'status'>, status: Status | undefined): string {
  if (rule.code !== 'Invalid') return '';
  const fields = (status?.details?.causes ?? [])
    .filter((cause) => cause.field !== undefined && cause.field !== '<nil>')
    .map((cause) => `${cause.field} (${cause.reason ?? 'FieldValueInvalid'})`);
  return fields.length === 0 ? '' : `: ${[...new Set(fields)].sort().slice(0, 10).join(', ')}`;
}

function hasCause(status: Status | undefined, reason: string): boolean {
  return status?.details?.causes?.some((cause) => cause.reason === reason) ?? false;
}

/** API servers count seconds, in the header and the body alike. A date, which HTTP would allow, is ignored. */
function retryAfter(header: string | undefined, status: Status | undefined): number | undefined {
  const seconds = header === undefined ? status?.details?.retryAfterSeconds : Number(header);
  return seconds !== undefined && Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

function parseStatus(body: string): Status | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return isStatus(parsed) ? parsed : undefined;
  } catch {
    // Proxies answer in HTML, unknown paths in plain text: the status code alone must do.
    return undefined;
  }
}

function isStatus(value: unknown): value is Status {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'Status';
}

/** The failure of a write that may be made again without harm, so that whatever became of it, it is tried again. */
export function asTransient(failure: Failure): Failure {
  const isHarmless = failure.kind === 'unknownOutcome' || failure.kind === 'conflict';
  return isHarmless ? { ...failure, kind: 'transient' } : failure;
}

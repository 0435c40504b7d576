import type { FieldError } from './schema/field-error.ts';

/** One reason inside a Status. */
export interface StatusCause {
  readonly reason?: string;
  readonly message?: string;
  readonly field?: string;
}

/** What a Status speaks of. */
interface StatusDetails {
  readonly name?: string;
  readonly group?: string;
  readonly kind?: string;
  readonly uid?: string;
  readonly causes?: readonly StatusCause[];
  readonly retryAfterSeconds?: number;
}

/** The answer of the API to everything that is not an object. */
export interface Status {
  readonly kind: 'Status';
  readonly apiVersion: 'v1';
  readonly metadata: { readonly continue?: string };
  readonly status: 'Success' | 'Failure';
  readonly message?: string;
  readonly reason?: string;
  readonly details?: StatusDetails;
  readonly code?: number;
}

/** A resource type as messages name it: `widgets.demo.dev`, or `configmaps` for the core group. */
export interface TypeName {
  readonly group: string;
  /** A plural (404, 409) or a kind (422), whichever the message wants. */
  readonly word: string;
}

/** Ends the handling of a request; the server answers with the Status. */
export class StatusError extends Error {
  readonly status: Status;

  constructor(status: Status) {
    super(status.message ?? status.reason ?? 'failure');
    this.name = 'StatusError';
    this.status = status;
  }
}

function failure(
  code: number,
  reason: string | undefined,
  message: string,
  details?: StatusDetails,
): StatusError {
  return new StatusError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    ...(reason === undefined ? {} : { reason }),
    ...(details === undefined ? {} : { details }),
    code,
  });
}

function qualified(type: TypeName): string {
  return type.group === '' ? type.word : `${type.word}.${type.group}`;
}

function detailsOf(type: TypeName, name: string, more: StatusDetails = {}): StatusDetails {
  return {
    ...(name === '' ? {} : { name }),
    ...(type.group === '' ? {} : { group: type.group }),
    ...(type.word === '' ? {} : { kind: type.word }),
    ...more,
  };
}

/** 400: the request cannot be understood. */
export function badRequest(message: string): StatusError {
  return failure(400, 'BadRequest', message);
}

/** 404: no such object. */
export function notFound(type: TypeName, name: string): StatusError {
  return failure(404, 'NotFound', `${qualified(type)} "${name}" not found`, detailsOf(type, name));
}

/** 409: the name is taken, or still taken by an object that is on its way out. */
export function alreadyExists(type: TypeName, name: string, deleting: boolean): StatusError {
  const message = `${deleting ? 'object is being deleted: ' : ''}${qualified(type)} "${name}" already exists`;
  return failure(409, 'AlreadyExists', message, detailsOf(type, name));
}

/** 409: a precondition does not hold. */
export function conflict(type: TypeName, name: string, message: string): StatusError {
  const text = `Operation cannot be fulfilled on ${qualified(type)} "${name}": ${message}`;
  return failure(409, 'Conflict', text, detailsOf(type, name));
}

/** 409: an apply wants fields of other managers. */
export function applyConflict(message: string, causes: readonly StatusCause[]): StatusError {
  return failure(409, 'Conflict', message, { causes });
}

/** 422: the object or the options break rules. Equal sentences appear once in the message, in all causes. */
export function invalid(type: TypeName, name: string, errors: readonly FieldError[]): StatusError {
  const sentences = [...new Set(errors.map((error) => `${error.field}: ${error.message}`))];
  const text = sentences.length === 1 ? sentences[0] : `[${sentences.join(', ')}]`;
  const causes = errors.map(({ reason, message, field }) => ({ reason, message, field }));
  return failure(
    422,
    'Invalid',
    `${qualified(type)} "${name}" is invalid: ${text}`,
    detailsOf(type, name, { causes }),
  );
}

/** 422 with nothing to say about where: how a failed JSON patch is answered. */
export function unprocessable(): StatusError {
  return failure(422, 'Invalid', 'the server rejected our request due to an error in our request', {});
}

/** 403: understood and refused. */
export function forbidden(
  type: TypeName,
  name: string,
  message: string,
  causes?: readonly StatusCause[],
): StatusError {
  const details = detailsOf(type, name, causes === undefined ? {} : { causes });
  return failure(403, 'Forbidden', `${qualified(type)} "${name}" is forbidden: ${message}`, details);
}

/** 405 for a verb the resource does not have. */
export function methodNotAllowed(): StatusError {
  return failure(
    405,
    'MethodNotAllowed',
    'the server does not allow this method on the requested resource',
    {},
  );
}

/** 405 as custom resources answer to HTTP methods without a verb. */
export function unsupportedVerb(type: TypeName): StatusError {
  const message = ` is not supported on resources of kind "${qualified(type)}"`;
  return failure(405, 'MethodNotAllowed', message, detailsOf(type, ''));
}

/** 406: none of the accepted media types can be produced. */
export function notAcceptable(message: string): StatusError {
  return failure(406, 'NotAcceptable', message);
}

/** 406 with the media types there are. */
export function onlyMediaTypes(accepted: readonly string[]): StatusError {
  return notAcceptable(`only the following media types are accepted: ${accepted.join(', ')}`);
}

/** 415: the body's media type is not known here. */
export function unsupportedMediaType(accepted: readonly string[]): StatusError {
  const list = accepted.join(', ');
  const message = `the body of the request was in an unknown format - accepted media types include: ${list}`;
  return failure(415, 'UnsupportedMediaType', message);
}

/** 415 as built-in resources answer to an unknown patch type. */
export function unsupportedPatch(): StatusError {
  return failure(415, 'UnsupportedMediaType', '415: Unsupported Media Type', {});
}

/** 413: more than the server takes. */
export function tooLarge(message: string): StatusError {
  return failure(413, 'RequestEntityTooLarge', `Request entity too large: ${message}`);
}

/** 410: the version asked for is no longer known; `next` goes on at the newest one. */
export function expired(message: string, next?: string): StatusError {
  const { status } = failure(410, 'Expired', message);
  return new StatusError({ ...status, metadata: next === undefined ? {} : { continue: next } });
}

/** 504: the version asked for lies in the future. */
export function tooLargeVersion(asked: string, current: number): StatusError {
  const message = `Timeout: Too large resource version: ${asked}, current: ${current}`;
  const causes = [{ reason: 'ResourceVersionTooLarge', message: 'Too large resource version' }];
  return failure(504, 'Timeout', message, { causes, retryAfterSeconds: 1 });
}

/** 500 without a reason: how kube-apiserver passes on errors it has not classified. */
export function unclassified(message: string): StatusError {
  return failure(500, undefined, message);
}

/** 200: the object is gone. */
export function deleted(type: TypeName, name: string, uid: string): Status {
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    details: detailsOf(type, name, { uid }),
  };
}

import { invalidValue } from '../field-errors.ts';
import { DecodeError } from '../kinds/decode.ts';
import type { JsonObject, KubeObject } from '../object.ts';
import type { FieldValidation } from '../options.ts';
import { apiVersionOf, kindName, type Resource } from '../resources.ts';
import { badRequest, invalid, StatusError } from '../status.ts';
import { kindMissing, readObject } from '../wire/body.ts';

/** A body read as an object of the resource. */
export interface DecodedBody {
  readonly object: KubeObject;
  readonly warnings: readonly string[];
}

/** An error answer that carries warnings, as every answer can. */
export class WarnedError extends StatusError {
  readonly warnings: readonly string[];

  constructor(error: StatusError, warnings: readonly string[]) {
    super(error.status);
    this.name = 'WarnedError';
    this.warnings = warnings;
  }
}

/** Does the work; when it fails, the warnings that were due before go out with the refusal. */
export function warning<T>(warnings: readonly string[], work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw warned(error, warnings);
  }
}

/** The error with these warnings before its own; what is no Status carries none. */
export function warned(error: unknown, warnings: readonly string[]): unknown {
  if (!(error instanceof StatusError) || warnings.length === 0) return error;
  return new WarnedError(error, [...warnings, ...(error instanceof WarnedError ? error.warnings : [])]);
}

/** Reads the body of a POST or PUT. Throws 400, 415 or 422. */
export function decodeBody(
  body: Buffer,
  contentType: string | undefined,
  resource: Resource,
  validation: FieldValidation,
): DecodedBody {
  const { object: raw, complaints } = readObject(body, contentType, resource.kind);
  checkType(raw, resource, body);
  const decoded = decodeOr(raw, resource, (message) =>
    badRequest(
      `${resource.kind} in version "${resource.version}" cannot be handled as a ${resource.kind}: ${message}`,
    ),
  );
  const problems = [...complaints, ...decoded.unknownFields.map((path) => `unknown field "${path}"`)];
  if (validation === 'Strict' && problems.length > 0) {
    const what = `${resource.kind} in version "${resource.version}" cannot be handled as a ${resource.kind}`;
    throw badRequest(`${what}: strict decoding error: ${problems.join(', ')}`);
  }
  return { object: decoded.object, warnings: validation === 'Ignore' ? [] : problems };
}

/** Decodes, or throws what `failure` makes of the complaint. */
export function decodeOr(
  raw: JsonObject,
  resource: Resource,
  failure: (message: string) => StatusError,
): ReturnType<Resource['strategy']['decode']> {
  try {
    return resource.strategy.decode(raw);
  } catch (error) {
    throw error instanceof DecodeError ? failure(error.message) : error;
  }
}

function checkType(raw: JsonObject, resource: Resource, body: Buffer): void {
  const { kind, apiVersion } = raw;
  const expected = apiVersionOf(resource);
  if (typeof kind !== 'string' || kind === '') {
    // Built-in kinds follow from the path; custom ones must be named.
    if (resource.custom) throw kindMissing(body.toString('utf8'), resource.kind);
  }
  if (typeof apiVersion === 'string' && apiVersion !== '' && apiVersion !== expected) {
    const why = `the API version in the data (${apiVersion}) does not match the expected API version (${expected})`;
    throw new WarnedError(badRequest(why), unknownOfOtherVersion(raw));
  }
  if (typeof kind === 'string' && kind !== '' && kind !== resource.kind) throw wrongKind(raw, resource);
}

/** A version that is not served has no schema: everything but the metadata is unknown in it. */
export function unknownOfOtherVersion(raw: JsonObject): readonly string[] {
  const typed = ['apiVersion', 'kind', 'metadata'];
  return Object.keys(raw)
    .filter((key) => !typed.includes(key))
    .map((key) => `unknown field "${key}"`);
}

/** 422 for an object of another kind than the path names. */
export function wrongKind(raw: JsonObject, resource: Resource): StatusError {
  const kind = typeof raw['kind'] === 'string' ? raw['kind'] : '';
  const name = (raw['metadata'] as { readonly name?: string } | undefined)?.name ?? '';
  const type = { ...kindName(resource), word: kind };
  return invalid(type, name, [invalidValue('kind', kind, `must be ${resource.kind}`)]);
}

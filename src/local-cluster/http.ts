import type { IncomingMessage, ServerResponse } from 'node:http';
import { WarnedError } from './crud/decode-body.ts';
import { type Status, StatusError } from './status.ts';
import { statusFormat } from './wire/negotiate.ts';
import { writeYaml } from './wire/yaml.ts';

/** A whole answer. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
  /** Each becomes a Warning header. */
  readonly warnings?: readonly string[];
}

/** A JSON answer of 200 or another code. */
export function jsonAnswer(value: unknown, status = 200): Answer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

/** A plain text answer. */
export function textAnswer(status: number, body: string): Answer {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' };
  return { status, headers, body };
}

/** What a path that is not served answers. */
export function pageNotFound(): Answer {
  return textAnswer(404, '404 page not found\n');
}

/** A value in the format that was asked for. */
export function formatted(
  value: unknown,
  format: 'json' | 'yaml',
  status: number,
  warnings: readonly string[] = [],
): Answer {
  const answer =
    format === 'json'
      ? jsonAnswer(value, status)
      : { status, headers: { 'content-type': 'application/yaml' }, body: writeYaml(value) };
  return { ...answer, warnings };
}

/** The answer to an error that ended a request. Others than StatusError are faults of this server: 500. */
export function errorAnswer(error: unknown, accept: string | undefined): Answer {
  const known = error instanceof StatusError;
  const status = known ? error.status : internalError(error);
  const code = status.code ?? 500;
  const answer = formatted(
    status,
    statusFormat(accept),
    code,
    error instanceof WarnedError ? error.warnings : [],
  );
  const retryAfter = status.details?.retryAfterSeconds;
  return retryAfter === undefined
    ? answer
    : { ...answer, headers: { ...answer.headers, 'retry-after': String(retryAfter) } };
}

function internalError(error: unknown): Status {
  const message = `Internal error occurred: ${error instanceof Error ? error.message : String(error)}`;
  const causes = [{ message }];
  return {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason: 'InternalError',
    details: { causes },
    code: 500,
  };
}

/** Sends an answer. */
export function send(response: ServerResponse, answer: Answer): void {
  response.statusCode = answer.status;
  response.setHeader('cache-control', 'no-cache, private');
  for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
  const warnings = [...new Set(answer.warnings ?? [])].map((warning) => `299 - ${quoted(warning)}`);
  if (warnings.length > 0) response.setHeader('warning', warnings);
  response.end(answer.body);
}

/** A quoted-string of HTTP: quotes and backslashes escaped, control characters gone. */
function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&').replace(/[^\x20-\x7e]/g, ' ')}"`;
}

/** A header as one string. */
export function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

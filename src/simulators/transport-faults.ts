import { faultOf } from './fault-box.ts';
import type { Fault } from './faults.ts';
import { type HttpOutcome, type HttpReply, jsonReply } from './http.ts';
import { isObject, parseJson } from './json.ts';

/** How a vendor words an error of this status. */
export type ErrorReply = (status: number, headers?: Record<string, string>) => HttpReply;

/** The outcome that takes the place of the work, or undefined when the request may be served. */
export function beforeEffect(faults: readonly Fault[], errorReply: ErrorReply): HttpOutcome | undefined {
  if (faultOf(faults, 'dropBeforeEffect') !== undefined) return 'drop';
  const burst = faultOf(faults, 'tooManyRequests');
  if (burst !== undefined) return errorReply(429, retryAfter(burst.retryAfterSeconds));
  const error = faults.find((fault) => fault.fault === 'errorBeforeEffect');
  return error?.fault === 'errorBeforeEffect' ? errorReply(error.status) : undefined;
}

/** What becomes of the true reply on its way to the client. */
export function afterEffect(reply: HttpReply, faults: readonly Fault[], errorReply: ErrorReply): HttpOutcome {
  let outcome: HttpOutcome = reply;
  for (const fault of faults) {
    if (outcome !== 'drop') outcome = disturbed(outcome, fault, errorReply);
  }
  return outcome;
}

function disturbed(reply: HttpReply, fault: Fault, errorReply: ErrorReply): HttpOutcome {
  if (fault.fault === 'dropAfterEffect') return 'drop';
  if (fault.fault === 'errorAfterEffect') return errorReply(fault.status);
  if (fault.fault === 'html') return webPage(fault.status);
  if (fault.fault === 'truncatedJson') return { ...reply, body: reply.body.slice(0, reply.body.length / 2) };
  if (fault.fault === 'wrongShape') return wrongShape(reply, fault.body);
  if (fault.fault === 'wrongTag') return { ...reply, body: wrongTag(reply.body) };
  return reply;
}

function retryAfter(seconds: number | undefined): Record<string, string> {
  return seconds === undefined ? {} : { 'retry-after': String(seconds) };
}

function webPage(status: number): HttpReply {
  const body = `<!DOCTYPE html><html><head><title>Error ${status}</title></head><body><p>That is all we know.</p></body></html>`;
  return { status, headers: { 'content-type': 'text/html; charset=UTF-8' }, body };
}

function wrongShape(reply: HttpReply, body: unknown): HttpReply {
  if (reply.headers?.['content-type']?.includes('xml') !== true)
    return jsonReply(reply.status, body ?? retyped(parseJson(reply.body)));
  return { ...reply, body: typeof body === 'string' ? body : renamed(reply.body) };
}

/** The same XML with the first letter of every element name in small, which makes other names of them. */
function renamed(xml: string): string {
  return xml.replaceAll(/<\/?(?:\w+:)?[A-Z]/g, (tag) => tag.toLowerCase());
}

/** The closing tag of the last item of the list in the answer becomes an opening one. */
export function wrongTag(xml: string): string {
  return xml.replace(/<\/([^<>]+)>(\s*<\/[^<>]+>\s*<\/(?:\w+:)?Output>)/, '<$1>$2');
}

/** The same names with values of other types; an object without names becomes a list. */
function retyped(value: unknown): unknown {
  if (!isObject(value) || Object.keys(value).length === 0) return [];
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, otherType(inner)]));
}

function otherType(value: unknown): unknown {
  if (Array.isArray(value)) return Object.fromEntries(value.entries());
  if (isObject(value)) return Object.values(value);
  return typeof value === 'string' ? { value } : String(value);
}

import { AdminError } from './admin.ts';
import { isObject, type JsonObject } from './json.ts';

/**
 * What can go wrong, one kind each (fact sheets, "Fault knobs").
 *
 * | Kind                | What the client meets                                                                    |
 * | ------------------- | ---------------------------------------------------------------------------------------- |
 * | latency             | `ms` (real time) passes before the request is worked on, plus up to `jitterMs`           |
 * | tooManyRequests     | 429 before any effect, with Retry-After when `retryAfterSeconds` is given                |
 * | errorBeforeEffect   | `status` (500), nothing changed                                                          |
 * | errorAfterEffect    | the work is done, the answer is `status` (500)                                           |
 * | dropBeforeEffect    | the connection ends, nothing changed                                                     |
 * | dropAfterEffect     | the work is done, the connection ends without an answer                                  |
 * | html                | the work is done, the answer is a web page with `status` (502)                           |
 * | truncatedJson       | the work is done, the second half of the body is missing                                 |
 * | wrongShape          | the work is done, the answer is `body`, or the true one with every value's type changed  |
 * | staleReads          | for `ms` of the simulator's time, reads show the world as it was when the fault was set  |
 * | shortRead           | a page loses its last `items`; `total` (stays, shrinks) says whether the total admits it |
 * | overlappingPages    | a page that continues a listing begins `items` too early                                 |
 * | pageTokenInvalidated| the request that continues a listing is told its token is no good                        |
 * | operationStuck      | the operation this request starts halts half way                                         |
 * | operationDisappears | the operation asked for is gone from now on; its work goes on                            |
 * | partialFailure      | each item of this batch fails with probability `ratio`, worded as `perDeviceStatus`      |
 * | expireTokens        | every access token issued so far expires as this request arrives                         |
 * | clockSkew           | the token endpoint's clock is `ms` ahead (negative: behind)                              |
 * | wrongTag            | the work is done, the last item of the XML answer is closed by an opening tag            |
 * | missingResults      | the batch is worked on, its answer leaves out the last `items` results                   |
 * | hollowSuccess       | the operation this request starts reports success, and has changed nothing               |
 * | stall               | an error after `ms` (real time); the same request succeeds `readyAfterMs` later          |
 * | unknownState        | what is read says `state`, a word nobody knows, in place of its true state               |
 */
export type Fault =
  | { readonly fault: 'latency'; readonly ms: number; readonly jitterMs: number }
  | { readonly fault: 'tooManyRequests'; readonly retryAfterSeconds: number | undefined }
  | { readonly fault: 'errorBeforeEffect' | 'errorAfterEffect' | 'html'; readonly status: number }
  | { readonly fault: 'wrongShape'; readonly body: unknown }
  | { readonly fault: 'staleReads'; readonly ms: number }
  | { readonly fault: 'shortRead'; readonly items: number; readonly total: 'stays' | 'shrinks' }
  | { readonly fault: 'overlappingPages'; readonly items: number }
  | { readonly fault: 'partialFailure'; readonly ratio: number; readonly perDeviceStatus: string | undefined }
  | { readonly fault: 'unknownState'; readonly state: string }
  | { readonly fault: 'clockSkew'; readonly ms: number }
  | { readonly fault: 'missingResults'; readonly items: number }
  | { readonly fault: 'stall'; readonly ms: number; readonly readyAfterMs: number }
  | { readonly fault: PlainFaultKind };

type PlainFaultKind =
  | 'dropBeforeEffect'
  | 'dropAfterEffect'
  | 'truncatedJson'
  | 'pageTokenInvalidated'
  | 'operationStuck'
  | 'operationDisappears'
  | 'expireTokens'
  | 'wrongTag'
  | 'hollowSuccess';

export type FaultKind = Fault['fault'];

/** Kinds that only a vendor which names them as its own can have. */
export const RARE_FAULTS: readonly FaultKind[] = [
  'wrongTag',
  'missingResults',
  'hollowSuccess',
  'stall',
  'unknownState',
];

/** A fault, the requests it is meant for, and how often. */
export interface ArmedFault {
  readonly id: number;
  readonly fault: Fault;
  readonly match: { readonly method?: string; readonly endpoint?: string };
  /** Fitting requests that still pass unharmed before the first hit. */
  skip: number;
  /** Hits left; Infinity until cleared. */
  left: number;
  /** When the fault ends by itself, milliseconds since the epoch by the simulator's clock. */
  readonly endsAtMs?: number;
}

/** A fault as ordered, before it is armed. */
export type FaultOrder = Omit<ArmedFault, 'id' | 'endsAtMs'>;

/** What an order for a fault may hold beside the fault's own knobs. */
const ORDER_FIELDS = new Set(['fault', 'match', 'times', 'skip']);

/** Reads `{fault, …knobs, match?: {method?, endpoint?}, times?: n | "always", skip?: n}`; throws on anything else. */
export function readFaultOrder(json: unknown): FaultOrder {
  if (!isObject(json)) throw new AdminError('A fault is an object with the field "fault".');
  const fault = readFault(json);
  const unknownKnob = Object.keys(json).find((name) => !ORDER_FIELDS.has(name) && !(name in fault));
  if (unknownKnob !== undefined) throw new AdminError(`The fault ${fault.fault} has no "${unknownKnob}".`);
  // Stale reads last a time, not a number of hits.
  const endless = json['times'] === 'always' || fault.fault === 'staleReads';
  const left = endless ? Number.POSITIVE_INFINITY : numberOf(json, 'times', 1);
  return { fault, match: readMatch(json['match']), skip: numberOf(json, 'skip', 0), left };
}

function readFault(json: JsonObject): Fault {
  const kind = json['fault'] as FaultKind;
  switch (kind) {
    case 'latency':
      return { fault: kind, ms: numberOf(json, 'ms'), jitterMs: numberOf(json, 'jitterMs', 0) };
    case 'tooManyRequests':
      return { fault: kind, retryAfterSeconds: optional(json, 'retryAfterSeconds') };
    case 'errorBeforeEffect':
    case 'errorAfterEffect':
      return { fault: kind, status: numberOf(json, 'status', 500) };
    case 'html':
      return { fault: kind, status: numberOf(json, 'status', 502) };
    case 'wrongShape':
      return { fault: kind, body: json['body'] };
    case 'staleReads':
    case 'clockSkew':
      return { fault: kind, ms: numberOf(json, 'ms') };
    case 'shortRead':
      return {
        fault: kind,
        items: numberOf(json, 'items', 1),
        total: json['total'] === 'shrinks' ? 'shrinks' : 'stays',
      };
    case 'overlappingPages':
    case 'missingResults':
      return { fault: kind, items: numberOf(json, 'items', 1) };
    case 'stall':
      return {
        fault: kind,
        ms: numberOf(json, 'ms', 30_000),
        readyAfterMs: numberOf(json, 'readyAfterMs', 3_000),
      };
    case 'partialFailure':
      return {
        fault: kind,
        ratio: numberOf(json, 'ratio'),
        perDeviceStatus: json['perDeviceStatus'] as string | undefined,
      };
    case 'unknownState':
      return { fault: kind, state: typeof json['state'] === 'string' ? json['state'] : 'UNHEARD_OF' };
    case 'dropBeforeEffect':
    case 'dropAfterEffect':
    case 'truncatedJson':
    case 'pageTokenInvalidated':
    case 'operationStuck':
    case 'operationDisappears':
    case 'expireTokens':
    case 'wrongTag':
    case 'hollowSuccess':
      return { fault: kind };
    default:
      kind satisfies never;
      throw new AdminError(`There is no fault "${String(kind)}".`);
  }
}

function readMatch(json: unknown): ArmedFault['match'] {
  if (json === undefined) return {};
  const names = isObject(json) ? Object.keys(json) : ['?'];
  if (names.some((name) => name !== 'method' && name !== 'endpoint')) {
    throw new AdminError('A match is an object with "method", "endpoint" or both.');
  }
  return json as ArmedFault['match'];
}

function numberOf(json: JsonObject, name: string, fallback?: number): number {
  const value = json[name] ?? fallback;
  if (typeof value !== 'number' || !Number.isFinite(value))
    throw new AdminError(`"${name}" must be a number.`);
  return value;
}

function optional(json: JsonObject, name: string): number | undefined {
  return json[name] === undefined ? undefined : numberOf(json, name);
}

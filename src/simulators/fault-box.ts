import type { ArmedFault, Fault, FaultKind, FaultOrder } from './faults.ts';

/** What an endpoint does; decides which faults can concern it. A `writeBatch` answers item by item, at once. */
export type EndpointRole =
  | 'login'
  | 'read'
  | 'list'
  | 'write'
  | 'writeBatch'
  | 'startOperation'
  | 'readOperation';

/** Whether an endpoint of this role writes, for the ledger. */
export function isMutating(role: EndpointRole): boolean {
  return role === 'write' || role === 'writeBatch' || role === 'startOperation';
}

/** The request a fault may hit. */
export interface FaultTarget {
  readonly method: string;
  readonly endpoint: string;
  readonly role: EndpointRole;
  /** True when the request continues a listing: with a page token, or from an offset. */
  readonly continuesListing: boolean;
}

/** The faults that are armed, handed out request by request. */
export interface FaultBox {
  arm(order: FaultOrder, nowMs: number): ArmedFault;
  /** Every fault that hits this request, oldest first; each counts as used. */
  take(target: FaultTarget, nowMs: number): readonly Fault[];
  list(): readonly ArmedFault[];
  clear(): void;
}

export function createFaultBox(): FaultBox {
  let armed: ArmedFault[] = [];
  let lastId = 0;
  return {
    arm(order, nowMs) {
      lastId += 1;
      const ends = order.fault.fault === 'staleReads' ? { endsAtMs: nowMs + order.fault.ms } : {};
      const fault = { id: lastId, ...order, ...ends };
      armed.push(fault);
      return fault;
    },
    take(target, nowMs) {
      const hits: Fault[] = [];
      armed = armed.filter(({ endsAtMs }) => endsAtMs === undefined || nowMs < endsAtMs);
      for (const candidate of armed) {
        if (!concerns(candidate, target)) continue;
        if (candidate.skip > 0) {
          candidate.skip -= 1;
          continue;
        }
        candidate.left -= 1;
        hits.push(candidate.fault);
      }
      armed = armed.filter((fault) => fault.left > 0);
      return hits;
    },
    list: () => armed,
    clear() {
      armed = [];
    },
  };
}

/** The fault of one kind among those that hit a request. */
export function faultOf<K extends FaultKind>(
  faults: readonly Fault[],
  kind: K,
): Extract<Fault, { fault: K }> | undefined {
  return faults.find((fault): fault is Extract<Fault, { fault: K }> => fault.fault === kind);
}

function concerns({ fault, match }: ArmedFault, target: FaultTarget): boolean {
  if (match.method !== undefined && match.method !== target.method) return false;
  if (match.endpoint !== undefined && match.endpoint !== target.endpoint) return false;
  // A fault that names no endpoint is meant for the API, not for the login in front of it.
  const named = match.endpoint !== undefined;
  switch (fault.fault) {
    case 'clockSkew':
      return target.role === 'login';
    case 'shortRead':
      return target.role === 'list';
    case 'overlappingPages':
    case 'pageTokenInvalidated':
      return target.continuesListing;
    case 'operationStuck':
    case 'hollowSuccess':
      return target.role === 'startOperation';
    case 'wrongTag':
    case 'missingResults':
      return target.role === 'writeBatch';
    case 'stall':
      return target.role === 'list';
    case 'partialFailure':
      return target.role === 'startOperation' || target.role === 'writeBatch';
    case 'operationDisappears':
      return target.role === 'readOperation';
    case 'unknownState':
      return target.role === 'readOperation' || (named && (target.role === 'list' || target.role === 'read'));
    case 'staleReads':
      return target.role === 'read' || target.role === 'list';
    case 'latency':
    case 'tooManyRequests':
    case 'errorBeforeEffect':
    case 'errorAfterEffect':
    case 'dropBeforeEffect':
    case 'dropAfterEffect':
    case 'html':
    case 'truncatedJson':
    case 'wrongShape':
    case 'expireTokens':
      return named || target.role !== 'login';
    default:
      return fault satisfies never;
  }
}

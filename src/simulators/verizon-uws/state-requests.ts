import type { Identifier } from './identifiers.ts';
import type { Action, DeviceState, RestingState } from './states.ts';

/** What became of one line of a request. */
export type Outcome = 'Pending' | 'Success' | 'Failed';

/** One line of a request. */
export interface RequestItem {
  readonly deviceId: number;
  /** As the caller named it. */
  readonly identifier: Identifier;
  /** Absent for a line that was refused as the request came in. */
  readonly change?: PendingChange;
  outcome: Outcome;
}

/** What a line is about to become. */
interface PendingChange {
  /** The state it came from, and goes back to when the change fails. */
  readonly before: DeviceState;
  readonly pending: DeviceState;
  readonly to: RestingState;
  /** How it will end, as faults have ordered it: `hollow` reports success and changes nothing. */
  readonly fate: 'succeeds' | 'fails' | 'hollow';
}

/** A change of state that was accepted: plain data, so that it can be dumped. */
export interface StateRequest {
  readonly requestId: string;
  readonly accountName: string;
  readonly action: Action;
  readonly username: string;
  readonly servicePlan?: string;
  /** When it takes effect. */
  dueAtMs: number;
  readonly items: readonly RequestItem[];
  /** The request in the ledger; absent after a dump was loaded. */
  readonly ledgerSeq?: number;
  /** Never gets on until it is released. */
  isStuck: boolean;
  /** GetRequestStatus knows it no more; its work goes on. */
  isVanished: boolean;
}

/** The changes of state under way and done. */
export interface StateRequests {
  add(request: StateRequest): void;
  find(requestId: string): StateRequest | undefined;
  /** Finishes what is due by now, oldest first. */
  settle(nowMs: number): void;
  /** Lets stuck requests go on from now: all, or the one of that id. Returns how many. */
  release(requestId: string | undefined, nowMs: number): number;
  list(): readonly StateRequest[];
}

/** @param finish does the work of one line at its time and says how it ended. */
export function createStateRequests(
  finish: (request: StateRequest, item: RequestItem) => Outcome,
  requests: readonly StateRequest[] = [],
): StateRequests {
  const byId = new Map(requests.map((request) => [request.requestId, request]));
  let working = requests.filter(isUnderWay);
  return {
    add(request) {
      byId.set(request.requestId, request);
      working.push(request);
    },
    find: (requestId) => byId.get(requestId),
    settle(nowMs) {
      const due = working.filter(({ isStuck, dueAtMs }) => !isStuck && dueAtMs <= nowMs);
      for (const request of due.sort((left, right) => left.dueAtMs - right.dueAtMs)) {
        for (const item of request.items) item.outcome = finish(request, item);
      }
      if (due.length > 0) working = working.filter(isUnderWay);
    },
    release(requestId, nowMs) {
      const released = working.filter(
        (request) => request.isStuck && (requestId === undefined || request.requestId === requestId),
      );
      for (const request of released) {
        request.isStuck = false;
        request.dueAtMs = Math.max(request.dueAtMs, nowMs);
      }
      return released.length;
    },
    list: () => [...byId.values()],
  };
}

function isUnderWay({ items }: StateRequest): boolean {
  return items.some(({ outcome }) => outcome === 'Pending');
}

import { AdminError, type AdminRoute } from './admin.ts';
import type { MovableClock } from './clock.ts';
import type { FaultBox } from './fault-box.ts';
import { type ArmedFault, type Fault, type FaultKind, RARE_FAULTS, readFaultOrder } from './faults.ts';
import { isObject } from './json.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';

/** What every simulator's admin face works on. */
export interface AdminParts {
  readonly clock: MovableClock;
  readonly faults: FaultBox;
  readonly ledger: Ledger;
  /** Lets everything that is due by now happen, so that an answer shows it. */
  readonly settle: () => void;
  /** Called as a fault is armed, for those that begin at once. */
  readonly onArmed: (fault: ArmedFault) => void;
  /** Throws AdminError for a fault whose knobs mean nothing to this vendor. Default accepts all. */
  readonly checkFault?: (fault: Fault) => void;
  /** Faults this vendor's API has no place for; ordering one is refused. Default none. */
  readonly impossibleFaults?: readonly FaultKind[];
  /** Those of RARE_FAULTS this vendor can have. Default none. */
  readonly rareFaults?: readonly FaultKind[];
}

/** The routes all simulators share: ledger, faults and time. */
export function commonAdminRoutes(parts: AdminParts): readonly AdminRoute[] {
  return [...ledgerRoutes(parts), ...faultRoutes(parts), ...timeRoutes(parts)];
}

function ledgerRoutes({ ledger, settle }: AdminParts): AdminRoute[] {
  return [
    {
      method: 'GET',
      path: '/ledger',
      does: 'Every request seen, in order. ?mutating=true, ?endpoint=NAME and ?since=SEQ (later ones only) filter.',
      handle: ({ query }) => {
        settle();
        return ledger.entries().filter((entry) => isAskedFor(entry, query));
      },
    },
    {
      method: 'DELETE',
      path: '/ledger',
      does: 'Forgets the requests seen so far; the numbering goes on.',
      handle: () => ledger.clear(),
    },
  ];
}

function isAskedFor(entry: LedgerEntry, query: URLSearchParams): boolean {
  const mutating = query.get('mutating');
  const endpoint = query.get('endpoint');
  if (mutating !== null && entry.mutating !== (mutating === 'true')) return false;
  if (endpoint !== null && entry.endpoint !== endpoint) return false;
  return entry.seq > Number(query.get('since') ?? 0);
}

function faultRoutes({ faults, clock, onArmed, ...vendor }: AdminParts): AdminRoute[] {
  const { impossibleFaults = [], rareFaults = [] } = vendor;
  const impossible = [...impossibleFaults, ...RARE_FAULTS.filter((kind) => !rareFaults.includes(kind))];
  return [
    {
      method: 'GET',
      path: '/faults',
      does: 'The faults that are armed, with the hits they have left.',
      handle: () => faults.list().map(shown),
    },
    {
      method: 'POST',
      path: '/faults',
      does: 'Arms {"fault": KIND, …knobs, "match": {"method", "endpoint"}, "times": n or "always" (1), "skip": n (0)}.',
      handle: ({ body }) => {
        const order = readFaultOrder(body);
        if (impossible.includes(order.fault.fault))
          throw new AdminError(`This vendor cannot have the fault ${order.fault.fault}.`);
        vendor.checkFault?.(order.fault);
        const armed = faults.arm(order, clock.now());
        onArmed(armed);
        return shown(armed);
      },
    },
    {
      method: 'DELETE',
      path: '/faults',
      does: 'Disarms every fault.',
      handle: () => faults.clear(),
    },
  ];
}

function shown({ id, fault, match, skip, left }: ArmedFault): unknown {
  return { id, ...fault, match, skip, left: Number.isFinite(left) ? left : 'always' };
}

function timeRoutes({ clock, settle }: AdminParts): AdminRoute[] {
  const time = () => ({ now: new Date(clock.now()).toISOString(), offsetMs: clock.offsetMs() });
  return [
    { method: 'GET', path: '/time', does: 'The simulator’s time and how far it was moved.', handle: time },
    {
      method: 'POST',
      path: '/time/advance',
      does: 'Moves the time forward by {"ms": n}.',
      handle: ({ body }) => {
        const ms = isObject(body) ? body['ms'] : undefined;
        if (typeof ms !== 'number' || !(ms >= 0)) throw new AdminError('"ms" must be a number, 0 or more.');
        clock.setOffsetMs(clock.offsetMs() + ms);
        settle();
        return time();
      },
    },
  ];
}

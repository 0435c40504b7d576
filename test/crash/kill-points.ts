import { type CallPoint, type CallTrace, describePoint, type Moment } from './call-trace.ts';

/**
 * Calls that never leave the process. Killing at one leaves the world as the call before it left it, so the first
 * time stands for all.
 */
const LOOKS: Readonly<Record<string, string>> = {
  'vendor.open': 'sends nothing',
  'quota.availableAt': 'reads a counter',
  'quota.snapshot': 'reads a counter',
  'leadership.mayWrite': 'reads a flag',
};

/** Whether this is a call of which the first time says everything: most calls are, and writing them down takes time. */
export function isLookAgain({ port, method, occurrence }: Omit<CallPoint, 'moment'>): boolean {
  return occurrence > 1 && `${port}.${method}` in LOOKS;
}

/**
 * Calls that come again and again and change nothing that anybody decides by: killing at one leaves the world as the
 * last write left it, and writes are killed at each time. The first time (the controller starts) and one half way
 * (it is at work) stand for all.
 */
const REPEATS: Readonly<Record<string, string>> = {
  'leadership.confirm': 'reads',
  'releaseGate.allows': 'reads',
  'companies.sets.readPage': 'reads',
  'devices.sets.readPage': 'reads',
  'devices.items.read': 'reads',
  'devices.poller.poll': 'reads',
  'lines.items.read': 'reads',
  'subscriptions.items.read': 'reads',
  'charges.sets.readPage': 'reads',
  'lines.poller.poll': 'reads',
  'lineHistories.read': 'reads',
  'lineHistories.describe': 'reads',
  'archive.holds': 'reads',
  'archive.proofOf': 'reads',
  'probe.look': 'reads',
  'books.load': 'reads',
  'books.keep': 'counts requests before they are sent: a kill counts a few too many',
  'retention.sweep': 'removes what nobody decides by any more',
  'status.write': 'tells people; it follows from the rest, and the next pass writes it again',
  'events.record': 'tells people, without a promise',
};

/** Every point of an undisturbed run to kill at: each method at its first call, and later calls as the tables say. */
export function pointsOf({ calls }: CallTrace): readonly CallPoint[] {
  const times = Map.groupBy(calls, nameOf);
  return [...times].flatMap(([name, made]) => {
    const last = Math.max(...made.map(({ occurrence }) => occurrence));
    const chosen = timesToKill(name, last);
    return made
      .filter(({ occurrence }) => chosen === 'each' || chosen.includes(occurrence))
      .filter((point) => point.occurrence === 1 || isMomentOfItsOwn(point))
      .map(({ port, method, occurrence, moment }) => ({ port, method, occurrence, moment }));
  });
}

/**
 * Whether the world that the next process finds is another one there than at every other point that is chosen. A process
 * that is killed leaves what its calls have done so far and nothing else, so these are one moment:
 *
 * - before and after a call that only looks;
 * - before a call that acts, and after the one that acted last: no effect came between them. Where others are in flight
 *   then, their effect came (as after them) or it did not (as after the last).
 */
export function isMomentOfItsOwn(point: CallPoint): boolean {
  return nameOf(point) in REPEATS ? point.moment === 'before' : point.moment === 'after';
}

function timesToKill(name: string, last: number): 'each' | readonly number[] {
  if (name in LOOKS) return [1];
  return name in REPEATS ? [1, Math.ceil(last / 2)] : 'each';
}

/** Ports whose calls decide what may be done twice, or not at all; and what only some fleets look at. */
const ACTS =
  /^(journal|records|finalizers|releaseGate|leadership|companies|archive|lineHistories|probe|tokenVault|(lines|subscriptions|registrations|charges)\..*|.*\.(writer|items))$/;

/** Of those points the ones at which something is written, by us or by the vendor, or a release is decided upon. */
export function actsOf(trace: CallTrace): readonly CallPoint[] {
  return pointsOf(trace).filter(isAct);
}

/** Whether something is written there, by us or by the vendor, or a release is decided upon. */
export function isAct({ port }: CallPoint): boolean {
  return ACTS.test(port);
}

/** The first call of each method that leaves the process, from a point on: what the controller does next. */
export function firstPointsFrom({ calls }: CallTrace, start: CallPoint | undefined): readonly CallPoint[] {
  const from =
    start === undefined ? 0 : calls.findIndex((call) => describePoint(call) === describePoint(start));
  const firsts = new Map<string, CallPoint>();
  for (const { port, method, occurrence, moment } of calls.slice(from)) {
    const key = `${moment} ${port}.${method}`;
    if (!(`${port}.${method}` in LOOKS) && !firsts.has(key))
      firsts.set(key, { port, method, occurrence, moment });
  }
  return [...firsts.values()];
}

/** Everything that can be called at the ports of a process, at both moments, as `before journal.intend`. */
export function callable({ ports }: CallTrace): readonly string[] {
  return ports.flatMap(({ port, methods }) =>
    methods.flatMap((method) =>
      (['before', 'after'] as const).map((moment) => momentOf({ port, method, moment })),
    ),
  );
}

/** A point without its occurrence. */
export function momentOf({
  port,
  method,
  moment,
}: Pick<CallPoint, 'port' | 'method'> & { readonly moment: Moment }): string {
  return `${moment} ${port}.${method}`;
}

function nameOf({ port, method }: CallPoint): string {
  return `${port}.${method}`;
}

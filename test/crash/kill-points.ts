import { type CallPoint, type CallTrace, describePoint, type Moment } from './call-trace.ts';

/**
 * Calls that are not killed at each time they come, because one time is like the next: killing at a call that
 * changes nothing outside leaves the world as the write before it left it, and every write is killed at, before and
 * after. They are killed at when they come first (the controller starts) and half way (it is at work).
 */
const ALIKE: Readonly<Record<string, string>> = {
  'status.write': 'tells people; what it writes follows from the rest, and the next pass writes it again',
  'events.record': 'tells people, without a promise',
  'companies.sets.readPage': 'a read',
  'devices.sets.readPage': 'a read',
  'devices.items.read': 'a read',
  'devices.poller.poll': 'a read',
  'devices.check': 'pure',
  'devices.writer.partition': 'pure',
  'quota.availableAt': 'a look at a counter',
  'quota.snapshot': 'a look at a counter',
  'leadership.mayWrite': 'a look at a flag',
};

/** Every point of an undisturbed run to kill at. What is not in the table above is killed at each time it comes. */
export function pointsOf({ calls }: CallTrace): readonly CallPoint[] {
  const times = Map.groupBy(calls, nameOf);
  return [...times].flatMap(([name, made]) => {
    const last = Math.max(...made.map(({ occurrence }) => occurrence));
    const chosen = name in ALIKE ? new Set([1, Math.ceil(last / 2)]) : undefined;
    return made
      .filter(({ occurrence }) => chosen === undefined || chosen.has(occurrence))
      .map(({ port, method, occurrence, moment }) => ({ port, method, occurrence, moment }));
  });
}

/** The first call of each method from a point on, before and after: what the controller does next. */
export function firstPointsFrom({ calls }: CallTrace, start: CallPoint | undefined): readonly CallPoint[] {
  const from =
    start === undefined ? 0 : calls.findIndex((call) => describePoint(call) === describePoint(start));
  const firsts = new Map<string, CallPoint>();
  for (const { port, method, occurrence, moment } of calls.slice(from)) {
    const key = `${moment} ${port}.${method}`;
    if (!firsts.has(key)) firsts.set(key, { port, method, occurrence, moment });
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

import type { Around, PortCall } from '../../src/observability/decorate.ts';
import { type CallPoint, type Moment, samePoint, traceWriter } from './call-trace.ts';
import { isLookAgain } from './kill-points.ts';

/**
 * A decoration that writes down every call of every port, but for looks that it has seen, and at one of them kills its
 * own process with a signal that nothing can catch: no finally, no flush, no answer to anybody.
 */
export function killSwitch(traceFile: string, killAt: CallPoint | undefined): Around {
  const write = traceWriter(traceFile);
  const occurrences = new Map<string, number>();

  function pass({ port, method }: PortCall, occurrence: number, moment: Moment): void {
    const point: CallPoint = { port, method, occurrence, moment };
    write(point);
    if (killAt !== undefined && samePoint(point, killAt)) process.kill(process.pid, 'SIGKILL');
  }

  const around = (call: PortCall, run: () => unknown): unknown => {
    const name = `${call.port}.${call.method}`;
    const occurrence = (occurrences.get(name) ?? 0) + 1;
    occurrences.set(name, occurrence);
    if (isLookAgain({ ...call, occurrence })) return run();
    pass(call, occurrence, 'before');
    const answer = run();
    if (!(answer instanceof Promise)) {
      pass(call, occurrence, 'after');
      return answer;
    }
    return answer.then((value: unknown) => {
      pass(call, occurrence, 'after');
      return value;
    });
  };
  const meet = (port: string, methods: readonly string[]): void => write({ port, methods });
  return Object.assign(around, { meet });
}

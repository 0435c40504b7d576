import type { FailureKind } from '../../ports/failure.ts';
import type { Around } from '../decorate.ts';
import { failureOf } from '../failure-of.ts';
import { counter, type Registry } from './registry.ts';

const OUTCOMES: readonly (FailureKind | 'ok' | 'threw')[] = [
  'ok',
  'transient',
  'throttled',
  'unauthorized',
  'notFound',
  'conflict',
  'rejected',
  'unknownOutcome',
  'threw',
];

/**
 * Counts calls of the engine's ports by how they ended. `calls`: methods by port, so that each series is there from
 * the start; calls that answer at once, without a promise, are not counted.
 */
export function countPortCalls(
  registry: Registry,
  calls: Readonly<Record<string, readonly string[]>>,
): Around {
  const total = counter(
    registry,
    'vendorplane_port_calls_total',
    'Calls of the engine to journal, records, status and vendor, by failure kind or ok.',
    ['port', 'method', 'outcome'],
  );
  for (const [port, methods] of Object.entries(calls)) {
    for (const method of methods) {
      for (const outcome of OUTCOMES) total.inc({ port, method, outcome }, 0);
    }
  }
  return ({ port, method }, run) => {
    const answer = run();
    if (!(answer instanceof Promise)) return answer;
    return answer.then(
      (value: unknown) => {
        total.inc({ port, method, outcome: failureOf(value)?.kind ?? 'ok' });
        return value;
      },
      (error: unknown) => {
        total.inc({ port, method, outcome: 'threw' });
        throw error;
      },
    );
  };
}

import { sameJson } from '../json.ts';
import type { FieldError } from './field-error.ts';
import type { Segment } from './path.ts';

/** Where a walk stands, and what it found. The path is pushed and popped, so that a clean walk allocates nothing. */
export interface Walk {
  readonly path: Segment[];
  readonly errors: FieldError[];
}

/** One test of a value. `old` is the value that stood in its place, undefined when there is none to compare with. */
export type Check = (value: unknown, old: unknown, walk: Walk) => void;

/** All tests in turn; what they find is forgiven when the value is what it was before ("ratcheting"). */
export function ratcheted(checks: readonly Check[]): Check {
  return (value, old, walk) => {
    const before = walk.errors.length;
    for (const check of checks) check(value, old, walk);
    if (walk.errors.length > before && old !== undefined && sameJson(value, old)) walk.errors.length = before;
  };
}

/** The errors of one check on its own, at the place where the walk stands. */
export function errorsOf(check: Check, value: unknown, walk: Walk): FieldError[] {
  const probe: Walk = { path: walk.path, errors: [] };
  check(value, undefined, probe);
  return probe.errors;
}

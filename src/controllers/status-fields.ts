import type { Lists } from './lists/declared.ts';
import type { NamedFailure } from './lists/failures.ts';

/** At most so many operations stand in status (crds/, maxItems of status.operations). */
const MAX_OPERATIONS = 50;

/** The operations under way for a resource, by their names. */
export function operationsField(operations: readonly string[]): {
  readonly operations?: { readonly name: string }[];
} {
  if (operations.length === 0) return {};
  return { operations: operations.slice(0, MAX_OPERATIONS).map((name) => ({ name })) };
}

/** What the status of a resource with lists says: how many of its items stand where, its lists, what needs a person. */
export function listFields(
  counts: object,
  { sources }: Pick<Lists, 'sources'>,
  failures: readonly NamedFailure[],
  operations: readonly string[],
): object {
  return {
    devices: counts,
    ...(sources.length === 0 ? {} : { sources }),
    ...(failures.length === 0 ? {} : { failures }),
    ...operationsField(operations),
  };
}

import type { NamedFailure } from '../../controllers/lists/failures.ts';
import type { KubeObject } from '../../kube/object.ts';

/** A resource whose status tells of single items. */
type Telling = KubeObject<
  unknown,
  {
    readonly observedGeneration?: number;
    readonly failures?: readonly (Omit<NamedFailure, 'message'> & { readonly message?: string })[];
  }
>;

/**
 * What a status tells of single items, while it speaks of the spec as it is now; `place` is where in its list. Bad
 * entries are left out: they tell of themselves.
 */
export function toldOf(
  { metadata, status }: Telling,
  bad: readonly NamedFailure[],
): readonly (NamedFailure & { readonly place: number })[] {
  if (status?.observedGeneration !== metadata.generation) return [];
  const known = new Set(bad.map(nameOf));
  return (status?.failures ?? [])
    .map(({ device, code, message = '' }, place) => ({ device, code, message, place }))
    .filter((failure) => !known.has(nameOf(failure)));
}

function nameOf({ device, code }: NamedFailure): string {
  return `${device} ${code}`;
}

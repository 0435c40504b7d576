import type { Declaration, Holder, KindTypes } from '../domain/item.ts';
import type { ObjectMeta } from '../kube/object.ts';

/** A resource that declares items. */
interface Declaring {
  readonly metadata: ObjectMeta;
  readonly spec: { readonly suspend: boolean };
}

/** What a resource asks of all its items. `whole`: what is missing from its lists may be let go of. */
export function declarationOf<T extends KindTypes>(
  holder: Holder,
  { metadata, spec }: Declaring,
  desired: T['desired'],
  whole = true,
): Declaration<T> {
  const createdAtMs = Date.parse(metadata.creationTimestamp ?? '') || 0;
  return { holder, createdAtMs, desired, suspended: spec.suspend, whole };
}

import type { ReleaseGate } from '../../controllers/release-gate.ts';
import type { Finalizers } from '../../kube/finalizers.ts';
import { type Around, decorate } from '../../observability/decorate.ts';
import { ok } from '../../ports/failure.ts';

/**
 * The writes of a finalizer as the port `finalizers`. Whether it is on an object is read from the object at hand, and
 * where nothing is to be written nothing is called.
 */
export function decorateFinalizers(finalizers: Finalizers, around: Around): Finalizers {
  const writes = decorate<Pick<Finalizers, 'add' | 'remove'>>(
    'finalizers',
    {
      add: (type, object, signal) => finalizers.add(type, object, signal),
      remove: (type, object, signal) => finalizers.remove(type, object, signal),
    },
    around,
  );
  return {
    isOn: (object) => finalizers.isOn(object),
    add: async (type, object, signal) =>
      finalizers.isOn(object) ? ok(undefined) : writes.add(type, object, signal),
    remove: async (type, object, signal) =>
      finalizers.isOn(object) ? writes.remove(type, object, signal) : ok(undefined),
  };
}

/** The gate as the port `releaseGate`. */
export function decorateReleaseGate(gate: ReleaseGate, around: Around): ReleaseGate {
  const port = decorate<{ allows: ReleaseGate }>('releaseGate', { allows: gate }, around);
  return (type, object, signal) => port.allows(type, object, signal);
}

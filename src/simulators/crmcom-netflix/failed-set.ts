import { faultOf } from '../fault-box.ts';
import type { JsonObject } from '../json.ts';
import type { Call } from './call.ts';

/** The `data` of a batch: its failed items under `name`; the form of none is a knob (fact sheet 3). */
export function failedSet({ sim }: Call, name: string, failed: readonly JsonObject[]): JsonObject {
  if (failed.length > 0) return { [name]: failed };
  switch (sim.knobs.nothingFailed) {
    case 'absent':
      return {};
    case 'empty':
      return { [name]: [] };
    case 'null':
      return { [name]: null };
    default:
      return sim.knobs.nothingFailed satisfies never;
  }
}

/** Whether the fault of partial failure condemns one item, and as what. Throws the dice. */
export function condemned({ sim, faults }: Call): { readonly as: string | undefined } | undefined {
  const fault = faultOf(faults, 'partialFailure');
  if (fault === undefined || sim.random.fraction() >= fault.ratio) return undefined;
  return { as: fault.perDeviceStatus };
}

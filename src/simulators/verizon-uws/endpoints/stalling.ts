import { faultOf } from '../../fault-box.ts';
import type { Call } from '../call.ts';
import { CODES, VendorFault } from '../vendor-fault.ts';

/**
 * Lets a query pass, or makes it stall: by order of a fault, or because it asks for so much. A query that stalled
 * keeps stalling until its work is done; then the identical request gets the result (fact sheet 9).
 */
export function stallOrPass({ sim, input, faults, nowMs }: Call, isSlow: boolean): void {
  const query = JSON.stringify(input);
  const known = sim.stalls.look(query, nowMs);
  if (known === 'ready') return;
  const fault = faultOf(faults, 'stall');
  const waitMs = fault?.ms ?? sim.settings.historyStallMs;
  if (known === 'none') {
    if (fault === undefined && !isSlow) return;
    sim.stalls.begin(query, nowMs + waitMs + (fault?.readyAfterMs ?? sim.settings.historyReadyAfterMs));
  }
  throw new VendorFault(CODES.unexpectedError, 'An unexpected error occurred.', waitMs);
}

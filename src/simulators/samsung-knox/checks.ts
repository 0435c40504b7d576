import type { Call } from './call.ts';
import { VendorError } from './vendor-error.ts';

/** Throws unless the request names the caller's own reseller. */
export function checkReseller(call: Call, resellerId: unknown): void {
  if (typeof resellerId !== 'string' || resellerId === '') throw new VendorError(400, 'RESELLER_ID_INVALID');
  if (resellerId !== call.resellerId) throw new VendorError(403, 'AUTHORIZATION_FAIL');
}

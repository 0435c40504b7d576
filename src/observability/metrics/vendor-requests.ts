import { counter, type Registry } from './registry.ts';

/**
 * What became of a request to a vendor.
 * `heldBack`: this process lost the right to write at the last moment, and no byte left.
 * `noReply`: no whole reply came; of a write, nobody knows yet whether it happened.
 */
export const VENDOR_OUTCOMES = [
  'success',
  'refused',
  'unauthorized',
  'throttled',
  'serverError',
  'noReply',
  'heldBack',
] as const;

type VendorOutcome = (typeof VENDOR_OUTCOMES)[number];

/** Counts one request; `result` is the HTTP status, or why there is none. */
export type CountVendorRequest = (vendor: string, endpoint: string, result: number | string) => void;

/** `endpoints`: by vendor, every name an endpoint can have; there is no other. */
export function vendorRequestMetrics(
  registry: Registry,
  endpoints: Readonly<Record<string, readonly string[]>>,
): CountVendorRequest {
  const total = counter(
    registry,
    'vendorplane_vendor_requests_total',
    'Requests to vendors, by endpoint and what became of them.',
    ['vendor', 'endpoint', 'outcome'],
  );
  for (const [vendor, names] of Object.entries(endpoints)) {
    for (const endpoint of names) {
      for (const outcome of VENDOR_OUTCOMES) total.inc({ vendor, endpoint, outcome }, 0);
    }
  }
  return (vendor, endpoint, result) => total.inc({ vendor, endpoint, outcome: outcomeOf(result) });
}

function outcomeOf(result: number | string): VendorOutcome {
  if (typeof result === 'string') return result === 'NOT_ALLOWED_TO_START' ? 'heldBack' : 'noReply';
  if (result === 429) return 'throttled';
  if (result === 401 || result === 403) return 'unauthorized';
  if (result >= 500) return 'serverError';
  return result >= 400 ? 'refused' : 'success';
}

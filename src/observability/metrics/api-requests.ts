import { counter, durations, type Registry } from './registry.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** What client-go calls a request that got no answer. */
export const NO_ANSWER = '<error>';

/** The codes that show up in a healthy cluster and in the usual kinds of an unhealthy one. */
const USUAL_CODES = ['200', '201', '401', '403', '404', '409', '410', '422', '429', '500', '503', NO_ANSWER];

/** Counts requests to the Kubernetes API. */
export interface ApiRequestMetrics {
  /** `code` is the status, or NO_ANSWER. */
  counted(method: string, code: string): void;
  took(method: string, seconds: number): void;
}

/** `host` is that of the API server; there is one. */
export function apiRequestMetrics(registry: Registry, host: string): ApiRequestMetrics {
  const total = counter(
    registry,
    'rest_client_requests_total',
    'Requests to the Kubernetes API, by method and status; a watch counts when it opens.',
    ['code', 'method', 'host'],
  );
  const time = durations(
    registry,
    'rest_client_request_duration_seconds',
    'How long a request to the Kubernetes API took, in seconds; watches are left out.',
    ['verb', 'host'],
  );
  for (const method of METHODS) {
    for (const code of USUAL_CODES) total.inc({ code, method, host }, 0);
    time.zero({ verb: method, host });
  }
  return {
    counted: (method, code) => total.inc({ code, method, host }),
    took: (method, seconds) => time.observe({ verb: method, host }, seconds),
  };
}

import type { Failure } from '../ports/failure.ts';

/** The failure that an answer of a port carries, if it is one. */
export function failureOf(value: unknown): Failure | undefined {
  if (typeof value !== 'object' || value === null || !('ok' in value) || value.ok !== false) return undefined;
  return (value as unknown as { readonly failure: Failure }).failure;
}

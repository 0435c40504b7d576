import type { Failure } from '../ports/failure.ts';

/**
 * What is known of an object that another one refers to. `unknown`: not read yet, which is not absence; with the failure
 * when reading it was tried.
 */
export type Lookup<T> =
  | { readonly state: 'unknown'; readonly failure?: Failure }
  | { readonly state: 'absent' }
  | { readonly state: 'present'; readonly object: T };

/** Looks an object up by namespace and name; the first call begins to follow it. */
export type Reader<T> = (namespace: string, name: string) => Lookup<T>;

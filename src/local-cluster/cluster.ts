import type { Registry } from './registry.ts';
import type { Store } from './store/store.ts';

/** What every request handler and controller works with. */
export interface Cluster {
  readonly store: Store;
  readonly registry: Registry;
  /** Milliseconds since the epoch, for the times objects carry. */
  now(): number;
}

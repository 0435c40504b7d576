import type { Registry } from './registry.ts';
import type { Store } from './store/store.ts';
import type { EventLines } from './wire/event-lines.ts';

/** What every request handler and controller works with. */
export interface Cluster {
  readonly store: Store;
  readonly registry: Registry;
  readonly eventLines: EventLines;
  /** Milliseconds since the epoch, for the times objects carry. */
  now(): number;
}

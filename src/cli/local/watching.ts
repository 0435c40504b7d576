import {
  CUSTOMERS,
  DEVICE_CLAIMS,
  NETFLIX_CHARGE_FEEDS,
  NETFLIX_DEVICE_REGISTRATIONS,
  NETFLIX_SUBSCRIPTIONS,
  VENDOR_ACCOUNTS,
  VERIZON_DEVICE_DELETIONS,
} from '../../controllers/resources.ts';
import type { KubeClient } from '../../kube/client.ts';
import { keyOf } from '../../kube/object.ts';
import type { ResourceType } from '../../kube/resource.ts';
import { startReflector } from '../../kube/watch/run.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Resource } from './settled.ts';

/** A resource of ours, with its kind. */
export interface Watched {
  readonly kind: string;
  readonly object: Resource;
}

export interface Watching {
  /** Every user-written resource, by kind and then by name. */
  all(): readonly Watched[];
  /** Calls the listener after each change. */
  onChange(listener: () => void): void;
  readonly done: Promise<unknown>;
}

/** What people write, in the order in which it is shown. */
export const WATCHED: readonly ResourceType[] = [
  VENDOR_ACCOUNTS,
  CUSTOMERS,
  DEVICE_CLAIMS,
  NETFLIX_SUBSCRIPTIONS,
  NETFLIX_DEVICE_REGISTRATIONS,
  NETFLIX_CHARGE_FEEDS,
  VERIZON_DEVICE_DELETIONS,
];

/** Follows what a person would watch, until `signal` aborts. */
export function watchResources(
  client: KubeClient,
  clock: Clock,
  random: () => number,
  signal: AbortSignal,
): Watching {
  const followed = WATCHED.map((type) => ({
    type,
    reflector: startReflector({ client, type, clock, random, onError: () => {} }, signal),
  }));
  return {
    all: () =>
      followed.flatMap(({ type, reflector }) =>
        [...reflector.store.list()]
          .sort((a, b) => (keyOf(a.metadata) < keyOf(b.metadata) ? -1 : 1))
          .map((object) => ({ kind: type.kind, object: object as Resource })),
      ),
    onChange: (listener) => {
      for (const { reflector } of followed) reflector.store.subscribe(listener);
    },
    done: Promise.all(followed.map(({ reflector }) => reflector.done)),
  };
}

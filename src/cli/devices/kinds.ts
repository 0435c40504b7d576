import type { Kind } from '../../api/definitions.generated.ts';
import {
  DEVICE_CLAIMS,
  NETFLIX_DEVICE_REGISTRATIONS,
  VERIZON_DEVICE_DELETIONS,
} from '../../controllers/resources.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { KubeObject, ObjectRef } from '../../kube/object.ts';
import { findObject } from '../inspect/cluster-objects.ts';
import { devicesOfClaim } from './claim.ts';
import { ESN_STATES } from './esn-state.ts';
import { esnsOfRegistration } from './esns.ts';
import { LINE_STATES } from './line-state.ts';
import { linesOfDeletion } from './lines.ts';
import type { ItemStanding } from './standing.ts';
import { DEVICE_STATES } from './state.ts';

/** A resource and how every item of it stands. */
export interface Listing {
  readonly object: KubeObject;
  readonly standings: readonly ItemStanding[];
}

/** A kind of resource whose items can be listed. */
export interface ListedKind {
  readonly states: readonly string[];
  /** States that the status has no count of. */
  readonly uncounted: readonly string[];
  /** Undefined when there is no such resource. */
  read(client: KubeClient, ref: ObjectRef, signal: AbortSignal): Promise<Listing | undefined>;
}

/** The kinds that `devices` knows. */
export const LISTED_KINDS: Readonly<Partial<Record<Kind, ListedKind>>> = {
  DeviceClaim: {
    states: DEVICE_STATES,
    uncounted: ['held'],
    read: async (client, ref, signal) => {
      const object = await findObject(client, DEVICE_CLAIMS, ref, signal);
      return object && { object, standings: await devicesOfClaim(client, object, signal) };
    },
  },
  NetflixDeviceRegistration: {
    states: ESN_STATES,
    uncounted: ['held'],
    read: async (client, ref, signal) => {
      const object = await findObject(client, NETFLIX_DEVICE_REGISTRATIONS, ref, signal);
      return object && { object, standings: await esnsOfRegistration(client, object, signal) };
    },
  },
  VerizonDeviceDeletion: {
    states: LINE_STATES,
    uncounted: [],
    read: async (client, ref, signal) => {
      const object = await findObject(client, VERIZON_DEVICE_DELETIONS, ref, signal);
      return object && { object, standings: await linesOfDeletion(client, object, signal) };
    },
  },
};

/** Every state of every kind, each once. */
export const ALL_STATES: readonly string[] = [
  ...new Set(Object.values(LISTED_KINDS).flatMap(({ states }) => states)),
];

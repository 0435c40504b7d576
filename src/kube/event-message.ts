import { createHash } from 'node:crypto';
import { kubeTime } from './conditions.ts';
import { type Draft, type KubeObject, refOfObject } from './object.ts';
import { apiVersionOf, defineResource, type ResourceType } from './resource.ts';

/** Something that happened to an object, told to people. */
export interface Happening {
  /** The kind of the object: items of lists carry none. */
  readonly about: ResourceType;
  readonly object: KubeObject;
  readonly type: 'Normal' | 'Warning';
  /** CamelCase. */
  readonly reason: string;
  /** What happened, and to which value. */
  readonly message: string;
}

/** A core/v1 Event, as `kubectl describe` reads it. */
export interface EventObject extends KubeObject {
  readonly involvedObject: {
    readonly apiVersion: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace?: string;
    readonly uid: string;
  };
  readonly type: string;
  readonly reason: string;
  readonly message: string;
  readonly source: { readonly component: string };
  readonly firstTimestamp: string;
  readonly lastTimestamp: string;
  readonly count: number;
}

export const EVENTS = defineResource<EventObject>({
  group: '',
  version: 'v1',
  plural: 'events',
  kind: 'Event',
  namespaced: true,
});

/** events.k8s.io/v1, field note; core/v1 shows the same objects. */
const MAX_MESSAGE_LENGTH = 1024;
/** metadata.name holds 253 characters; a dot and 16 hexadecimal digits are ours. */
const MAX_NAME_LENGTH = 253 - 17;

/**
 * The same happening to the same object always has the same name, also after a restart:
 * it is then counted, and an object has as many Events as it has different things to tell.
 */
export function eventName(happening: Happening): string {
  const { object, type, reason, message } = happening;
  const hash = createHash('sha256')
    .update(JSON.stringify([object.metadata.uid, type, reason, message]))
    .digest('hex');
  return `${object.metadata.name.slice(0, MAX_NAME_LENGTH)}.${hash.slice(0, 16)}`;
}

/** Events of cluster-scoped objects stand in `default`; the API server refuses them elsewhere. */
export function eventNamespace(object: KubeObject): string {
  return object.metadata.namespace ?? 'default';
}

/** The Event for something that happened `count` times between two moments of wall time, in milliseconds. */
export function eventOf(
  happening: Happening,
  component: string,
  seen: { readonly firstAtMs: number; readonly lastAtMs: number; readonly count: number },
): Draft<EventObject> {
  const { about, object, type, reason, message } = happening;
  return {
    metadata: { name: eventName(happening), namespace: eventNamespace(object) },
    involvedObject: {
      apiVersion: apiVersionOf(about),
      kind: about.kind,
      ...refOfObject(object),
      uid: object.metadata.uid,
    },
    type,
    reason,
    message: message.slice(0, MAX_MESSAGE_LENGTH),
    source: { component },
    firstTimestamp: kubeTime(seen.firstAtMs),
    lastTimestamp: kubeTime(seen.lastAtMs),
    count: seen.count,
  };
}

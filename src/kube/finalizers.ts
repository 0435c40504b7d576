import { ok, type Result } from '../ports/failure.ts';
import type { KubeClient } from './client.ts';
import { type KubeObject, refOfObject } from './object.ts';
import type { ResourceType } from './resource.ts';

/** Adds and removes one finalizer of ours. Both are refused as `Conflict` when somebody else wrote in between. */
export interface Finalizers {
  add<T extends KubeObject>(type: ResourceType<T>, object: T, signal: AbortSignal): Promise<Result<unknown>>;
  remove<T extends KubeObject>(
    type: ResourceType<T>,
    object: T,
    signal: AbortSignal,
  ): Promise<Result<unknown>>;
  isOn(object: KubeObject): boolean;
}

/** `name` is qualified, for example `vendorplane.dev/release`. */
export function createFinalizers(client: KubeClient, name: string): Finalizers {
  function write<T extends KubeObject>(
    type: ResourceType<T>,
    object: T,
    finalizers: readonly string[],
    signal: AbortSignal,
  ): Promise<Result<unknown>> {
    // A merge patch replaces the whole list: the version makes sure that it is the list that was read.
    const { resourceVersion } = object.metadata;
    const patch = { metadata: { resourceVersion, finalizers } };
    return client.mergePatch(type, refOfObject(object), patch, signal);
  }

  const isOn = ({ metadata }: KubeObject): boolean => metadata.finalizers?.includes(name) ?? false;
  return {
    isOn,
    add: async (type, object, signal) =>
      isOn(object)
        ? ok(undefined)
        : write(type, object, [...(object.metadata.finalizers ?? []), name], signal),
    remove: async (type, object, signal) => {
      if (!isOn(object)) return ok(undefined);
      const left = object.metadata.finalizers?.filter((finalizer) => finalizer !== name) ?? [];
      const removed = await write(type, object, left, signal);
      return !removed.ok && removed.failure.kind === 'notFound' ? ok(undefined) : removed;
    },
  };
}

import type { NamedWatch } from '../kube/named-watch.ts';
import { type KubeObject, keyOf } from '../kube/object.ts';
import type { Reader } from './lookup.ts';

/** Objects that resources refer to: each is watched as long as somebody refers to it, and nothing else is. */
export interface References<T extends KubeObject> {
  /** Looks objects up on behalf of one resource, and follows them from then on. */
  readerFor(owner: string): Reader<T>;
  /** The resource refers to nothing any more. */
  release(owner: string): void;
  /** Who refers to this object. */
  ownersOf(namespace: string, name: string): readonly string[];
}

export function createReferences<T extends KubeObject>(watch: NamedWatch<T>): References<T> {
  const held = new Map<string, Map<string, () => void>>();
  return {
    readerFor: (owner) => (namespace, name) => {
      const ref = { namespace, name };
      const own = held.get(owner) ?? new Map<string, () => void>();
      held.set(owner, own);
      if (!own.has(keyOf(ref))) own.set(keyOf(ref), watch.hold(ref));
      return watch.get(ref);
    },
    release: (owner) => {
      for (const end of held.get(owner)?.values() ?? []) end();
      held.delete(owner);
    },
    ownersOf: (namespace, name) =>
      [...held].filter(([, own]) => own.has(keyOf({ namespace, name }))).map(([owner]) => owner),
  };
}

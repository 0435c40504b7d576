import { apiVersionOf, type Resource } from './resources.ts';

/** The resources served now. Built-in ones are fixed; those of definitions come and go. */
export interface Registry {
  find(group: string, version: string, plural: string): Resource | undefined;
  /** The resource of a kind, as owner references name it. */
  findKind(apiVersion: string, kind: string): Resource | undefined;
  all(): readonly Resource[];
  /** Replaces what the definition `name` serves; an empty list takes it away. */
  setDefined(name: string, resources: readonly Resource[]): void;
  /** Calls `listener` once the resource is no longer served as it is now. Returns the way to stop. */
  whenReplaced(resource: Resource, listener: () => void): () => void;
  /** Grows with every change, for those who derive documents from the registry. */
  generation(): number;
}

/** A registry that serves `builtIn`, in this order, and nothing else yet. */
export function createRegistry(builtIn: readonly Resource[]): Registry {
  const defined = new Map<string, readonly Resource[]>();
  const listeners = new Map<Resource, Set<() => void>>();
  let all = builtIn;
  let generation = 1;
  return {
    find: (group, version, plural) =>
      all.find((known) => known.plural === plural && known.group === group && known.version === version),
    findKind: (apiVersion, kind) =>
      all.find((known) => known.kind === kind && apiVersionOf(known) === apiVersion),
    all: () => all,
    setDefined(name, resources) {
      const replaced = defined.get(name) ?? [];
      if (resources.length === 0) defined.delete(name);
      else defined.set(name, resources);
      all = [...builtIn, ...[...defined.values()].flat()];
      generation += 1;
      for (const resource of replaced) {
        const told = listeners.get(resource);
        listeners.delete(resource);
        for (const listener of told ?? []) listener();
      }
    },
    whenReplaced(resource, listener) {
      const set = listeners.get(resource) ?? new Set();
      listeners.set(resource, set.add(listener));
      return () => {
        set.delete(listener);
        if (set.size === 0) listeners.delete(resource);
      };
    },
    generation: () => generation,
  };
}

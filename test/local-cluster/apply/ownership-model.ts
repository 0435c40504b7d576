/**
 * Server-side apply as its documentation tells it, over nothing but leaves: each leaf has a value and owners.
 * Knows no trees, no sets of paths and no schemas; kept apart from the real one on purpose.
 */
export interface Model {
  readonly values: ReadonlyMap<string, string>;
  readonly owners: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Nothing there and nobody owning it. */
export const NOTHING: Model = { values: new Map(), owners: new Map() };

/** The leaves on which an apply would step on somebody's toes. */
export function conflictsOf(
  model: Model,
  manager: string,
  wanted: ReadonlyMap<string, string>,
): readonly string[] {
  return [...wanted].flatMap(([leaf, value]) => {
    const owners = [...(model.owners.get(leaf) ?? [])].filter((owner) => owner !== manager);
    return model.values.get(leaf) !== value && owners.length > 0
      ? owners.map((owner) => `${leaf} of ${owner}`)
      : [];
  });
}

/** The leaves after an apply that met no conflict, or was forced. */
export function applied(model: Model, manager: string, wanted: ReadonlyMap<string, string>): Model {
  const values = new Map(model.values);
  const owners = copyOf(model.owners);
  for (const [leaf, held] of owners) {
    if (!held.has(manager) || wanted.has(leaf)) continue;
    held.delete(manager);
    if (held.size === 0) values.delete(leaf);
  }
  for (const [leaf, value] of wanted) {
    const held = values.get(leaf) === value ? (owners.get(leaf) ?? new Set()) : new Set<string>();
    owners.set(leaf, held.add(manager));
    values.set(leaf, value);
  }
  return { values, owners };
}

/** The leaves after a plain write of the whole object. */
export function updated(model: Model, manager: string, wanted: ReadonlyMap<string, string>): Model {
  const owners = copyOf(model.owners);
  for (const leaf of model.values.keys()) if (!wanted.has(leaf)) owners.delete(leaf);
  for (const [leaf, value] of wanted)
    if (model.values.get(leaf) !== value) owners.set(leaf, new Set([manager]));
  return { values: wanted, owners };
}

function copyOf(owners: Model['owners']): Map<string, Set<string>> {
  return new Map([...owners].map(([leaf, held]) => [leaf, new Set(held)]));
}

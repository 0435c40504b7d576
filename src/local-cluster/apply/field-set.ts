import { isObject } from '../json.ts';
import type { JsonObject } from '../object.ts';

/**
 * A set of paths as a tree. Steps are written as in FieldsV1: `f:name` a field, `k:{"name":"x"}` an item by key,
 * `v:"x"` a member by value. A node is a member itself, or only leads to members, or both.
 */
export interface FieldSet {
  readonly member: boolean;
  readonly children: ReadonlyMap<string, FieldSet>;
}

/** No path at all. */
export const EMPTY: FieldSet = { member: false, children: new Map() };
const LEAF: FieldSet = { member: true, children: new Map() };

/** Whether there is no path in the set. */
export function isEmpty(set: FieldSet): boolean {
  return !set.member && set.children.size === 0;
}

/** The part of a set below a step. */
export function below(set: FieldSet, step: string): FieldSet {
  return set.children.get(step) ?? EMPTY;
}

/** The paths in either set. */
export function union(left: FieldSet, right: FieldSet): FieldSet {
  return combine(left, right, (inLeft, inRight) => inLeft || inRight);
}

/** The paths in both sets. */
export function intersection(left: FieldSet, right: FieldSet): FieldSet {
  return combine(left, right, (inLeft, inRight) => inLeft && inRight);
}

/** The paths of the left set that are not in the right one; what is below a path in the right set stays. */
export function difference(left: FieldSet, right: FieldSet): FieldSet {
  return combine(left, right, (inLeft, inRight) => inLeft && !inRight);
}

/** Where one of the sets ends, the rest of the other is taken as it is, or left: sets do not change. */
function combine(
  left: FieldSet,
  right: FieldSet,
  keep: (inLeft: boolean, inRight: boolean) => boolean,
): FieldSet {
  if (isEmpty(right)) return keep(true, false) ? left : EMPTY;
  if (isEmpty(left)) return keep(false, true) ? right : EMPTY;
  const children = new Map<string, FieldSet>();
  for (const step of new Set([...left.children.keys(), ...right.children.keys()])) {
    const child = combine(below(left, step), below(right, step), keep);
    if (!isEmpty(child)) children.set(step, child);
  }
  return { member: keep(left.member, right.member), children };
}

/** Whether two sets hold the same paths. */
export function sameSet(left: FieldSet, right: FieldSet): boolean {
  return isEmpty(combine(left, right, (inLeft, inRight) => inLeft !== inRight));
}

/** The part of a set whose first steps pass. */
export function filterTop(set: FieldSet, keep: (step: string) => boolean): FieldSet {
  return { member: set.member, children: new Map([...set.children].filter(([step]) => keep(step))) };
}

/** The paths of a set, at every level members first, each level in the order of its steps. */
export function paths(set: FieldSet, prefix: readonly string[] = []): readonly (readonly string[])[] {
  const steps = [...set.children].sort(([a], [b]) => (a < b ? -1 : 1));
  const members = steps.filter(([, child]) => child.member).map(([step]) => [...prefix, step]);
  return [...members, ...steps.flatMap(([step, child]) => paths(child, [...prefix, step]))];
}

/** A set that is built up path by path. */
export interface FieldSetBuilder {
  add(path: readonly string[]): void;
  done(): FieldSet;
}

/** Starts an empty set. */
export function buildFieldSet(): FieldSetBuilder {
  interface Node {
    member: boolean;
    readonly children: Map<string, Node>;
  }
  const root: Node = { member: false, children: new Map() };
  return {
    add(path) {
      let node = root;
      for (const step of path) {
        let next = node.children.get(step);
        if (next === undefined) {
          next = { member: false, children: new Map() };
          node.children.set(step, next);
        }
        node = next;
      }
      node.member = true;
    },
    done: () => root,
  };
}

/** Reads the FieldsV1 form; what is no object counts as nothing. */
export function fromFieldsV1(fields: unknown): FieldSet {
  if (!isObject(fields)) return EMPTY;
  const children = new Map<string, FieldSet>();
  for (const [step, inner] of Object.entries(fields)) {
    if (step === '.') continue;
    const child = fromFieldsV1(inner);
    children.set(step, isEmpty(child) ? LEAF : child);
  }
  return { member: Object.hasOwn(fields, '.'), children };
}

/** Writes the FieldsV1 form: a member with members below it says so by `.`. */
export function toFieldsV1(set: FieldSet): JsonObject {
  const inner = [...set.children]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([step, child]) => [step, toFieldsV1(child)]);
  return Object.fromEntries(set.member && inner.length > 0 ? [['.', {}], ...inner] : inner) as JsonObject;
}

/** A path as a conflict names it: `.spec.items[name="x"].value`. */
export function printPath(path: readonly string[]): string {
  return path.map(printStep).join('');
}

function printStep(step: string): string {
  const text = step.slice(2);
  if (step.startsWith('f:')) return `.${text}`;
  if (step.startsWith('v:')) return `[=${text}]`;
  if (step.startsWith('i:')) return `[${text}]`;
  const key = JSON.parse(text) as Record<string, unknown>;
  return `[${Object.entries(key)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(',')}]`;
}

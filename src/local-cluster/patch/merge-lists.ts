import { isObject, sameJson } from '../json.ts';
import type { JsonObject } from '../object.ts';
import { directivesOf } from './directives.ts';
import { PatchRefused } from './refused.ts';

/** Merges plain members as a set, ordered as `order` says. */
export function mergeMembers(
  live: readonly unknown[],
  patch: readonly unknown[],
  order: readonly unknown[],
): readonly unknown[] {
  const added = patch.filter((member) => !live.includes(member));
  return arrange([...new Set([...live, ...added])], order, live, (a, b) => a === b);
}

/** The list without some plain members. */
export function withoutMembers(live: readonly unknown[], members: readonly unknown[]): readonly unknown[] {
  return live.filter((member) => !members.includes(member));
}

/**
 * Merges objects by their merge key, ordered as `order` says.
 * An item `{$patch: delete, key}` removes its match; an item `{$patch: replace}` makes the rest of the patch the list.
 */
export function mergeItems(
  live: readonly unknown[],
  patch: readonly unknown[],
  order: readonly unknown[],
  key: string,
  merge: (item: unknown, change: JsonObject) => unknown,
): readonly unknown[] {
  const changes = patch.map((item) => asItem(item, key));
  const parts = changes.map(directivesOf);
  if (parts.some((part) => part.action === 'replace')) {
    return parts.filter((part) => part.action === 'merge').map((part) => part.fields);
  }
  const same = (a: unknown, b: unknown): boolean => isObject(a) && isObject(b) && sameJson(a[key], b[key]);

  let merged = [...live];
  for (const [index, { action }] of parts.entries()) {
    const change = changes[index] as JsonObject;
    if (change[key] === undefined)
      throw new PatchRefused(`map: ${JSON.stringify(change)} does not contain declared merge key: ${key}`);
    const at = merged.findIndex((item) => same(item, change));
    if (action === 'delete') merged = merged.filter((item) => !same(item, change));
    else if (at < 0) merged = [...merged, merge({}, change)];
    else merged = merged.with(at, merge(merged[at], change));
  }
  return arrange(merged, order, live, same);
}

function asItem(item: unknown, key: string): JsonObject {
  if (isObject(item)) return item;
  throw new PatchRefused(`expected an object with the merge key ${key} in a list of the patch`);
}

/**
 * Ordered items in their order; the others are put among them, each before the first ordered item that
 * came after it in the live list, and after all that did not.
 */
function arrange(
  merged: readonly unknown[],
  order: readonly unknown[],
  live: readonly unknown[],
  same: (a: unknown, b: unknown) => boolean,
): readonly unknown[] {
  const ordered = order.flatMap((wanted) => merged.filter((item) => same(item, wanted)));
  const others = merged.filter((item) => !ordered.includes(item));
  const place = (item: unknown): number => live.findIndex((each) => same(each, item));
  const result: unknown[] = [];
  let next = 0;
  for (const item of ordered) {
    const bound = place(item);
    const later = others.findIndex((other, index) => index >= next && place(other) >= bound);
    const end = later < 0 ? others.length : later;
    if (bound >= 0) {
      result.push(...others.slice(next, end));
      next = end;
    }
    result.push(item);
  }
  return [...result, ...others.slice(next)];
}

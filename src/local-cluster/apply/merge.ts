import { isObject } from '../json.ts';
import type { JsonObject } from '../object.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import { below, type FieldSet, isEmpty } from './field-set.ts';
import { fieldSchema, itemElement, type Shape, shapeOf } from './shape.ts';

/** Lays an applied configuration over a live value: what it says wins, what it does not mention stays. */
export function mergeApplied(live: unknown, applied: unknown, schema: JsonSchema): unknown {
  if (applied === undefined) return live;
  if (live === undefined) return applied;
  const shape = shapeOf(schema, applied);
  if (shape.kind === 'map' && !shape.atomic && isObject(live)) {
    return applied === null ? live : mergeMap(live, applied as JsonObject, shape);
  }
  if (shape.kind === 'list' && shape.relation !== 'atomic' && Array.isArray(live)) {
    return applied === null ? live : mergeList(live, applied as readonly unknown[], shape);
  }
  return applied;
}

function mergeMap(live: JsonObject, applied: JsonObject, shape: Extract<Shape, { kind: 'map' }>): JsonObject {
  const changed = Object.entries(applied).map(([name, value]) => {
    const before = Object.hasOwn(live, name) ? live[name] : undefined;
    return [name, mergeApplied(before, value, fieldSchema(shape, name))] as const;
  });
  return { ...live, ...(Object.fromEntries(changed) as JsonObject) };
}

/**
 * Items of the configuration come in its order. An item only the live list has stays before the shared item it
 * stood before, and new items come as late as they can.
 */
function mergeList(
  live: readonly unknown[],
  applied: readonly unknown[],
  shape: Extract<Shape, { kind: 'list' }>,
): readonly unknown[] {
  const liveElements = live.map((item) => itemElement(shape, item));
  const appliedElements = applied.map((item) => itemElement(shape, item));
  const liveItems = new Map(live.map((item, index) => [liveElements[index], item]));
  const isApplied = new Set(appliedElements);
  const shared = appliedElements.filter((element) => liveItems.has(element)).values();

  const merged: unknown[] = [];
  let taken = 0;
  const takeLiveUntil = (end: number): void => {
    for (let index = taken; index < end; index += 1)
      if (!isApplied.has(liveElements[index])) merged.push(live[index]);
    taken = Math.max(taken, end);
  };
  let next = shared.next();
  for (const [index, item] of applied.entries()) {
    const element = appliedElements[index];
    const place = next.done === true ? -1 : liveElements.indexOf(next.value, taken);
    takeLiveUntil(place < 0 ? live.length : place);
    merged.push(mergeApplied(liveItems.get(element), item, shape.items));
    if (next.done !== true && element === next.value) next = shared.next();
  }
  takeLiveUntil(live.length);
  return merged;
}

/** The value without the parts at the paths of a set. Atomic values are parts as a whole only. */
export function removePaths(value: unknown, set: FieldSet, schema: JsonSchema): unknown {
  if (isEmpty(set)) return value;
  const shape = shapeOf(schema, value);
  if (shape.kind === 'map' && !shape.atomic && isObject(value)) {
    const kept = Object.entries(value)
      .filter(([name]) => !below(set, `f:${name}`).member)
      .map(([name, field]) => [name, removePaths(field, below(set, `f:${name}`), fieldSchema(shape, name))]);
    return Object.fromEntries(kept) as JsonObject;
  }
  if (shape.kind === 'list' && shape.relation !== 'atomic' && Array.isArray(value)) {
    return (value as unknown[]).flatMap((item) => {
      const part = below(set, itemElement(shape, item) ?? '');
      return part.member ? [] : [removePaths(item, part, shape.items)];
    });
  }
  return value;
}

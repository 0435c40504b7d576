import { isObject } from '../json.ts';

/** JSON merge patch (RFC 7396): null removes, objects merge, everything else, lists included, replaces. */
export function applyMergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged: Record<string, unknown> = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else set(merged, name, applyMergePatch(merged[name], value));
  }
  return merged;
}

// A plain assignment to `__proto__` would change the prototype instead of adding a key.
function set(object: Record<string, unknown>, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

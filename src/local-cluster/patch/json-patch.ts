import { isObject, sameJson } from '../json.ts';
import type { PatchResult } from './result.ts';

type Edit = (parent: unknown, token: string) => unknown;

/** An operation that cannot be carried out; never leaves this file. */
class PatchFailure extends Error {}

/**
 * JSON patch (RFC 6902) as kube-apiserver applies it, all or nothing. It differs from the standard in one point:
 * `replace` of an absent field of a present object adds it. The document as a whole (path ``) cannot be named.
 */
export function applyJsonPatch(target: unknown, operations: unknown): PatchResult {
  if (!Array.isArray(operations)) return { ok: false, message: 'a JSON patch is a list of operations' };
  try {
    return { ok: true, value: operations.reduce<unknown>(applyOperation, target) };
  } catch (error) {
    if (error instanceof PatchFailure) return { ok: false, message: error.message };
    throw error;
  }
}

function applyOperation(target: unknown, operation: unknown): unknown {
  if (!isObject(operation)) throw new PatchFailure('an operation is not an object');
  const path = pointer(operation['path']);
  const { op } = operation;
  switch (typeof op === 'string' ? op : '') {
    case 'add':
      return edit(target, path, adding(given(operation)));
    case 'replace':
      return edit(target, path, replacing(given(operation)));
    case 'remove':
      return edit(target, path, remove);
    case 'copy':
      return edit(target, path, adding(valueAt(target, pointer(operation['from']))));
    case 'move': {
      const from = pointer(operation['from']);
      return edit(edit(target, from, remove), path, adding(valueAt(target, from)));
    }
    case 'test':
      if (!sameJson(optionalAt(target, path) ?? null, operation['value'] ?? null)) {
        throw new PatchFailure(`testing value ${path.join('/')} failed`);
      }
      return target;
    default:
      throw new PatchFailure(`unexpected kind: ${JSON.stringify(op)}`);
  }
}

function given(operation: Readonly<Record<string, unknown>>): unknown {
  if (!Object.hasOwn(operation, 'value')) throw new PatchFailure('an operation lacks its value');
  return operation['value'];
}

function pointer(path: unknown): readonly string[] {
  if (typeof path !== 'string' || !path.startsWith('/'))
    throw new PatchFailure(`missing path: ${JSON.stringify(path)}`);
  return path
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A copy of the target in which the parent of the last token is edited; everything off the path is shared. */
function edit(target: unknown, [token, ...rest]: readonly string[], change: Edit): unknown {
  if (token === undefined) throw new PatchFailure('missing path');
  if (rest.length === 0) return change(target, token);
  const changed = edit(memberOf(target, token), rest, change);
  return Array.isArray(target)
    ? target.with(indexIn(target, token), changed)
    : { ...(target as object), [token]: changed };
}

function adding(value: unknown): Edit {
  return (parent, token) => {
    if (Array.isArray(parent))
      return parent.toSpliced(token === '-' ? parent.length : insertionIndex(parent, token), 0, value);
    if (isObject(parent)) return { ...parent, [token]: value };
    throw new PatchFailure(`cannot add ${token} below a plain value`);
  };
}

function replacing(value: unknown): Edit {
  return (parent, token) => {
    if (Array.isArray(parent)) return parent.with(indexIn(parent, token), value);
    if (isObject(parent)) return { ...parent, [token]: value };
    throw new PatchFailure(`cannot replace ${token} below a plain value`);
  };
}

function remove(parent: unknown, token: string): unknown {
  memberOf(parent, token);
  if (Array.isArray(parent)) return parent.toSpliced(indexIn(parent, token), 1);
  const { [token]: _removed, ...kept } = parent as Record<string, unknown>;
  return kept;
}

function valueAt(target: unknown, path: readonly string[]): unknown {
  return path.reduce(memberOf, target);
}

function optionalAt(target: unknown, path: readonly string[]): unknown {
  const parent = valueAt(target, path.slice(0, -1));
  const token = path.at(-1) as string;
  return Array.isArray(parent) ? memberOf(parent, token) : isObject(parent) ? parent[token] : undefined;
}

function memberOf(parent: unknown, token: string): unknown {
  if (Array.isArray(parent)) return parent[indexIn(parent, token)] as unknown;
  if (isObject(parent) && Object.hasOwn(parent, token)) return parent[token];
  throw new PatchFailure(`nonexistent path: ${token}`);
}

function indexIn(list: readonly unknown[], token: string): number {
  const index = indexOf(token);
  if (index >= list.length) throw new PatchFailure(`index ${token} is out of bounds`);
  return index;
}

function insertionIndex(list: readonly unknown[], token: string): number {
  const index = indexOf(token);
  if (index > list.length) throw new PatchFailure(`index ${token} is out of bounds`);
  return index;
}

function indexOf(token: string): number {
  if (!/^(0|[1-9]\d*)$/.test(token)) throw new PatchFailure(`${token} is not an index`);
  return Number(token);
}

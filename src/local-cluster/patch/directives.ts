import type { JsonObject } from '../object.ts';
import { PatchRefused } from './refused.ts';

/** An object of a strategic merge patch, its instructions told apart from its fields. */
export interface Directives {
  readonly fields: JsonObject;
  readonly action: 'merge' | 'replace' | 'delete';
  readonly retainKeys: readonly unknown[] | undefined;
  /** Members to delete, by list. */
  readonly deletions: ReadonlyMap<string, readonly unknown[]>;
  /** The final order, by list. */
  readonly orders: ReadonlyMap<string, readonly unknown[]>;
}

const DELETIONS = '$deleteFromPrimitiveList/';
const ORDER = '$setElementOrder/';

/** Reads the instructions of one object of a patch. */
export function directivesOf(patch: JsonObject): Directives {
  const deletions = new Map<string, readonly unknown[]>();
  const orders = new Map<string, readonly unknown[]>();
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(patch)) {
    if (name.startsWith(DELETIONS)) deletions.set(name.slice(DELETIONS.length), list(name, value));
    else if (name.startsWith(ORDER)) orders.set(name.slice(ORDER.length), list(name, value));
    else if (name !== '$patch' && name !== '$retainKeys') fields[name] = value;
  }
  const retainKeys = patch['$retainKeys'];
  return {
    fields: fields as JsonObject,
    action: actionOf(patch['$patch']),
    retainKeys: retainKeys === undefined ? undefined : list('$retainKeys', retainKeys),
    deletions,
    orders,
  };
}

function actionOf(value: unknown): 'merge' | 'replace' | 'delete' {
  if (value === undefined) return 'merge';
  if (value === 'merge' || value === 'replace' || value === 'delete') return value;
  throw new PatchRefused(`Unknown patch type found: ${JSON.stringify(value)}`);
}

function list(name: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new PatchRefused(`${name} is not a list`);
  return value;
}

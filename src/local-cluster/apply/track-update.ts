import { sameJson } from '../json.ts';
import type { KubeObject, ManagedFieldsEntry } from '../object.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import { compare } from './compare.ts';
import { difference, EMPTY, type FieldSet, isEmpty, union } from './field-set.ts';
import {
  capUpdateManagers,
  identity,
  type Manager,
  readManagers,
  sameOwnership,
  writeManagers,
} from './managers.ts';
import {
  emptyObject,
  ownable,
  wholeSchema,
  withManagedFields,
  withoutManagedFields,
} from './owned-object.ts';

/**
 * Records who owns what after a POST, PUT or PATCH: who changed a field owns it alone, removed fields are nobody's.
 * `before` is undefined on create; `after` is what will be stored, defaults included. A client may rewrite
 * `managedFields` itself, except through a subresource; `[{}]` switches the record off.
 * A write that changes nothing leaves the record, times included, as it was.
 */
export function trackUpdate(
  before: KubeObject | undefined,
  after: KubeObject,
  manager: string,
  subresource: '' | 'status',
  schema: JsonSchema,
  now: string,
): KubeObject {
  const known = startingManagers(before, after, subresource);
  if (before !== undefined && known.length === 0) return withoutManagedFields(after);

  const whole = wholeSchema(schema);
  const old = before === undefined ? emptyObject(after, schema) : withoutManagedFields(before);
  const current = withoutManagedFields(after);
  const self = { name: manager, operation: 'Update', apiVersion: after.apiVersion, subresource } as const;
  const managers = capUpdateManagers(afterUpdate(known, self, compare(old, current, whole), now));

  const stored = readManagers(before?.metadata.managedFields);
  const unchanged = before !== undefined && sameJson(old, current) && sameOwnership(managers, stored);
  return withManagedFields(
    current,
    unchanged ? (before.metadata.managedFields ?? []) : writeManagers(managers),
  );
}

/** Takes changed fields from everybody and gives them to the one who changed them. */
export function afterUpdate(
  managers: readonly Manager[],
  self: Pick<Manager, 'name' | 'operation' | 'apiVersion' | 'subresource'>,
  changes: { readonly added: FieldSet; readonly modified: FieldSet; readonly removed: FieldSet },
  now: string,
): readonly Manager[] {
  const taken = union(changes.added, changes.modified);
  const lost = union(taken, changes.removed);
  const kept = managers.map((manager) => ({ ...manager, fields: difference(manager.fields, lost) }));
  const gained = ownable(taken);
  if (isEmpty(gained)) return kept.filter((manager) => !isEmpty(manager.fields));

  const isSelf = (manager: Manager): boolean => identity(manager) === identity(self);
  const previous = kept.find(isSelf)?.fields ?? EMPTY;
  const others = kept.filter((manager) => !isSelf(manager) && !isEmpty(manager.fields));
  return [...others, { ...self, time: now, fields: union(previous, gained) }];
}

function startingManagers(
  before: KubeObject | undefined,
  after: KubeObject,
  subresource: string,
): readonly Manager[] {
  const sent = after.metadata.managedFields;
  if (subresource === '' && sent !== undefined && isReset(sent)) return [];
  const rewritten = subresource === '' ? readManagers(sent) : [];
  return rewritten.length > 0 ? rewritten : readManagers(before?.metadata.managedFields);
}

function isReset(entries: readonly ManagedFieldsEntry[]): boolean {
  return entries.length === 1 && Object.keys(entries[0] as object).length === 0;
}

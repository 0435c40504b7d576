import { sameJson } from '../json.ts';
import type { ManagedFieldsEntry } from '../object.ts';
import { EMPTY, type FieldSet, fromFieldsV1, isEmpty, sameSet, toFieldsV1, union } from './field-set.ts';

/** One manager's share of an object. */
export interface Manager {
  readonly name: string;
  readonly operation: 'Apply' | 'Update';
  readonly apiVersion: string;
  readonly subresource: string;
  /** When it last changed the object; unknown for one that so far only agreed with what was there. */
  readonly time: string | undefined;
  readonly fields: FieldSet;
}

/** Who a manager is: appliers keep their identity across API versions, updaters do not. */
export function identity(
  manager: Pick<Manager, 'name' | 'operation' | 'apiVersion' | 'subresource'>,
): string {
  const version = manager.operation === 'Apply' ? '' : manager.apiVersion;
  return JSON.stringify([manager.operation, manager.name, manager.subresource, version]);
}

/** Reads `metadata.managedFields`; entries of one identity are joined. */
export function readManagers(entries: readonly ManagedFieldsEntry[] | undefined): readonly Manager[] {
  const managers = new Map<string, Manager>();
  for (const entry of entries ?? []) {
    const manager: Manager = {
      name: entry.manager ?? '',
      operation: entry.operation === 'Apply' ? 'Apply' : 'Update',
      apiVersion: entry.apiVersion ?? '',
      subresource: entry.subresource ?? '',
      time: entry.time,
      fields: fromFieldsV1(entry.fieldsV1),
    };
    const known = managers.get(identity(manager));
    managers.set(identity(manager), { ...manager, fields: union(known?.fields ?? EMPTY, manager.fields) });
  }
  return [...managers.values()];
}

/** Writes `metadata.managedFields`: appliers first, then by time, then by name. Managers of nothing are left out. */
export function writeManagers(managers: readonly Manager[]): readonly ManagedFieldsEntry[] {
  return managers
    .filter((manager) => !isEmpty(manager.fields))
    .toSorted(inOrder)
    .map((manager) => ({
      apiVersion: manager.apiVersion,
      fieldsType: 'FieldsV1',
      fieldsV1: toFieldsV1(manager.fields),
      manager: manager.name,
      operation: manager.operation,
      ...(manager.subresource === '' ? {} : { subresource: manager.subresource }),
      ...(manager.time === undefined ? {} : { time: manager.time }),
    }));
}

function inOrder(left: Manager, right: Manager): number {
  const keysOf = (manager: Manager): readonly string[] => [
    manager.operation,
    manager.time ?? '',
    manager.name,
    manager.apiVersion,
    manager.subresource,
  ];
  const rightKeys = keysOf(right);
  for (const [index, key] of keysOf(left).entries()) {
    if (key !== rightKeys[index]) return key < (rightKeys[index] as string) ? -1 : 1;
  }
  return 0;
}

/** Whether the same managers hold the same fields, whenever they came to. */
export function sameOwnership(left: readonly Manager[], right: readonly Manager[]): boolean {
  const others = new Map(right.map((manager) => [identity(manager), manager]));
  return (
    left.length === right.length &&
    left.every((manager) => {
      const other = others.get(identity(manager));
      return (
        other !== undefined &&
        other.apiVersion === manager.apiVersion &&
        sameSet(other.fields, manager.fields)
      );
    })
  );
}

/** Update managers an object may have; the oldest beyond are joined. k8s.io/apimachinery managedfields: 10. */
const MAX_UPDATE_MANAGERS = 10;

/** Joins the oldest Update managers, version by version, to `ancient-changes` until there are few enough. */
export function capUpdateManagers(managers: readonly Manager[]): readonly Manager[] {
  const updaters = managers.filter((manager) => manager.operation === 'Update').toSorted(inOrder);
  const oldest = updaters[0];
  if (updaters.length <= MAX_UPDATE_MANAGERS || oldest === undefined) return managers;
  const second = updaters.slice(1).find((manager) => sameJson(manager.apiVersion, oldest.apiVersion));
  if (second === undefined) return managers;
  const joined: Manager = {
    ...second,
    name: 'ancient-changes',
    subresource: '',
    fields: union(oldest.fields, second.fields),
  };
  return capUpdateManagers([
    ...managers.filter((manager) => manager !== oldest && manager !== second),
    joined,
  ]);
}

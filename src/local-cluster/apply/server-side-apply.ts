import { isObject, sameJson } from '../json.ts';
import type { KubeObject } from '../object.ts';
import { withDefaults } from '../schema/defaults.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import { compare, isSame } from './compare.ts';
import { type ConflictCause, conflictCauses, conflictMessage, conflictsWith } from './conflicts.ts';
import { difference, EMPTY, type FieldSet, filterTop, intersection, isEmpty, union } from './field-set.ts';
import { fieldsOf, withNamedFields } from './fields-of.ts';
import { fieldsAppliedBefore, updateLastApplied } from './last-applied.ts';
import { identity, type Manager, readManagers, sameOwnership, writeManagers } from './managers.ts';
import { mergeApplied, removePaths } from './merge.ts';
import {
  emptyObject,
  ownable,
  wholeSchema,
  withManagedFields,
  withoutManagedFields,
} from './owned-object.ts';
import { afterUpdate } from './track-update.ts';
import { typedErrors } from './typed-errors.ts';

/** An apply patch. `live` is undefined where it creates the object. */
export interface ApplyRequest {
  readonly live: KubeObject | undefined;
  readonly applied: KubeObject;
  readonly manager: string;
  readonly force: boolean;
  readonly schema: JsonSchema;
  readonly subresource: '' | 'status';
  /** Whether the kind has a status subresource, so that an apply to the main resource leaves `status` alone. Default true. */
  readonly statusSubresource?: boolean;
  /** RFC 3339, whole seconds. */
  readonly now: string;
}

/** The object to validate and store, or why it cannot be: a conflict is a 409, a configuration the schema does not know a 500. */
export type ApplyResult =
  | { readonly ok: true; readonly object: KubeObject }
  | {
      readonly ok: false;
      readonly kind: 'conflict';
      readonly message: string;
      readonly causes: readonly ConflictCause[];
    }
  | { readonly ok: false; readonly kind: 'schema'; readonly message: string };

/**
 * Server-side apply: the configuration is laid over the live object, what the manager applied last time and nobody
 * else owns goes away, and a change of a field that somebody else owns is a conflict unless forced.
 * The result has its defaults, and no validation: that is the caller's. Nulls of the configuration stay in it to be
 * refused there. An apply that changes nothing returns the live object itself.
 */
export function serverSideApply(request: ApplyRequest): ApplyResult {
  const schema = wholeSchema(request.schema);
  const problems = typedErrors(request.applied, schema);
  if (problems.length > 0) return { ok: false, kind: 'schema', message: untyped(request.applied, problems) };

  const known = startingManagers(request, schema);
  const live = withoutManagedFields(request.live ?? emptyObject(request.applied, {}));
  const applied = visible(request);
  const { self, others } = tellApart(known, request);
  const fields = keepVisible(fieldsOf(applied, schema), request);

  const merged = mergeApplied(live, applied, schema);
  const pruned = prune(merged, self?.fields ?? EMPTY, union(fields, allFields(others)), schema) as KubeObject;
  const changes = compare(live, pruned, schema);
  const taken = union(changes.added, changes.modified);

  const allowed = request.live === undefined ? EMPTY : fieldsAppliedBefore(live, request.manager, schema);
  const conflicts = conflictsWith(others, difference(taken, allowed));
  if (conflicts.length > 0 && !request.force) {
    return {
      ok: false,
      kind: 'conflict',
      message: conflictMessage(conflicts),
      causes: conflictCauses(conflicts),
    };
  }

  const lost = union(taken, changes.removed);
  const changed = !isSame(changes);
  const managers = [
    ...others.map((manager) => ({ ...manager, fields: difference(manager.fields, lost) })),
    { ...selfOf(request), time: changed ? request.now : self?.time, fields: ownable(fields) },
  ].filter((manager) => !isEmpty(manager.fields));
  const object = updateLastApplied(changed ? pruned : live, request.applied, request.manager);
  const complete = withDefaults(object, request.schema, true) as KubeObject;
  return { ok: true, object: settle(request.live, complete, managers) };
}

function selfOf(request: ApplyRequest): Omit<Manager, 'time' | 'fields'> {
  return {
    name: request.manager,
    operation: 'Apply',
    apiVersion: request.applied.apiVersion,
    subresource: request.subresource,
  };
}

function tellApart(
  managers: readonly Manager[],
  request: ApplyRequest,
): { self: Manager | undefined; others: readonly Manager[] } {
  const own = identity(selfOf(request));
  return {
    self: managers.find((manager) => identity(manager) === own),
    others: managers.filter((manager) => identity(manager) !== own),
  };
}

function allFields(managers: readonly Manager[]): FieldSet {
  return managers.reduce((set, manager) => union(set, manager.fields), EMPTY);
}

/** An object that came to be without a record of ownership is put down to `before-first-apply`. */
function startingManagers(request: ApplyRequest, whole: JsonSchema): readonly Manager[] {
  const { live, now, schema } = request;
  if (live === undefined) return [];
  const known = readManagers(live.metadata.managedFields);
  if (known.length > 0) return known;
  const self = {
    name: 'before-first-apply',
    operation: 'Update',
    apiVersion: live.apiVersion,
    subresource: '',
  } as const;
  const changes = compare(emptyObject(live, schema), withoutManagedFields(live), whole);
  return afterUpdate([], self, changes, now)
    .map((manager) => ({ ...manager, fields: keepVisible(manager.fields, request) }))
    .filter((manager) => !isEmpty(manager.fields));
}

/** The part of the configuration this resource writes: the main one no status, the status one nothing else. */
function visible({ applied, subresource, statusSubresource }: ApplyRequest): KubeObject {
  const { status, ...main } = applied;
  if (subresource === '') return statusSubresource === false ? applied : main;
  const { resourceVersion, uid } = applied.metadata;
  const metadata = {
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
    ...(uid === undefined ? {} : { uid }),
  };
  return {
    apiVersion: applied.apiVersion,
    kind: applied.kind,
    metadata,
    ...(status === undefined ? {} : { status }),
  };
}

function keepVisible(fields: FieldSet, { subresource, statusSubresource }: ApplyRequest): FieldSet {
  if (subresource === 'status') return filterTop(fields, (step) => step === 'f:status');
  return statusSubresource === false ? fields : filterTop(fields, (step) => step !== 'f:status');
}

/**
 * Takes out what the manager applied last time (`last`) and now nobody owns (`owned` is what everybody does,
 * the new configuration included).
 *
 *   1. remove all that was applied last time, with the fields that only held it
 *   2. put back what anybody owns
 *   3. put back what was never applied by this manager, such as defaults, unless its container is gone
 */
function prune(merged: unknown, last: FieldSet, owned: FieldSet, schema: JsonSchema): unknown {
  if (isEmpty(last)) return merged;
  const named = (set: FieldSet): FieldSet => withNamedFields(set, schema);
  const present = named(fieldsOf(merged, schema));
  const remaining = (value: unknown): FieldSet => named(fieldsOf(value, schema));

  const bare = removePaths(merged, named(last), schema);
  const claimed = removePaths(merged, difference(present, union(remaining(bare), named(owned))), schema);
  return removePaths(merged, intersection(difference(present, remaining(claimed)), named(last)), schema);
}

function settle(live: KubeObject | undefined, object: KubeObject, managers: readonly Manager[]): KubeObject {
  if (live !== undefined) {
    const unchanged = sameJson(withoutManagedFields(live), object);
    if (unchanged && sameOwnership(managers, readManagers(live.metadata.managedFields))) return live;
  }
  return withManagedFields(object, writeManagers(managers));
}

function untyped(applied: KubeObject, problems: readonly string[]): string {
  const { apiVersion, kind } = applied;
  const metadata: Readonly<Record<string, unknown>> = isObject(applied.metadata) ? applied.metadata : {};
  const text = (value: unknown): string => (typeof value === 'string' ? value : '');
  const version = apiVersion.includes('/') ? apiVersion : `/${apiVersion}`;
  const list =
    problems.length === 1
      ? problems[0]
      : ['errors:', ...problems.map((problem) => `  ${problem}`)].join('\n');
  return `failed to create typed patch object (${text(metadata['namespace'])}/${text(metadata['name'])}; ${version}, Kind=${kind}): ${list}`;
}

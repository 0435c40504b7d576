import { isObject } from '../json.ts';
import type { Check, Walk } from './check.ts';
import { checkRules } from './check-rules.ts';
import { checkStructure } from './check-structure.ts';
import { withDefaults } from './defaults.ts';
import { blocksRules, type FieldError, RULES_NOT_CHECKED } from './field-error.ts';
import { withFloatLimits } from './float-limits.ts';
import type { JsonSchema } from './json-schema.ts';
import { compileListTypes } from './list-types.ts';
import { type Pruned, prune } from './prune.ts';
import { compileRules } from './rules.ts';
import { compileStructural } from './structural.ts';

export type { JsonSchema } from './json-schema.ts';

/** What one version's schema says about its objects, as kube-apiserver applies it. All functions are pure. */
export interface CompiledSchema {
  readonly root: JsonSchema;
  /** The object with defaults filled in and nulls settled; parts that do not change are shared with the input. */
  applyDefaults(object: unknown): unknown;
  /** The object without unknown fields, and their paths (`spec.foo`). Type and metadata at the root always stay. */
  prune(object: unknown): Pruned;
  /**
   * The violations of a whole object; `old` is the stored object on an update: transition rules compare with it,
   * and what it already violated unchanged is forgiven.
   */
  validate(object: unknown, old?: unknown): readonly FieldError[];
  /**
   * The same for a write through the status subresource, where only `status` is held against its schema, and the
   * messages (not the fields) name paths below it. Duplicates and CEL rules are checked over the whole object.
   */
  validateStatus(object: unknown, old?: unknown): readonly FieldError[];
}

/** Compiles a schema once for many objects. A schema that `checkSchema` refuses compiles as far as it makes sense. */
export function compileSchema(schema: JsonSchema): CompiledSchema {
  const root = withFloatLimits(schema);
  const structural = compileStructural(root);
  const status = root.properties?.['status'];
  const statusStructural = status === undefined ? undefined : compileStructural(status);
  const listTypes = compileListTypes(root);
  const rules = compileRules(root);

  const complete = (errors: FieldError[], object: unknown, old: unknown): readonly FieldError[] => {
    errors.push(...newDuplicates(listTypes, object, old));
    if (rules === undefined) return errors;
    return blocksRules(errors) ? [...errors, RULES_NOT_CHECKED] : [...errors, ...run(rules, object, old)];
  };

  return {
    root,
    applyDefaults: (object) => withDefaults(object, root),
    prune: (object) => prune(object, root),
    validate: (object, old) => complete(runRatcheting(structural, object, old), object, old),
    validateStatus: (object, old) => {
      const value = isObject(object) ? object['status'] : undefined;
      const before = isObject(old) ? old['status'] : undefined;
      const errors =
        value === undefined || statusStructural === undefined
          ? []
          : runRatcheting(statusStructural, value, before);
      return complete(errors.map(belowStatus), object, old);
    },
  };
}

/** What kube-apiserver refuses in a definition's schema. Fields begin with `path`. */
export function checkSchema(
  schema: JsonSchema,
  path = 'spec.validation.openAPIV3Schema',
): readonly FieldError[] {
  const root = withFloatLimits(schema);
  const structure = checkStructure(root, path);
  // Rules are compiled against a structural schema only: types are what makes them checkable.
  return structure.length > 0 ? structure : checkRules(root, path);
}

function run(check: Check, value: unknown, old: unknown): FieldError[] {
  const walk: Walk = { path: [], errors: [] };
  check(value, old, walk);
  return walk.errors;
}

// Most objects are valid: only when one is not, the walk is repeated to forgive what stood there before.
function runRatcheting(check: Check, value: unknown, old: unknown): FieldError[] {
  const errors = run(check, value, undefined);
  return errors.length === 0 || old === undefined ? errors : run(check, value, old);
}

// A set that held duplicates before may keep them.
function newDuplicates(check: Check | undefined, object: unknown, old: unknown): readonly FieldError[] {
  if (check === undefined) return [];
  const errors = run(check, object, undefined);
  return errors.length > 0 && old !== undefined && run(check, old, undefined).length > 0 ? [] : errors;
}

function belowStatus(error: FieldError): FieldError {
  if (error.field.startsWith('<')) return { ...error, field: 'status' };
  return { ...error, field: error.field.startsWith('[') ? `status${error.field}` : `status.${error.field}` };
}

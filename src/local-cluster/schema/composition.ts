import { type Check, errorsOf, type Walk } from './check.ts';
import { type FieldError, invalid, NO_FIELD } from './field-error.ts';
import type { JsonSchema } from './json-schema.ts';
import { dotted } from './path.ts';

type Compile = (schema: JsonSchema) => Check;

/** The tests of allOf, anyOf, oneOf and not. Their own errors carry no field, those of the parts do. */
export function checkComposition(schema: JsonSchema, compile: Compile): Check[] {
  const checks: Check[] = [];
  if (schema.allOf !== undefined) checks.push(checkAll(schema.allOf.map(compile)));
  if (schema.anyOf !== undefined) checks.push(checkAny(schema.anyOf.map(compile)));
  if (schema.oneOf !== undefined) checks.push(checkOne(schema.oneOf.map(compile)));
  if (schema.not !== undefined) checks.push(checkNot(compile(schema.not)));
  return checks;
}

function checkAll(parts: readonly Check[]): Check {
  return (value, _old, walk) => {
    const failures = failuresOf(parts, value, walk);
    if (failures.every((errors) => errors.length === 0)) return;
    const none = failures.every((errors) => errors.length > 0);
    report(walk, `must validate all the schemas (allOf)${none ? '. None validated' : ''}`);
    walk.errors.push(...failures.flat());
  };
}

function checkAny(parts: readonly Check[]): Check {
  return (value, _old, walk) => {
    const failures = failuresOf(parts, value, walk);
    if (failures.some((errors) => errors.length === 0)) return;
    report(walk, 'must validate at least one schema (anyOf)');
    walk.errors.push(...fewest(failures));
  };
}

function checkOne(parts: readonly Check[]): Check {
  return (value, _old, walk) => {
    const failures = failuresOf(parts, value, walk);
    const valid = failures.filter((errors) => errors.length === 0).length;
    if (valid === 1) return;
    const found = valid === 0 ? 'Found none valid' : `Found ${valid} valid alternatives`;
    report(walk, `must validate one and only one schema (oneOf). ${found}`);
    if (valid === 0) walk.errors.push(...fewest(failures));
  };
}

function checkNot(part: Check): Check {
  return (value, _old, walk) => {
    if (errorsOf(part, value, walk).length === 0) report(walk, 'must not validate the schema (not)');
  };
}

function failuresOf(parts: readonly Check[], value: unknown, walk: Walk): FieldError[][] {
  return parts.map((part) => errorsOf(part, value, walk));
}

/** The alternative that came closest; the first of equals. */
function fewest(failures: readonly FieldError[][]): readonly FieldError[] {
  return (
    failures.reduce<FieldError[] | undefined>(
      (best, errors) => (best === undefined || errors.length < best.length ? errors : best),
      undefined,
    ) ?? []
  );
}

function report(walk: Walk, text: string): void {
  walk.errors.push(invalid(NO_FIELD, '', `"${dotted(walk.path)}" ${text}`));
}

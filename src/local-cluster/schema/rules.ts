import { isObject, sameJson } from '../json.ts';
import { compileProgram, type Program } from './cel-program.ts';
import { toCel } from './cel-values.ts';
import type { Check, Walk } from './check.ts';
import { correlator, oldField } from './correlate.ts';
import { duplicate, type FieldError, forbidden, invalid, required } from './field-error.ts';
import type { JsonSchema, ValidationRule } from './json-schema.ts';
import { entrySchema, propertySchema } from './lookup.ts';
import { child, dotted, type Segment } from './path.ts';

/** Compiles the CEL rules of a schema and everything below it; none when there are no rules. */
export function compileRules(schema: JsonSchema): Check | undefined {
  const checks = [checkOwnRules(schema), checkFieldRules(schema), checkItemRules(schema)];
  const found = checks.filter((check) => check !== undefined);
  if (found.length === 0) return undefined;
  return (value, old, walk) => {
    for (const check of found) check(value, old, walk);
  };
}

interface CompiledRule {
  readonly source: ValidationRule;
  readonly program: Program;
  readonly message: Program | undefined;
}

function checkOwnRules(schema: JsonSchema): Check | undefined {
  const rules = (schema['x-kubernetes-validations'] ?? []).map(compileRule);
  if (rules.length === 0) return undefined;
  const convert = toCel(schema) ?? ((value: unknown) => value);
  return (value, old, walk) => {
    const self = convert(value);
    const oldSelf = old === undefined ? undefined : convert(old);
    for (const rule of rules) {
      const error = evaluate(rule, self, oldSelf, value, walk);
      // What no one changed is forgiven, but a transition rule speaks of the change itself.
      if (error === undefined || (!rule.program.usesOldSelf && old !== undefined && sameJson(value, old)))
        continue;
      walk.errors.push(error);
    }
  };
}

function compileRule(source: ValidationRule): CompiledRule {
  const optional = source.optionalOldSelf === true;
  const { messageExpression } = source;
  return {
    source,
    program: compileProgram(source.rule, optional),
    message:
      messageExpression === undefined || messageExpression === ''
        ? undefined
        : compileProgram(messageExpression, optional),
  };
}

function evaluate(
  rule: CompiledRule,
  self: unknown,
  oldSelf: unknown,
  value: unknown,
  walk: Walk,
): FieldError | undefined {
  if (rule.program.usesOldSelf && oldSelf === undefined && rule.source.optionalOldSelf !== true)
    return undefined;
  const outcome = rule.program.run(self, oldSelf);
  if (outcome.ok && outcome.value === true) return undefined;
  const path = dotted(walk.path);
  if (!outcome.ok)
    return violation(path, value, `${outcome.message} evaluating rule: ${fixedMessage(rule.source)}`);
  const { reason, fieldPath = '' } = rule.source;
  return violation(below(path, fieldPath), value, messageOf(rule, self, oldSelf), reason);
}

function fixedMessage(rule: ValidationRule): string {
  return rule.message?.trim() ?? rule.rule.trim();
}

function messageOf(rule: CompiledRule, self: unknown, oldSelf: unknown): string {
  const computed = rule.message?.run(self, oldSelf);
  if (computed?.ok === true && typeof computed.value === 'string' && isMessage(computed.value))
    return computed.value.trim();
  const { message = '' } = rule.source;
  return message.trim() === '' ? `failed rule: ${rule.source.rule.trim()}` : message.trim();
}

// A computed message that is empty or has line breaks gives way to the fixed one.
function isMessage(text: string): boolean {
  return text.trim() !== '' && !/[\r\n]/.test(text);
}

function below(path: string, fieldPath: string): string {
  const name = fieldPath.replace(/\['([^']+)'\]/g, '.$1').replace(/^\./, '');
  return name === '' ? path : child(path, name);
}

function violation(
  path: string,
  value: unknown,
  detail: string,
  reason?: ValidationRule['reason'],
): FieldError {
  switch (reason) {
    case 'FieldValueForbidden':
      return forbidden(path, detail);
    case 'FieldValueRequired':
      return required(path, detail);
    case 'FieldValueDuplicate':
      return duplicate(path, value);
    case 'FieldValueInvalid':
    case undefined:
      // Whole objects and lists are left out of the message.
      return isObject(value) || Array.isArray(value)
        ? { reason: 'FieldValueInvalid', field: path, message: `Invalid value: ${detail}` }
        : invalid(path, value, detail);
    default:
      return reason satisfies never;
  }
}

function checkFieldRules(schema: JsonSchema): Check | undefined {
  const below = new Map(
    Object.entries(schema.properties ?? {}).flatMap(([name, node]): [string, Check][] => {
      const check = compileRules(node);
      return check === undefined ? [] : [[name, check]];
    }),
  );
  const entry = entrySchema(schema);
  const additional = entry === undefined ? undefined : compileRules(entry);
  if (below.size === 0 && additional === undefined) return undefined;
  return (value, old, walk) => {
    if (!isObject(value)) return;
    for (const [name, field] of Object.entries(value)) {
      const declared = propertySchema(schema, name) !== undefined;
      const check = declared ? below.get(name) : additional;
      if (check === undefined || field === undefined || field === null) continue;
      descend(check, field, oldField(old, name), declared ? name : { key: name }, walk);
    }
  };
}

function checkItemRules(schema: JsonSchema): Check | undefined {
  const below = schema.items === undefined ? undefined : compileRules(schema.items);
  if (below === undefined) return undefined;
  return (value, old, walk) => {
    if (!Array.isArray(value)) return;
    const predecessor = correlator(schema, old);
    for (const [index, item] of value.entries()) descend(below, item, predecessor(item), index, walk);
  };
}

function descend(check: Check, value: unknown, old: unknown, segment: Segment, walk: Walk): void {
  walk.path.push(segment);
  check(value, old, walk);
  walk.path.pop();
}

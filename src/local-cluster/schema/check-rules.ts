import { type Checked, expressionChecker } from './cel-check.ts';
import { worstCost } from './cel-cost.ts';
import { mentions } from './cel-program.ts';
import { maxSize } from './cel-sizes.ts';
import { type FieldError, forbidden, invalid, notSupported, required } from './field-error.ts';
import { escapeHtml } from './go-json.ts';
import type { JsonSchema, ValidationRule } from './json-schema.ts';
import { entrySchema } from './lookup.ts';
import { type SchemaNode, schemaNodes } from './schema-nodes.ts';

/** k8s.io/apiextensions-apiserver: what one rule, and all rules of a schema, may cost at worst. */
const RULE_BUDGET = 10_000_000;
const SCHEMA_BUDGET = 100_000_000;
/** As many rules are named as contributors when the whole is too dear. */
const NAMED_CONTRIBUTORS = 4;

interface Priced {
  readonly path: string;
  readonly cost: number;
}

/** What is wrong with the CEL rules of a structural schema, their cost included. */
export function checkRules(root: JsonSchema, path: string): readonly FieldError[] {
  const prices: Priced[] = [];
  const errors = schemaNodes(root, path).flatMap((node) =>
    (node.schema['x-kubernetes-validations'] ?? []).flatMap((rule, index) =>
      checkRule(rule, node, `${node.path}.x-kubernetes-validations[${index}]`, prices),
    ),
  );
  return [...errors, ...checkBudgets(prices, path)];
}

const REASONS = ['FieldValueForbidden', 'FieldValueInvalid', 'FieldValueRequired', 'FieldValueDuplicate'];

function checkRule(
  rule: ValidationRule,
  node: SchemaNode,
  path: string,
  prices: Priced[],
): readonly FieldError[] {
  const errors = [...checkMessage(rule, path)];
  if (rule.reason !== undefined && !REASONS.includes(rule.reason)) {
    errors.push(notSupported(`${path}.reason`, rule.reason, REASONS));
  }
  if (rule.fieldPath !== undefined && !leadsToField(node.schema, rule.fieldPath)) {
    const detail = 'fieldPath must be a valid path: does not refer to a valid field';
    errors.push(invalid(`${path}.fieldPath`, rule.fieldPath, detail));
  }
  if (rule.rule.trim() === '') return [...errors, required(`${path}.rule`, 'rule is not specified')];
  return [...errors, ...checkExpressions(rule, node, path, prices)];
}

function checkMessage({ message, rule }: ValidationRule, path: string): readonly FieldError[] {
  if (message === undefined || message === '') {
    const needed = /[\r\n]/.test(rule.trim());
    return needed
      ? [required(`${path}.message`, 'message must be specified if rule contains line breaks')]
      : [];
  }
  if (message.trim() === '')
    return [invalid(`${path}.message`, message, 'message must be non-empty if specified')];
  return /[\r\n]/.test(message) ? [invalid(`${path}.message`, message, 'must not contain line breaks')] : [];
}

function checkExpressions(
  rule: ValidationRule,
  node: SchemaNode,
  path: string,
  prices: Priced[],
): readonly FieldError[] {
  const check = expressionChecker(node.schema, node.place === 'root', rule.optionalOldSelf === true);
  const checked = check(rule.rule);
  const problem = problemWith(checked, 'bool');
  if (problem !== undefined) return [invalidRule(`${path}.rule`, rule, problem)];
  const errors = [...checkMessageExpression(rule, path, check)];
  if (!checked.ok) return errors;

  const anchor = uncorrelatable(node);
  if (anchor !== undefined && mentions(checked.ast, 'oldSelf')) {
    const detail = `oldSelf cannot be used on the uncorrelatable portion of the schema within ${anchor}`;
    errors.push(invalid(`${path}.rule`, rule.rule, detail));
  }
  prices.push({ path: `${path}.rule`, cost: worstCost(checked.ast, node.schema) * occurrences(node) });
  return errors;
}

function checkMessageExpression(
  rule: ValidationRule,
  path: string,
  check: (source: string) => Checked,
): readonly FieldError[] {
  const { messageExpression } = rule;
  if (messageExpression === undefined || messageExpression === '') return [];
  const problem = problemWith(check(messageExpression), 'string');
  return problem === undefined
    ? []
    : [invalidRule(`${path}.messageExpression`, rule, `messageExpression ${problem}`)];
}

function problemWith(checked: Checked, type: 'bool' | 'string'): string | undefined {
  if (!checked.ok) return `compilation failed: ${checked.message}`;
  if (checked.type === type || checked.type === 'dyn') return undefined;
  return type === 'bool' ? 'cel expression must evaluate to a bool' : 'must evaluate to a string';
}

/** The violation shows the whole rule, as Go marshals it. */
function invalidRule(field: string, rule: ValidationRule, detail: string): FieldError {
  const printed = JSON.stringify({
    Rule: rule.rule,
    Message: rule.message ?? '',
    MessageExpression: rule.messageExpression ?? '',
    Reason: rule.reason ?? null,
    FieldPath: rule.fieldPath ?? '',
    OptionalOldSelf: rule.optionalOldSelf ?? null,
  });
  return { reason: 'FieldValueInvalid', field, message: `Invalid value: ${escapeHtml(printed)}: ${detail}` };
}

function leadsToField(schema: JsonSchema, fieldPath: string): boolean {
  const names = fieldPath
    .replace(/\['([^']+)'\]/g, '.$1')
    .split('.')
    .slice(1);
  let node: JsonSchema | undefined = schema;
  for (const name of names) node = node?.properties?.[name] ?? entrySchema(node);
  return names.length > 0 && node !== undefined;
}

/** The list above a node whose items cannot be matched with those of an older object. */
function uncorrelatable(node: SchemaNode): string | undefined {
  for (let at: SchemaNode | undefined = node; at !== undefined; at = at.parent) {
    if (at.place === 'item' && at.parent?.schema['x-kubernetes-list-type'] !== 'map') return at.parent?.path;
  }
  return undefined;
}

/** How often a node can occur in one object. */
function occurrences(node: SchemaNode): number {
  const above = node.parent === undefined ? 1 : occurrences(node.parent);
  return node.parent !== undefined && node.place !== 'field' ? above * maxSize(node.parent.schema) : above;
}

function checkBudgets(prices: readonly Priced[], path: string): readonly FieldError[] {
  const tooDear = prices
    .filter(({ cost }) => cost > RULE_BUDGET)
    .map((price) => forbidden(price.path, overBudget('estimated rule cost', price.cost, RULE_BUDGET)));
  const sum = prices.reduce((all, { cost }) => all + cost, 0);
  if (sum <= SCHEMA_BUDGET) return tooDear;
  const dearest = prices.toSorted((a, b) => b.cost - a.cost).slice(0, NAMED_CONTRIBUTORS);
  const contributed =
    'contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema';
  const whole = 'x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema';
  return [
    ...tooDear,
    ...dearest.map((price) => forbidden(price.path, contributed)),
    forbidden(path, overBudget(whole, sum, SCHEMA_BUDGET)),
  ];
}

function overBudget(name: string, cost: number, budget: number): string {
  const factor = cost / budget;
  const times = factor > 100 ? 'more than 100x' : `${factor.toFixed(factor < 1.5 ? 6 : 1)}x`;
  return `${name} exceeds budget by factor of ${times} (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)`;
}

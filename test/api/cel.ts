import { Environment } from '@marcbachmann/cel-js';
import type { JsonSchema, ValidationRule } from '../../src/api/definition.ts';
import { nodesOf } from './schema-nodes.ts';

/** Functions and macros that a real API server knows and our rules may call. */
export const KNOWN_FUNCTIONS = new Set([
  'has',
  'size',
  'duration',
  'startsWith',
  'matches',
  'all',
  'exists',
  'exists_one',
]);

const MACROS_OVER_LISTS = new Set(['all', 'exists', 'exists_one']);

const environment = new Environment().registerVariable('self', 'dyn').registerVariable('oldSelf', 'dyn');

interface Syntax {
  readonly op: string;
  readonly args: unknown;
}

function isSyntax(value: unknown): value is Syntax {
  return typeof value === 'object' && value !== null && 'op' in value;
}

function syntaxBelow(value: unknown): readonly Syntax[] {
  if (Array.isArray(value)) return value.flatMap(syntaxBelow);
  return isSyntax(value) ? [value, ...syntaxBelow(value.args)] : [];
}

/** Every node of the rule's syntax tree. Throws when the rule is no CEL. */
function syntaxOf(rule: string): readonly Syntax[] {
  return syntaxBelow(environment.parse(rule).ast);
}

/** The functions and macros a rule calls. */
export function functionsOf(rule: string): readonly string[] {
  return syntaxOf(rule)
    .filter(({ op }) => op === 'call' || op === 'rcall')
    .map(({ args }) => (args as readonly string[])[0] as string);
}

/**
 * How many steps a rule may take at worst: its size, times the longest list or map at its node when it loops,
 * times how often the node can occur.
 */
export function worstSteps(rule: string, schema: JsonSchema, repeats: number): number {
  const loops = functionsOf(rule).filter((name) => MACROS_OVER_LISTS.has(name)).length;
  const longest = Math.max(
    1,
    ...nodesOf(schema).map(({ schema: { maxItems = 0, maxProperties = 0 } }) => maxItems + maxProperties),
  );
  return syntaxOf(rule).length * longest ** loops * repeats;
}

export interface BrokenRule {
  readonly path: string;
  readonly message: string;
}

/**
 * The rules of the schema that the object breaks, as an API server finds them: rules that speak of `oldSelf` run
 * only on a change of what was there before, and never inside a list (all our lists with rules are atomic).
 */
export function brokenRules(
  schema: JsonSchema,
  object: unknown,
  old?: unknown,
  path = '',
): readonly BrokenRule[] {
  if (object === undefined) return [];
  const here = (schema['x-kubernetes-validations'] ?? [])
    .filter((rule) => !holds(rule, object, old))
    .map(({ message, fieldPath = '' }) => ({ path: (path + fieldPath).replace(/^[.]/, ''), message }));
  if (Array.isArray(object)) {
    const { items = {} } = schema;
    return [
      ...here,
      ...object.flatMap((item, index) => brokenRules(items, item, undefined, `${path}[${index}]`)),
    ];
  }
  const below = Object.entries(schema.properties ?? {}).flatMap(([name, child]) =>
    brokenRules(child, fieldOf(object, name), fieldOf(old, name), path === '' ? name : `${path}.${name}`),
  );
  return [...here, ...below];
}

function holds({ rule }: ValidationRule, self: unknown, oldSelf: unknown): boolean {
  const isTransition = /\boldSelf\b/.test(rule);
  if (isTransition && oldSelf === undefined) return true;
  return environment.evaluate(rule, { self: toCel(self), oldSelf: toCel(oldSelf) }) === true;
}

function fieldOf(object: unknown, name: string): unknown {
  return (object as Readonly<Record<string, unknown>> | undefined)?.[name];
}

/** CEL's integers are BigInt here; the schemas have no numbers with a fraction. */
function toCel(value: unknown): unknown {
  if (typeof value === 'number') return BigInt(value);
  if (Array.isArray(value)) return value.map(toCel);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, child]) => [name, toCel(child)]));
}

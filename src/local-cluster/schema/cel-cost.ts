import type { ASTNode } from '@marcbachmann/cel-js';
import { celName } from './cel-names.ts';
import { childrenOf } from './cel-program.ts';
import { maxSize } from './cel-sizes.ts';
import type { JsonSchema } from './json-schema.ts';
import { entrySchema } from './lookup.ts';

/** The worst an expression can cost in steps, and what is known of its value. */
interface Estimate {
  readonly cost: number;
  readonly size: number;
  readonly schema: JsonSchema | undefined;
}

type Scope = ReadonlyMap<string, JsonSchema>;

/** Reading a text costs a tenth of a step for each character, matching it against a pattern a quarter (cel-go, interpreter). */
const TEXT_FACTOR = 0.1;
const PATTERN_FACTOR = 0.25;
const LIST_COST = 10;
const MAP_COST = 30;
/** What one turn of a macro costs beside its body: the loop condition and the step. */
const TURN_COST = 2;

/**
 * The worst cost of one evaluation, after cel-go's model: names and calls are a step, text is read by its greatest
 * length, macros run once for each item the schema allows. It is at most a little below the real estimate.
 */
export function worstCost(expression: ASTNode, self: JsonSchema): number {
  return estimate(
    expression,
    new Map([
      ['self', self],
      ['oldSelf', self],
    ]),
  ).cost;
}

function estimate(node: ASTNode, scope: Scope): Estimate {
  switch (node.op) {
    case 'value':
      return { cost: 0, size: typeof node.args === 'string' ? node.args.length : 1, schema: undefined };
    case 'id':
      return known(1, scope.get(node.args));
    case '.':
    case '.?':
      return selected(estimate(node.args[0], scope), node.args[1]);
    case '[]':
    case '[?]':
      return indexed(estimate(node.args[0], scope), estimate(node.args[1], scope));
    case '?:':
      return conditional(node.args.map((part) => estimate(part, scope)));
    case 'call':
      return called(node.args[0], undefined, node.args[1], scope);
    case 'rcall':
      return called(node.args[0], node.args[1], node.args[2], scope);
    case 'list':
      return { ...sum(node, scope, LIST_COST), size: node.args.length };
    case 'map':
      return { ...sum(node, scope, MAP_COST), size: node.args.length };
    case '||':
    case '&&':
      return sum(node, scope, 0);
    case '!_':
    case '-_':
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
    case '+':
    case '-':
    case '*':
    case '/':
    case '%':
    case 'in':
      return compared(node, scope);
    default:
      return node satisfies never;
  }
}

function known(cost: number, schema: JsonSchema | undefined): Estimate {
  return { cost, size: schema === undefined ? 1 : maxSize(schema), schema };
}

function selected(from: Estimate, field: string): Estimate {
  const properties = Object.entries(from.schema?.properties ?? {});
  const found = properties.find(([name]) => celName(name) === field)?.[1] ?? entrySchema(from.schema);
  return known(from.cost + 1, found);
}

function indexed(from: Estimate, index: Estimate): Estimate {
  return known(from.cost + index.cost + 1, from.schema?.items ?? entrySchema(from.schema));
}

function conditional(parts: readonly Estimate[]): Estimate {
  const [condition, yes, no] = parts as [Estimate, Estimate, Estimate];
  const larger = yes.cost >= no.cost ? yes : no;
  return { ...larger, cost: condition.cost + larger.cost, size: Math.max(yes.size, no.size) };
}

function sum(node: ASTNode, scope: Scope, own: number): Estimate {
  const cost = childrenOf(node).reduce((total, part) => total + estimate(part, scope).cost, own);
  return { cost, size: 1, schema: undefined };
}

/** Operators: equality and order read the shorter text, `+` reads both, `in` looks at every element. */
function compared(node: ASTNode, scope: Scope): Estimate {
  const parts = childrenOf(node).map((part) => estimate(part, scope));
  const cost = parts.reduce((total, part) => total + part.cost, 0);
  const sizes = parts.map((part) => part.size);
  if (node.op === '+')
    return { cost: cost + read(total(sizes)), size: total(sizes), schema: parts[0]?.schema };
  if (node.op === 'in') return { cost: cost + (sizes[1] ?? 1), size: 1, schema: undefined };
  return { cost: cost + Math.max(1, read(Math.min(...sizes))), size: 1, schema: undefined };
}

function total(sizes: readonly number[]): number {
  return sizes.reduce((all, size) => all + size, 0);
}

function read(size: number): number {
  return Math.ceil(size * TEXT_FACTOR);
}

const MACROS: ReadonlySet<string> = new Set(['all', 'exists', 'exists_one', 'filter', 'map']);

function called(
  name: string,
  receiver: ASTNode | undefined,
  args: readonly ASTNode[],
  scope: Scope,
): Estimate {
  const on = receiver === undefined ? undefined : estimate(receiver, scope);
  if (on !== undefined && MACROS.has(name)) return repeated(name, on, args, scope);
  const parts = args.map((arg) => estimate(arg, scope));
  const cost = (on?.cost ?? 0) + parts.reduce((all, part) => all + part.cost, 0);
  const size = on?.size ?? 1;
  switch (name) {
    case 'matches':
      return {
        cost: cost + read(size) * Math.ceil((parts[0]?.size ?? 1) * PATTERN_FACTOR),
        size: 1,
        schema: undefined,
      };
    case 'contains':
      return { cost: cost + read(size) * read(parts[0]?.size ?? 1), size: 1, schema: undefined };
    case 'startsWith':
    case 'endsWith':
      return { cost: cost + read(parts[0]?.size ?? 1), size: 1, schema: undefined };
    default:
      // A call of anything else is a step, and gives back nothing larger than it got.
      return { cost: cost + 1, size, schema: undefined };
  }
}

function repeated(name: string, on: Estimate, args: readonly ASTNode[], scope: Scope): Estimate {
  const [variable, ...bodies] = args;
  // Over a map the variable is a key; keys have no declared length.
  const item =
    on.schema?.items ?? (entrySchema(on.schema) === undefined ? undefined : { type: 'string', maxLength: 1 });
  const inner = new Map(scope);
  if (variable?.op === 'id' && item !== undefined) inner.set(variable.args, item);
  const body = bodies.reduce((all, each) => all + estimate(each, inner).cost, TURN_COST);
  const keeps = name === 'filter' ? on.schema : undefined;
  return {
    cost: on.cost + on.size * body,
    size: name === 'filter' || name === 'map' ? on.size : 1,
    schema: keeps,
  };
}

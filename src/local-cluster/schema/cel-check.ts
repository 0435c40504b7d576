import type { ASTNode, Environment, ParseError } from '@marcbachmann/cel-js';
import { newEnvironment } from './cel-environment.ts';
import { childrenOf } from './cel-program.ts';
import { declareType } from './cel-types.ts';
import type { JsonSchema } from './json-schema.ts';

/** An expression found to fit its schema, or what the compiler has against it, laid out as cel-go does. */
export type Checked =
  | { readonly ok: true; readonly type: string; readonly ast: ASTNode }
  | { readonly ok: false; readonly message: string };

/** Compiles expressions over values of one schema node. */
export function expressionChecker(
  schema: JsonSchema,
  isRoot: boolean,
  optionalOldSelf: boolean,
): (source: string) => Checked {
  const environment: Environment = newEnvironment();
  const type = declareType(environment, schema, 'object', isRoot);
  environment
    .registerVariable('self', type)
    .registerVariable('oldSelf', optionalOldSelf ? `optional<${type}>` : type);
  return (source) => {
    try {
      const parsed = environment.parse(source);
      const result = parsed.check();
      if (!result.valid) return { ok: false, message: complaint(source, result.error) };
      const absent = environment.check(withPlainSelections(source, parsed.ast)).error;
      if (absent?.code === 'no_such_key') return { ok: false, message: complaint(source, absent) };
      return { ok: true, type: result.type ?? 'dyn', ast: parsed.ast };
    } catch (error) {
      return { ok: false, message: complaint(source, error as ParseError) };
    }
  };
}

/** The library takes `has()` of any field; read as `dyn()`, of the same length, its argument is checked like any other. */
function withPlainSelections(source: string, node: ASTNode): string {
  const inner = childrenOf(node).reduce(withPlainSelections, source);
  if (node.op !== 'call' || node.args[0] !== 'has') return inner;
  return `${inner.slice(0, node.start)}dyn${inner.slice(node.start + 'has'.length)}`;
}

// What may follow a binary operator, in the words of cel-go's grammar.
const OPERAND =
  "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}";

interface Problem {
  readonly code?: string;
  readonly summary?: string;
  readonly range?: { readonly start: number };
}

function complaint(source: string, problem: Problem | undefined): string {
  const start = Math.min(problem?.range?.start ?? 0, source.length);
  const summary = problem?.summary ?? '';
  const field = /^No such key: (.+)$/.exec(summary)?.[1];
  // cel-go points at the dot before an unknown field.
  if (field !== undefined) return layOut(source, Math.max(start - 1, 0), `undefined field '${field}'`);
  return layOut(source, start, reworded(problem?.code, summary));
}

function reworded(code: string | undefined, summary: string): string {
  const variable = /^Unknown variable: (.+)$/.exec(summary)?.[1];
  if (variable !== undefined) return `undeclared reference to '${variable}' (in container '')`;
  const binary = /^no such overload: (.+) (==|!=|<=|>=|<|>|\+|-|\*|\/|%|in) (.+)$/.exec(summary);
  if (binary !== null) {
    const operator = binary[2] === 'in' ? '@in' : `_${binary[2]}_`;
    return `found no matching overload for '${operator}' applied to '(${binary[1]}, ${binary[3]})'`;
  }
  if (summary === 'Unexpected token: EOF')
    return `Syntax error: mismatched input '<EOF>' expecting ${OPERAND}`;
  return code === 'unexpected_token' ? `Syntax error: ${summary}` : summary;
}

function layOut(source: string, position: number, text: string): string {
  const before = source.slice(0, position);
  const line = before.split('\n').length;
  const column = position - (before.lastIndexOf('\n') + 1);
  const shown = source.split('\n')[line - 1] ?? '';
  return `ERROR: <input>:${line}:${column + 1}: ${text}\n | ${shown}\n | ${'.'.repeat(column)}^`;
}

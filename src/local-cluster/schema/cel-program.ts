import { type ASTNode, Optional } from '@marcbachmann/cel-js';
import { newEnvironment } from './cel-environment.ts';

/** What an expression came to. */
type Outcome =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string };

/** An expression ready to run over a value and, where there is one, the value that stood in its place. */
export interface Program {
  readonly usesOldSelf: boolean;
  run(self: unknown, oldSelf: unknown): Outcome;
}

// Values carry their own types here; that an expression fits the schema is checked when a definition is written.
const ENVIRONMENT = newEnvironment().registerVariable('self', 'dyn').registerVariable('oldSelf', 'dyn');

/** Compiles an expression; one that does not parse gives a program that always fails with the reason. */
export function compileProgram(expression: string, optionalOldSelf: boolean): Program {
  try {
    const parsed = ENVIRONMENT.parse(expression);
    return {
      usesOldSelf: mentions(parsed.ast, 'oldSelf'),
      run: (self, oldSelf) => {
        const old = optionalOldSelf
          ? oldSelf === undefined
            ? Optional.none()
            : Optional.of(oldSelf)
          : oldSelf;
        return attempt(() => parsed({ self, oldSelf: old }) as unknown);
      },
    };
  } catch (error) {
    const outcome: Outcome = { ok: false, message: `rule compile error: ${reasonOf(error)}` };
    return { usesOldSelf: false, run: () => outcome };
  }
}

function attempt(run: () => unknown): Outcome {
  try {
    return { ok: true, value: run() };
  } catch (error) {
    return { ok: false, message: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  const summary = error instanceof Error && 'summary' in error ? String(error.summary) : String(error);
  return summary.replace(/^No such key/, 'no such key');
}

/** Whether a name occurs as a variable anywhere in an expression. */
export function mentions(node: ASTNode, name: string): boolean {
  return node.op === 'id' ? node.args === name : childrenOf(node).some((child) => mentions(child, name));
}

/** The expressions an expression is made of, left to right. */
export function childrenOf(node: ASTNode): readonly ASTNode[] {
  return [node.args].flat(3).filter(isNode);
}

function isNode(value: unknown): value is ASTNode {
  return typeof value === 'object' && value !== null && 'op' in value && 'args' in value;
}

import { isObject, sameJson } from '../json.ts';

type Step =
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'all' }
  | {
      readonly kind: 'filter';
      readonly path: readonly Step[];
      readonly operator: string;
      readonly value: unknown;
    };

/** Reads values out of an object. */
export type JsonPath = (object: unknown) => readonly unknown[];

/**
 * Compiles the JSONPath of printer columns and selectable fields: fields (`.a`, `['a.b']`, `\.` for a dot), indices,
 * `[*]`, and filters such as `[?(@.type=="Ready")]`. Returns undefined for anything else.
 */
export function compileJsonPath(text: string): JsonPath | undefined {
  const steps = parseSteps(text);
  if (steps === undefined) return undefined;
  return (object) =>
    steps.reduce<readonly unknown[]>(
      (values, step) => values.flatMap((value) => take(value, step)),
      [object],
    );
}

const STEP =
  /^(?:\.?\[(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(-?\d+)|(\*)|\?\(@((?:\.[\w-]+)+)\s*(==|!=)\s*("[^"]*"|'[^']*'|[\w.+-]+)\s*\))\]|\.((?:[^.[\]\\]|\\.)+))/;

function parseSteps(text: string): Step[] | undefined {
  const steps: Step[] = [];
  for (let rest = text; rest !== ''; ) {
    const match = STEP.exec(rest);
    if (match === null) return undefined;
    steps.push(stepOf(match));
    rest = rest.slice(match[0].length);
  }
  return steps;
}

function stepOf(match: RegExpExecArray): Step {
  const [, single, double, index, all, path, operator, value, name] = match;
  if (index !== undefined) return { kind: 'index', index: Number(index) };
  if (all !== undefined) return { kind: 'all' };
  if (path !== undefined && operator !== undefined && value !== undefined) {
    return { kind: 'filter', path: parseSteps(path) ?? [], operator, value: literal(value) };
  }
  return { kind: 'field', name: (single ?? double ?? name ?? '').replace(/\\(.)/g, '$1') };
}

function literal(text: string): unknown {
  if (/^["']/.test(text)) return text.slice(1, -1);
  if (text === 'true' || text === 'false') return text === 'true';
  return Number.isNaN(Number(text)) ? text : Number(text);
}

function take(value: unknown, step: Step): readonly unknown[] {
  switch (step.kind) {
    case 'field':
      return isObject(value) && value[step.name] !== undefined ? [value[step.name]] : [];
    case 'index':
      return Array.isArray(value) && value.at(step.index) !== undefined ? [value.at(step.index)] : [];
    case 'all':
      if (Array.isArray(value)) return value;
      return isObject(value) ? Object.values(value) : [];
    case 'filter':
      return Array.isArray(value) ? value.filter((item) => passes(item, step)) : [];
    default:
      return step satisfies never;
  }
}

function passes(item: unknown, step: Extract<Step, { kind: 'filter' }>): boolean {
  const [found] = step.path.reduce<readonly unknown[]>(
    (values, next) => values.flatMap((value) => take(value, next)),
    [item],
  );
  const equal = found !== undefined && sameJson(found, step.value);
  return step.operator === '==' ? equal : !equal;
}

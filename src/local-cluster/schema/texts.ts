import type { Check } from './check.ts';
import { invalid, tooLong, typeInvalid } from './field-error.ts';
import { stringFormat } from './formats.ts';
import type { JsonSchema } from './json-schema.ts';
import { dotted } from './path.ts';
import { compilePattern } from './patterns.ts';

/** The tests of strings. Of length and pattern only the first that fails is told. A pattern that does not compile is not tested. */
export function checkText(schema: JsonSchema): Check | undefined {
  const shape = [checkMaxLength(schema), checkMinLength(schema), checkPattern(schema)].filter(
    (check) => check !== undefined,
  );
  const format = checkFormat(schema);
  if (shape.length === 0 && format === undefined) return undefined;
  return (value, old, walk) => {
    if (typeof value !== 'string') return;
    const before = walk.errors.length;
    for (const check of shape) if (walk.errors.length === before) check(value, old, walk);
    format?.(value, old, walk);
  };
}

function checkMaxLength(schema: JsonSchema): Check | undefined {
  const { maxLength } = schema;
  if (maxLength === undefined) return undefined;
  return (value, _old, walk) => {
    const text = value as string;
    if (text.length > maxLength && codePoints(text) > maxLength)
      walk.errors.push(tooLong(dotted(walk.path), maxLength));
  };
}

function checkMinLength(schema: JsonSchema): Check | undefined {
  const { minLength } = schema;
  if (minLength === undefined) return undefined;
  return (value, _old, walk) => {
    const text = value as string;
    if (codePoints(text) >= minLength) return;
    const path = dotted(walk.path);
    walk.errors.push(invalid(path, text, `${path} in body should be at least ${minLength} chars long`));
  };
}

function checkPattern(schema: JsonSchema): Check | undefined {
  const { pattern } = schema;
  const compiled = pattern === undefined ? undefined : compilePattern(pattern);
  if (!(compiled instanceof RegExp)) return undefined;
  return (value, _old, walk) => {
    const text = value as string;
    if (compiled.test(text)) return;
    const path = dotted(walk.path);
    walk.errors.push(invalid(path, text, `${path} in body should match '${pattern}'`));
  };
}

function checkFormat(schema: JsonSchema): Check | undefined {
  const { format } = schema;
  const accepts = format === undefined ? undefined : stringFormat(format);
  if (accepts === undefined) return undefined;
  return (value, _old, walk) => {
    const text = value as string;
    if (accepts(text)) return;
    const path = dotted(walk.path);
    walk.errors.push(
      typeInvalid(path, text, `${path} in body must be of type ${format}: ${JSON.stringify(text)}`),
    );
  };
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

import { compile, type JSONSchema } from 'json-schema-to-typescript';

/** Longest line of a comment in the generated files, in characters. */
const MAX_LINE_CHARACTERS = 110;

/** A JSON schema as it stands in a definition; only what the generator itself looks at. */
export interface SchemaNode {
  readonly description?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly [keyword: string]: unknown;
}

/**
 * TypeScript interfaces for a schema, every property and every list read-only. Sub-schemas with a `title` become
 * interfaces of that name, the others stay inline. Rejects when the schema cannot be read.
 */
export async function typescriptFromSchema(schema: SchemaNode, name: string): Promise<string> {
  const source = await compile(schema as JSONSchema, name, {
    additionalProperties: false,
    bannerComment: '',
    // Tuples of every length up to maxItems would help nobody.
    ignoreMinAndMaxItems: true,
    style: { singleQuote: true, printWidth: MAX_LINE_CHARACTERS },
  });
  return wrapComments(makeReadonly(source.split('\n'))).join('\n');
}

/** The compiler knows no read-only types. It prints one property a line, so lines are enough to add them. */
function makeReadonly(lines: readonly string[]): readonly string[] {
  const result = lines.map((line) => (isProperty(line) ? readonlyProperty(line) : line));
  const openings: number[] = [];
  result.forEach((line, index) => {
    if (isComment(line)) return;
    const isClosing = /^\s*\}/.test(line);
    const opening = isClosing ? openings.pop() : undefined;
    if (opening !== undefined && line.includes('}[]')) {
      result[opening] = (result[opening] as string).replace(/\{$/, 'readonly {');
    }
    if (line.endsWith('{')) openings.push(index);
  });
  return result;
}

function isComment(line: string): boolean {
  return /^\s*(\/\*\*|\*)/.test(line);
}

function isProperty(line: string): boolean {
  return !isComment(line) && /^\s+(\w+|\[k: string\])\??: /.test(line);
}

function readonlyProperty(line: string): string {
  return line.replace(/^\s+/, '$&readonly ').replace(/: (\w+)\[\];$/, ': readonly $1[];');
}

/** Comments broken at word ends, those of one line written on one line. */
function wrapComments(lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => {
    const prefix = /^\s*\* /.exec(line)?.[0];
    if (prefix === undefined || line.length <= MAX_LINE_CHARACTERS) return [line];
    return wrapWords(line.slice(prefix.length).split(' '), MAX_LINE_CHARACTERS - prefix.length).map(
      (text) => prefix + text,
    );
  });
}

function wrapWords(words: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of words) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (longer.length > width && line !== '') {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

import { Ajv, type AnySchema, type ValidateFunction } from 'ajv';

/** Reads a body, or answers undefined when it is not what the documents promise. Never throws. */
export type Decoder<T> = (body: string) => T | undefined;

/** The schemas are literals of ours: strict mode finds their slips, and the schema of schemas is left in peace. */
const ajv = new Ajv({ strict: true, allowUnionTypes: true, validateSchema: false });

/** An object with known fields, some of them required; unknown fields are allowed. As a JSON Schema. */
export function shape<Fields extends Readonly<Record<string, object>>>(
  properties: Fields,
  required: readonly (keyof Fields & string)[] = [],
) {
  return { type: 'object', properties, required } as const;
}

/** A list of such items. As a JSON Schema. */
export function listOf<Item extends object>(items: Item) {
  return { type: 'array', items } as const;
}

/** Compiled with the first value: a process of one vendor does not start with the schemas of all. */
export function matcher(schema: AnySchema): (value: unknown) => boolean {
  let compiled: ValidateFunction | undefined;
  return (value) => {
    compiled ??= ajv.compile(schema);
    return compiled(value);
  };
}

/**
 * Reads JSON of this shape. An empty list may be left out of a reply, so `{}` is an honest empty page. An object
 * of nothing but unknown fields is not: it is somebody else's reply, such as a portal's or a proxy's, and must not
 * look like an empty world.
 */
export function decoder<T>(schema: { readonly properties: object } & AnySchema): Decoder<T> {
  const matches = matcher(schema);
  const known = new Set(Object.keys(schema.properties));
  return (body) => {
    const value = parse(body);
    if (!matches(value)) return undefined;
    const fields = Object.keys(value as object);
    return fields.length === 0 || fields.some((field) => known.has(field)) ? (value as T) : undefined;
  };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

import {
  concat,
  doubleField,
  flagField,
  integerField,
  messageField,
  textField,
  textsField,
} from '../wire/protobuf-writer.ts';
import {
  SWAGGER_VERBS,
  type SwaggerDocument,
  type SwaggerOperation,
  type SwaggerParameter,
  type SwaggerPath,
} from './swagger.ts';
import type { SwaggerSchema } from './swagger-schemas.ts';

// The form in which kubectl asks for OpenAPI v2. Field numbers are those of gnostic, openapiv2/OpenAPIv2.proto.

/** An OpenAPI v2 document as gnostic's `openapi.v2.Document`. */
export function encodeSwagger({ swagger, info, paths, definitions }: SwaggerDocument): Uint8Array {
  return concat(
    textField(1, swagger),
    messageField(2, concat(textField(1, info.title), textField(2, info.version))),
    messageField(8, concat(...named(2, paths, pathItem))),
    messageField(9, concat(...named(1, definitions, schema))),
  );
}

/** An entry of a map: name and value. */
function named<T>(
  number: number,
  record: Readonly<Record<string, T>>,
  encode: (value: T) => Uint8Array,
): Uint8Array[] {
  return Object.entries(record).map(([name, value]) =>
    messageField(number, concat(textField(1, name), messageField(2, encode(value)))),
  );
}

/** Free values travel as YAML text, which JSON is. */
function any(value: unknown): Uint8Array {
  return textField(2, JSON.stringify(value));
}

function extensions(number: number, record: object): Uint8Array[] {
  const own = Object.entries(record).filter(([key]) => key.startsWith('x-'));
  return named(number, Object.fromEntries(own) as Record<string, unknown>, any);
}

function schema(value: SwaggerSchema): Uint8Array {
  const { additionalProperties: more, items, properties } = value;
  return concat(
    textField(1, value.$ref),
    textField(2, value.format),
    textField(3, value.title),
    textField(4, value.description),
    doubleField(6, value.multipleOf),
    doubleField(7, value.maximum),
    flagField(8, value.exclusiveMaximum),
    doubleField(9, value.minimum),
    flagField(10, value.exclusiveMinimum),
    integerField(11, value.maxLength),
    integerField(12, value.minLength),
    textField(13, value.pattern),
    integerField(14, value.maxItems),
    integerField(15, value.minItems),
    integerField(17, value.maxProperties),
    integerField(18, value.minProperties),
    textsField(19, value.required),
    ...(value.enum ?? []).map((word) => messageField(20, any(word))),
    messageField(21, more === undefined ? undefined : additionalProperties(more)),
    messageField(22, value.type === undefined ? undefined : textsField(1, [value.type])),
    messageField(23, items === undefined ? undefined : messageField(1, schema(items))),
    messageField(25, properties === undefined ? undefined : concat(...named(1, properties, schema))),
    ...extensions(31, value),
  );
}

function additionalProperties(value: SwaggerSchema | boolean): Uint8Array {
  return typeof value === 'boolean' ? flagField(2, value) : messageField(1, schema(value));
}

const VERB_FIELDS = { get: 2, put: 3, post: 4, delete: 5, patch: 8 } as const;

function pathItem(path: SwaggerPath): Uint8Array {
  return concat(
    ...SWAGGER_VERBS.map((verb) => {
      const found = path[verb];
      return messageField(VERB_FIELDS[verb], found === undefined ? undefined : operation(found));
    }),
    ...(path.parameters ?? []).map((each) => messageField(9, messageField(1, parameter(each)))),
  );
}

function operation(value: SwaggerOperation): Uint8Array {
  const responses = named(1, value.responses, ({ description, schema: body }) =>
    messageField(
      1,
      concat(
        textField(1, description),
        messageField(2, body === undefined ? undefined : messageField(1, schema(body))),
      ),
    ),
  );
  return concat(
    textsField(1, value.tags),
    textField(3, value.description),
    textField(5, value.operationId),
    textsField(6, value.produces),
    textsField(7, value.consumes),
    ...(value.parameters ?? []).map((each) => messageField(8, messageField(1, parameter(each)))),
    messageField(9, concat(...responses)),
    textsField(10, value.schemes),
    ...extensions(13, value),
  );
}

function parameter(value: SwaggerParameter): Uint8Array {
  if (value.in === 'body') {
    const body = value.schema === undefined ? undefined : schema(value.schema);
    return messageField(
      1,
      concat(
        textField(2, value.name),
        textField(3, value.in),
        flagField(4, value.required),
        messageField(5, body),
      ),
    );
  }
  return messageField(
    2,
    value.in === 'query' ? messageField(3, queryParameter(value)) : messageField(4, pathParameter(value)),
  );
}

function queryParameter({ required, in: place, name, type, uniqueItems }: SwaggerParameter): Uint8Array {
  return concat(
    flagField(1, required),
    textField(2, place),
    textField(4, name),
    textField(6, type),
    flagField(20, uniqueItems),
  );
}

function pathParameter({ required, in: place, name, type, uniqueItems }: SwaggerParameter): Uint8Array {
  return concat(
    flagField(1, required),
    textField(2, place),
    textField(4, name),
    textField(5, type),
    flagField(19, uniqueItems),
  );
}

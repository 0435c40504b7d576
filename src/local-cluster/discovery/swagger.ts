import { defined } from '../json.ts';
import type { GroupVersion } from './groups.ts';
import {
  type Operation as OpenApiOperation,
  type PathItem as OpenApiPathItem,
  pathsOf,
} from './openapi-paths.ts';
import { componentsOf } from './openapi-schemas.ts';
import { definitionReference, type SwaggerSchema, swaggerSchema } from './swagger-schemas.ts';

/** A parameter of an operation; `body` carries a schema instead of a type. */
export interface SwaggerParameter {
  readonly name: string;
  readonly in: 'query' | 'path' | 'body';
  readonly required?: boolean;
  readonly type?: string;
  readonly uniqueItems?: boolean;
  readonly schema?: SwaggerSchema;
}

/** One verb on a path. */
export interface SwaggerOperation {
  readonly description: string;
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly consumes: readonly string[];
  readonly produces: readonly string[];
  readonly schemes: readonly string[];
  readonly parameters?: readonly SwaggerParameter[];
  readonly responses: Readonly<
    Record<string, { readonly description: string; readonly schema?: SwaggerSchema }>
  >;
  readonly 'x-kubernetes-action': string;
  readonly 'x-kubernetes-group-version-kind': object;
}

export const SWAGGER_VERBS = ['get', 'put', 'post', 'delete', 'patch'] as const;

/** A path with its verbs. */
export type SwaggerPath = { readonly parameters?: readonly SwaggerParameter[] } & Partial<
  Readonly<Record<(typeof SWAGGER_VERBS)[number], SwaggerOperation>>
>;

/** An OpenAPI v2 document. */
export interface SwaggerDocument {
  readonly swagger: '2.0';
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, SwaggerPath>>;
  readonly definitions: Readonly<Record<string, SwaggerSchema>>;
}

/** `GET /openapi/v2`: every kind of every version in one document, made from what v3 says of them. */
export function swaggerDocument(versions: readonly GroupVersion[]): SwaggerDocument {
  const resources = versions.flatMap((version) => version.resources);
  const components = Object.assign({}, ...resources.map(componentsOf)) as Record<string, object>;
  const paths = Object.assign({}, ...resources.map(pathsOf)) as Record<string, OpenApiPathItem>;
  return {
    swagger: '2.0',
    info: { title: 'Kubernetes', version: '1.36' },
    paths: mapValues(paths, swaggerPath),
    definitions: mapValues(components, swaggerSchema),
  };
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function swaggerPath(item: OpenApiPathItem): SwaggerPath {
  const verbs = SWAGGER_VERBS.flatMap((verb): [string, SwaggerOperation][] => {
    const operation = item[verb];
    return operation === undefined ? [] : [[verb, swaggerOperation(operation)]];
  });
  return { ...Object.fromEntries(verbs), ...defined({ parameters: item.parameters?.map(flat) }) };
}

function swaggerOperation(operation: OpenApiOperation): SwaggerOperation {
  const { parameters = [], requestBody, responses, ...rest } = operation;
  const consumed = Object.entries(requestBody?.content ?? {});
  const produced = Object.values(responses).flatMap(({ content }) => Object.keys(content ?? {}));
  const body = consumed.map(
    ([, { schema }]): SwaggerParameter => ({
      ...(requestBody?.required === true ? { required: true } : {}),
      name: 'body',
      in: 'body',
      schema: { $ref: definitionReference(schema.$ref) },
    }),
  );
  return {
    ...rest,
    consumes: consumed.length === 0 ? ['*/*'] : consumed.map(([type]) => type),
    produces: [...new Set(produced)],
    schemes: ['https'],
    parameters: [...body.slice(0, 1), ...parameters.map(flat)],
    responses: mapValues(responses, ({ description, content }) => {
      const [first] = Object.values(content ?? {});
      const schema = first === undefined ? undefined : { $ref: definitionReference(first.schema.$ref) };
      return defined({ description, schema });
    }),
  };
}

/** v2 has the type of a parameter beside its name. */
function flat({ schema, ...rest }: NonNullable<OpenApiPathItem['parameters']>[number]): SwaggerParameter {
  return { ...schema, ...rest };
}

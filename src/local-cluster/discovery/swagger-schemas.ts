import { isObject } from '../json.ts';
import type { JsonSchema } from '../schema/schema.ts';

/** A schema of OpenAPI v2. `$ref` stands alone or beside a description. */
export interface SwaggerSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly title?: string;
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SwaggerSchema>>;
  readonly additionalProperties?: SwaggerSchema | boolean;
  readonly items?: SwaggerSchema;
  readonly multipleOf?: number;
  readonly maximum?: number;
  readonly minimum?: number;
  readonly exclusiveMaximum?: boolean;
  readonly exclusiveMinimum?: boolean;
  readonly maxLength?: number;
  readonly minLength?: number;
  readonly maxItems?: number;
  readonly minItems?: number;
  readonly maxProperties?: number;
  readonly minProperties?: number;
  readonly pattern?: string;
  readonly [extension: `x-${string}`]: unknown;
}

/** A component of an OpenAPI v3 document, whose references are not resolved. */
type Component = JsonSchema & { readonly $ref?: string };

/** What OpenAPI v2 has no word for, or what kubectl stumbles over in it. */
const DROPPED = ['default', 'nullable', 'oneOf', 'anyOf', 'allOf', 'not', 'example', 'externalDocs'];

/** What goes where the type is left open, so that clients do not check more than the server does. */
const SHAPING = ['type', 'format', 'properties', 'additionalProperties', 'items', 'required', 'enum'];

/** Whatever else stands beside `nullable` is given up with it. */
const KEPT_BESIDE_NULLABLE = ['description', 'x-kubernetes-preserve-unknown-fields'];

/**
 * A component as kube-apiserver publishes it in OpenAPI v2: defaults and alternatives gone; untyped where it is
 * nullable, an integer or text, or open.
 */
export function swaggerSchema(component: Component): SwaggerSchema {
  const { description } = component;
  const [only]: readonly Component[] = component.allOf ?? [];
  const named = component.$ref ?? only?.$ref;
  if (named !== undefined) {
    const $ref = definitionReference(named);
    return description === undefined ? { $ref } : { description, $ref };
  }
  const entries = Object.entries(component)
    .filter(([key]) => stays(key, component))
    .map(([key, value]: [string, unknown]): [string, unknown] => [key, part(key, value)]);
  return Object.fromEntries(entries);
}

/** `#/components/schemas/x` as v2 writes it: `#/definitions/x`. */
export function definitionReference(reference: string): string {
  return reference.replace('#/components/schemas/', '#/definitions/');
}

function stays(key: string, component: Component): boolean {
  if (DROPPED.includes(key)) return false;
  if (component.nullable === true) return KEPT_BESIDE_NULLABLE.includes(key);
  const open =
    component['x-kubernetes-preserve-unknown-fields'] === true ||
    component['x-kubernetes-int-or-string'] === true;
  return !(open && SHAPING.includes(key));
}

function part(key: string, value: unknown): unknown {
  if (key === 'items' || key === 'additionalProperties')
    return isObject(value) ? swaggerSchema(value) : value;
  if (key !== 'properties') return value;
  return Object.fromEntries(
    Object.entries(value as Record<string, Component>).map(([name, child]) => [name, swaggerSchema(child)]),
  );
}

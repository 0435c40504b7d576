import type { JsonSchema } from './json-schema.ts';
import { entrySchema } from './lookup.ts';

// A value cannot be larger than the request that brought it (kube-apiserver: 3 MiB).
const MAX_REQUEST_BYTES = 3 * 1024 * 1024;
// k8s.io/apiserver pkg/cel: the longest text of these formats.
const FORMAT_LENGTHS: Readonly<Record<string, number>> = { duration: 32, date: 10, 'date-time': 35 };

/** The most elements, entries or characters a value of this schema can have; 1 for what has no size. */
export function maxSize(schema: JsonSchema): number {
  switch (schema.type) {
    case 'string':
      return maxLength(schema);
    case 'array':
      return schema.maxItems ?? Math.floor((MAX_REQUEST_BYTES - 2) / (minBytes(schema.items ?? {}) + 1));
    case 'object': {
      const entry = entrySchema(schema);
      if (entry === undefined) return 1;
      return schema.maxProperties ?? Math.floor((MAX_REQUEST_BYTES - 2) / (minBytes(entry) + 6));
    }
    case undefined:
      return schema['x-kubernetes-int-or-string'] === true ? maxLength(schema) : 1;
    default:
      return 1;
  }
}

function maxLength(schema: JsonSchema): number {
  if (schema.maxLength !== undefined) return schema.maxLength;
  if (schema.enum !== undefined) return Math.max(...schema.enum.map((value) => String(value).length));
  return FORMAT_LENGTHS[schema.format ?? ''] ?? MAX_REQUEST_BYTES - 2;
}

/** The fewest bytes a value of this schema takes in JSON. */
function minBytes(schema: JsonSchema): number {
  switch (schema.type) {
    case 'string':
      return 2 + (schema.minLength ?? 0);
    case 'array':
    case 'object':
      return 2;
    case 'boolean':
      return 4;
    case undefined:
    default:
      return 1;
  }
}

import type { JsonObject, KubeObject } from '../object.ts';
import type { Resource } from '../resources.ts';
import { badRequest } from '../status.ts';

/** What a row of a Table carries beside its cells. */
export type IncludeObject = 'Metadata' | 'Object' | 'None';

/** Reads the query parameter of that name. Throws 400. */
export function includeObjectOf(query: URLSearchParams): IncludeObject {
  const value = query.get('includeObject') ?? '';
  if (value === '' || value === 'Metadata') return 'Metadata';
  if (value === 'Object' || value === 'None') return value;
  const why = "must be 'Metadata', 'Object', 'None', or empty";
  throw badRequest(
    `Unable to convert to Table as requested: includeObject: Invalid value: "${value}": ${why}`,
  );
}

/** How a Table is to be made. */
export interface TableOptions {
  readonly apiVersion: string;
  readonly includeObject: IncludeObject;
  readonly nowMs: number;
  /** Watch events after the first leave the columns out. */
  readonly columns: boolean;
}

/** Objects as a Table. `metadata` is that of the list, or the version of the single object. */
export function tableOf(
  resource: Resource,
  objects: readonly KubeObject[],
  metadata: JsonObject,
  options: TableOptions,
): object {
  return {
    kind: 'Table',
    apiVersion: options.apiVersion,
    metadata,
    columnDefinitions: options.columns
      ? resource.columns.map(({ name, type, format, description, priority }) => ({
          name,
          type,
          format,
          description,
          priority,
        }))
      : null,
    rows: objects.map((object) => ({
      cells: resource.columns.map((column) => column.value(object, options.nowMs)),
      object: rowObject(object, options),
    })),
  };
}

function rowObject(object: KubeObject, options: TableOptions): object | null {
  switch (options.includeObject) {
    case 'None':
      return null;
    case 'Object':
      return object;
    case 'Metadata':
      return partialOf(object, options.apiVersion);
    default:
      return options.includeObject satisfies never;
  }
}

/** An object reduced to its metadata. */
export function partialOf(object: KubeObject, apiVersion: string): object {
  return { kind: 'PartialObjectMetadata', apiVersion, metadata: object.metadata };
}

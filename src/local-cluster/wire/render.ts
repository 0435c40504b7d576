import type { JsonObject, KubeObject } from '../object.ts';
import { apiVersionOf, type Resource } from '../resources.ts';
import { notAcceptable, unclassified } from '../status.ts';
import type { Rendering } from './negotiate.ts';
import { type IncludeObject, partialOf, tableOf } from './table.ts';

/** A list before it is rendered. */
export interface ObjectList {
  readonly resourceVersion: string;
  /** Empty on the last page. */
  readonly continueToken: string;
  /** Objects behind this page; absent when not known. */
  readonly remaining: number | undefined;
  readonly items: readonly KubeObject[];
}

/** One object in the form that was asked for. Throws 500 when a list form was asked. */
export function renderObject(
  resource: Resource,
  object: KubeObject,
  rendering: Rendering,
  includeObject: IncludeObject,
  nowMs: number,
): object {
  switch (rendering.as) {
    case 'object':
      return object;
    case 'partial':
      return partialOf(object, rendering.apiVersion);
    case 'partialList':
      throw unclassified('content is not a list');
    case 'table': {
      const { resourceVersion } = object.metadata;
      const metadata = resourceVersion === undefined ? {} : { resourceVersion };
      const options = { apiVersion: rendering.apiVersion, includeObject, nowMs, columns: true };
      return tableOf(resource, [object], metadata, options);
    }
    default:
      return rendering.as satisfies never;
  }
}

/** A list in the form that was asked for. Throws 406 when the form of one object was asked. */
export function renderList(
  resource: Resource,
  list: ObjectList,
  rendering: Rendering,
  includeObject: IncludeObject,
  nowMs: number,
): object {
  switch (rendering.as) {
    case 'object':
      return plainList(resource, list);
    case 'partial': {
      const type = resource.custom ? '*unstructured.UnstructuredList' : `*v1.${resource.listKind}`;
      throw notAcceptable(
        `you requested PartialObjectMetadata, but the requested object is a list (${type})`,
      );
    }
    case 'partialList':
      return {
        kind: 'PartialObjectMetadataList',
        apiVersion: rendering.apiVersion,
        metadata: listMetadata(list),
        items: list.items.map((object) => partialOf(object, rendering.apiVersion)),
      };
    case 'table': {
      const options = { apiVersion: rendering.apiVersion, includeObject, nowMs, columns: true };
      return tableOf(resource, list.items, listMetadata(list), options);
    }
    default:
      return rendering.as satisfies never;
  }
}

function plainList(resource: Resource, list: ObjectList): object {
  const head = { kind: resource.listKind, apiVersion: apiVersionOf(resource) };
  // Lists of custom resources show an empty continue and items with their type; built-in ones neither.
  if (resource.custom)
    return { ...head, metadata: { continue: '', ...listMetadata(list) }, items: list.items };
  const items = list.items.map(({ kind: _kind, apiVersion: _apiVersion, ...item }) => item);
  return { ...head, metadata: listMetadata(list), items };
}

function listMetadata(list: ObjectList): JsonObject {
  return {
    resourceVersion: list.resourceVersion,
    ...(list.continueToken === '' ? {} : { continue: list.continueToken }),
    ...(list.remaining === undefined ? {} : { remainingItemCount: list.remaining }),
  };
}

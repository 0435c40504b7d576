import type { NameRule } from './metadata.ts';
import type { JsonObject, KubeObject } from './object.ts';
import type { FieldError } from './schema/field-error.ts';
import type { JsonSchema } from './schema/schema.ts';

/** What can be done with a resource, as discovery names it. */
export type Verb = 'create' | 'delete' | 'deletecollection' | 'get' | 'list' | 'patch' | 'update' | 'watch';

/** A part of an object with its own path. `finalize` exists on namespaces only. */
export type Subresource = 'status' | 'finalize';

/** A column of the Table rendering. `value` gives the cell; null when there is none. */
export interface Column {
  readonly name: string;
  readonly type: string;
  readonly format: string;
  readonly description: string;
  /** 0 is always shown, 1 with `-o wide`. */
  readonly priority: number;
  readonly value: (object: KubeObject, nowMs: number) => unknown;
}

/** A body read as an object of its kind. */
export interface DecodedObject {
  readonly object: KubeObject;
  /** Paths the kind does not know; they are not in the object. */
  readonly unknownFields: readonly string[];
}

/** How the objects of one resource are read, completed, checked and shown. All functions are pure. */
export interface Strategy {
  /** From the wire to the form this resource works with. Throws DecodeError on wrong types. */
  decode(body: JsonObject): DecodedObject;
  /** Fills in what the server decides, before validation. `old` is undefined on create. */
  prepare(object: KubeObject, old: KubeObject | undefined, subresource: Subresource | ''): KubeObject;
  validate(
    object: KubeObject,
    old: KubeObject | undefined,
    subresource: Subresource | '',
  ): readonly FieldError[];
  /** From the served form to the stored one, and back; they differ where two APIs share a store. */
  toStorage(object: KubeObject): KubeObject;
  fromStorage(object: KubeObject): KubeObject;
  /** The value a field selector compares, or undefined when the field cannot be selected by. */
  selectableField(object: KubeObject, path: string): string | undefined;
  /** The message for a field that cannot be selected by. */
  unknownField(path: string): string;
}

/** One resource type in one served version. */
export interface Resource {
  readonly group: string;
  readonly version: string;
  readonly plural: string;
  readonly singular: string;
  readonly kind: string;
  readonly listKind: string;
  readonly namespaced: boolean;
  readonly shortNames: readonly string[];
  readonly categories: readonly string[];
  readonly verbs: readonly Verb[];
  readonly subresources: readonly Subresource[];
  /** Defined by a CustomResourceDefinition; several answers differ from built-in resources. */
  readonly custom: boolean;
  /** The group under which 422 messages name the kind; events of both APIs say none. */
  readonly messageGroup: string;
  /** Name of its collection in the store. */
  readonly collection: string;
  /** The whole object, metadata included. */
  readonly schema: JsonSchema;
  readonly description: string;
  /** What every answer warns of; absent where the version is not deprecated. */
  readonly deprecation?: string;
  readonly nameRule: NameRule;
  /** Whether changes of the wish count in metadata.generation. */
  readonly countsGenerations: boolean;
  /** PUT without a resourceVersion: the last write wins. */
  readonly unconditionalUpdate: boolean;
  /** PUT of an absent object creates it. */
  readonly createOnUpdate: boolean;
  /** Name of the resource under which storage keys and store errors speak of it. */
  readonly storagePath: string;
  readonly columns: readonly Column[];
  /** Paths beside metadata that its definition declares selectable, such as `spec.vendor`. */
  readonly selectableFields: readonly string[];
  readonly strategy: Strategy;
}

/** `group/version`, or the version alone in the core group. */
export function apiVersionOf(resource: { readonly group: string; readonly version: string }): string {
  return resource.group === '' ? resource.version : `${resource.group}/${resource.version}`;
}

/** The resource as 404 and 409 messages name it. */
export function pluralName(resource: Resource): { group: string; word: string } {
  return { group: resource.group, word: resource.plural };
}

/** The resource as 422 messages name it. */
export function kindName(resource: Resource): { group: string; word: string } {
  return { group: resource.messageGroup, word: resource.kind };
}

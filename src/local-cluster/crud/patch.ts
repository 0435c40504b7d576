import { invalidValue } from '../field-errors.ts';
import { isObject, parseJson, sortedJson } from '../json.ts';
import type { JsonObject, KubeObject } from '../object.ts';
import type { FieldValidation, WriteOptions } from '../options.ts';
import { applyJsonPatch } from '../patch/json-patch.ts';
import { applyMergePatch } from '../patch/merge-patch.ts';
import { applyStrategicMerge } from '../patch/strategic-merge.ts';
import { apiVersionOf, kindName, type Resource } from '../resources.ts';
import {
  badRequest,
  invalid,
  type StatusError,
  tooLarge,
  unprocessable,
  unsupportedMediaType,
  unsupportedPatch,
} from '../status.ts';
import { parseMediaType } from '../wire/media-types.ts';
import { decodeOr, unknownOfOtherVersion, WarnedError, warning, wrongKind } from './decode-body.ts';
import { read, type Target, type Written } from './target.ts';
import { checkIdentity, tracked, update } from './update.ts';

/** How a patch body changes an object. */
export type PatchKind = 'json' | 'merge' | 'strategic' | 'apply';

const PATCH_KINDS: Readonly<Record<string, PatchKind>> = {
  'application/json-patch+json': 'json',
  'application/merge-patch+json': 'merge',
  'application/strategic-merge-patch+json': 'strategic',
  'application/apply-patch+yaml': 'apply',
};

/** Most operations of one JSON patch (05-patch, "too many operations"). */
const MAX_OPERATIONS = 10_000;

/** Reads the content type of a PATCH. Throws 415. */
export function patchKindOf(contentType: string | undefined, resource: Resource): PatchKind {
  const kind = PATCH_KINDS[parseMediaType(contentType ?? '').type];
  if (kind !== undefined && !(kind === 'strategic' && resource.custom)) return kind;
  if (!resource.custom) throw unsupportedPatch();
  const known = Object.keys(PATCH_KINDS).filter((type) => PATCH_KINDS[type] !== 'strategic');
  throw unsupportedMediaType(known);
}

/** Applies a patch that is not an apply. Throws the Status kube-apiserver would answer. */
export function patchObject(
  target: Target,
  kind: Exclude<PatchKind, 'apply'>,
  body: string,
  options: WriteOptions,
): Written {
  const patch = parsePatch(kind, body);
  const old = read(target);
  const patched = applyPatch(kind, old, patch, target.resource);
  const { object, warnings } = decodePatched(target, patched, options.fieldValidation);
  const written = warning(warnings, () =>
    update(target, old, object, options, (next) => tracked(target, old, next, options)),
  );
  return { ...written, warnings: [...warnings, ...written.warnings] };
}

function parsePatch(kind: PatchKind, body: string): unknown {
  const parsed = parseJson(body);
  if (!parsed.ok) throw badRequest(`error decoding patch: ${parsed.message}`);
  const type = Array.isArray(parsed.value)
    ? 'array'
    : isObject(parsed.value)
      ? 'object'
      : typeof parsed.value;
  const [expected, goType] =
    kind === 'json' ? ['array', '[]handlers.jsonPatchOp'] : ['object', 'map[string]interface {}'];
  if (type !== expected) {
    throw badRequest(`error decoding patch: json: cannot unmarshal ${type} into Go value of type ${goType}`);
  }
  const operations = kind === 'json' ? (parsed.value as unknown[]).length : 0;
  if (operations > MAX_OPERATIONS) {
    throw tooLarge(`The allowed maximum operations in a JSON patch is ${MAX_OPERATIONS}, got ${operations}`);
  }
  return parsed.value;
}

function applyPatch(
  kind: Exclude<PatchKind, 'apply'>,
  old: KubeObject,
  patch: unknown,
  resource: Resource,
): JsonObject {
  if (kind === 'merge') return applyMergePatch(old, patch) as JsonObject;
  const result =
    kind === 'json' ? applyJsonPatch(old, patch) : applyStrategicMerge(old, patch, resource.schema);
  if (!result.ok) throw kind === 'json' ? unprocessable() : badRequest(result.message);
  return result.value as JsonObject;
}

function decodePatched(
  target: Target,
  patched: JsonObject,
  validation: FieldValidation,
): { readonly object: KubeObject; readonly warnings: readonly string[] } {
  const { resource } = target;
  checkType(patched, target);
  const decoded = decodeOr(patched, resource, (message) => patchFailure(patched, resource, message));
  const problems = decoded.unknownFields.map((path) => `unknown field "${path}"`);
  if (validation === 'Strict' && problems.length > 0) {
    throw patchFailure(patched, resource, `strict decoding error: ${problems.join(', ')}`);
  }
  checkIdentity(target, decoded.object.metadata);
  return { object: decoded.object, warnings: validation === 'Ignore' ? [] : problems };
}

function checkType(patched: JsonObject, target: Target): void {
  const { resource } = target;
  if (!isObject(patched)) throw unprocessable();
  if (patched['kind'] !== resource.kind) throw wrongKind(patched, resource);
  const expected = apiVersionOf(resource);
  if (patched['apiVersion'] === expected) return;
  const error = invalidValue('apiVersion', patched['apiVersion'], `must be ${expected}`);
  throw new WarnedError(invalid(kindName(resource), target.name, [error]), unknownOfOtherVersion(patched));
}

/** 422 that quotes the patched object, as kube-apiserver answers when it cannot read its own result. */
function patchFailure(patched: JsonObject, resource: Resource, message: string): StatusError {
  return invalid({ group: '', word: '' }, '', [invalidValue('patch', quoted(patched, resource), message)]);
}

/** The object as text: sorted, but for the metadata of built-in kinds, which keeps the order of its Go type. */
function quoted(patched: JsonObject, resource: Resource): string {
  const metadata = patched['metadata'];
  if (resource.custom || !isObject(metadata)) return sortedJson(patched);
  const parts = Object.keys(patched)
    .sort()
    .map(
      (key) => `"${key}":${key === 'metadata' ? inOrder(metadata, META_ORDER) : sortedJson(patched[key])}`,
    );
  return `{${parts.join(',')}}`;
}

function inOrder(fields: JsonObject, order: readonly string[]): string {
  const known = order.filter((key) => fields[key] !== undefined);
  const parts = known.map((key) => {
    const value = fields[key];
    const isEntries = key === 'managedFields' && Array.isArray(value);
    const text = isEntries
      ? `[${value.map((entry: JsonObject) => inOrder(entry, ENTRY_ORDER)).join(',')}]`
      : key === 'ownerReferences'
        ? JSON.stringify(value)
        : sortedJson(value);
    return `"${key}":${text}`;
  });
  return `{${parts.join(',')}}`;
}

const META_ORDER = [
  'name',
  'generateName',
  'namespace',
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'labels',
  'annotations',
  'ownerReferences',
  'finalizers',
  'managedFields',
];
const ENTRY_ORDER = ['manager', 'operation', 'apiVersion', 'time', 'fieldsType', 'fieldsV1', 'subresource'];

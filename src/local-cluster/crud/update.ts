import { trackUpdate } from '../apply/track-update.ts';
import { timestamp } from '../clock.ts';
import { invalidValue } from '../field-errors.ts';
import { defined, sameJson, without } from '../json.ts';
import { namespaceFinalizers } from '../kinds/namespace.ts';
import { finalizerWarnings } from '../metadata.ts';
import type { KubeObject, ObjectMeta } from '../object.ts';
import type { WriteOptions } from '../options.ts';
import { kindName, pluralName, type Resource } from '../resources.ts';
import { badRequest, conflict, invalid, notFound } from '../status.ts';
import { insert } from './create.ts';
import { checkSize } from './limits.ts';
import { asStored, commit, find, remove, type Target, type Written } from './target.ts';
import { validationErrors } from './validation.ts';

/** Replaces the object with the body of a PUT. Throws the Status kube-apiserver would answer. */
export function replaceObject(target: Target, body: KubeObject, options: WriteOptions): Written {
  checkIdentity(target, body.metadata);
  const old = find(target);
  const { uid } = body.metadata;
  if (old === undefined && target.resource.createOnUpdate && target.subresource === '') {
    if (uid !== undefined)
      throw conflict(pluralName(target.resource), target.name, uidMismatch(target, uid, ''));
    const named = { ...body, metadata: { ...body.metadata, name: target.name } };
    return insert(target, named, options, (object) => tracked(target, undefined, object, options));
  }
  if (old === undefined) throw notFound(pluralName(target.resource), target.name);
  if (uid !== undefined && uid !== old.metadata.uid) {
    throw conflict(
      pluralName(target.resource),
      target.name,
      uidMismatch(target, uid, old.metadata.uid ?? ''),
    );
  }
  return update(target, old, body, options, (next) => tracked(target, old, next, options));
}

function uidMismatch(target: Target, given: string, stored: string): string {
  const { storagePath } = target.resource;
  const key = `/registry/${storagePath}/${target.namespace === '' ? '' : `${target.namespace}/`}${target.name}`;
  return (
    `StorageError: invalid object, Code: 4, Key: ${key}, ResourceVersion: 0, AdditionalErrorMsg: ` +
    `Precondition failed: UID in precondition: ${given}, UID in object meta: ${stored}`
  );
}

/** Throws 400 when the body speaks of another object than the path. */
export function checkIdentity(target: Target, metadata: ObjectMeta): void {
  const { name = '', namespace } = metadata;
  if (name === '')
    throw badRequest(
      `the name of the object (${target.name} based on URL) was undeterminable: name must be provided`,
    );
  if (name !== target.name) {
    throw badRequest(`the name of the object (${name}) does not match the name on the URL (${target.name})`);
  }
  if (target.resource.namespaced && namespace !== undefined && namespace !== target.namespace) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
}

/**
 * Admits and stores a change of `old`, whichever verb brought it. `track` gives the result its managedFields. A change
 * of nothing is not written; one that takes the last finalizer of a deleted object removes it.
 */
export function update(
  target: Target,
  old: KubeObject,
  body: KubeObject,
  options: WriteOptions,
  track: (next: KubeObject) => KubeObject,
): Written {
  const { resource } = target;
  checkVersion(target, old, body.metadata.resourceVersion ?? '');
  const next = resource.strategy.prepare(merged(target, old, body), old, target.subresource);
  const errors = validationErrors(resource, next, old, target.subresource);
  if (errors.length > 0) throw invalid(kindName(resource), target.name, errors);
  const counted = withGeneration(resource, track(next), old);
  const object = { ...counted, metadata: { ...counted.metadata, uid: old.metadata.uid as string } };
  const warnings = finalizerWarnings(object.metadata, old.metadata);
  // An attempt to move the time of deletion changes nothing, and is written (03-crud).
  const moved = body.metadata.deletionTimestamp ?? old.metadata.deletionTimestamp;
  const unchanged =
    moved === old.metadata.deletionTimestamp && sameJson(withoutTimes(object), withoutTimes(old));
  if (unchanged) return { object: old, created: false, warnings };
  checkSize(object);
  if (options.dryRun) return { object: asStored(target, object), created: false, warnings };
  if (isReleased(resource, object)) {
    remove(target, object);
    return { object, created: false, warnings };
  }
  return { object: commit(target, object), created: false, warnings };
}

function checkVersion(target: Target, old: KubeObject, version: string): void {
  const { resource } = target;
  if (version === '' && !resource.unconditionalUpdate) {
    const error = invalidValue('metadata.resourceVersion', 0, 'must be specified for an update');
    throw invalid(pluralName(resource), target.name, [error]);
  }
  if (version !== '' && version !== '0' && version !== old.metadata.resourceVersion) throw stale(target);
}

/** 409: somebody else wrote in between. */
export function stale(target: Target): Error {
  const why = 'the object has been modified; please apply your changes to the latest version and try again';
  return conflict(pluralName(target.resource), target.name, why);
}

/** The body with what clients cannot change taken from `old`; through a subresource, with all but that part. */
function merged(target: Target, old: KubeObject, body: KubeObject): KubeObject {
  const { managedFields } = body.metadata;
  if (target.subresource === 'status') {
    const status = body['status'];
    const metadata = defined<ObjectMeta>({ ...old.metadata, managedFields });
    return defined<KubeObject>({ ...old, status, metadata });
  }
  const metadata = defined<ObjectMeta>({
    ...without(body.metadata, 'selfLink'),
    // Kept for the check that it did not change.
    uid: body.metadata.uid ?? old.metadata.uid,
    namespace: old.metadata.namespace,
    resourceVersion: old.metadata.resourceVersion,
    generation: old.metadata.generation,
    creationTimestamp: old.metadata.creationTimestamp,
    deletionTimestamp: old.metadata.deletionTimestamp,
    deletionGracePeriodSeconds: old.metadata.deletionGracePeriodSeconds,
    finalizers: (body.metadata.finalizers ?? []).length === 0 ? undefined : body.metadata.finalizers,
  });
  return { ...body, metadata };
}

/** The object with its managedFields after a write that is not an apply. */
export function tracked(
  target: Target,
  old: KubeObject | undefined,
  next: KubeObject,
  options: WriteOptions,
): KubeObject {
  const { cluster, resource, subresource } = target;
  const part = subresource === 'status' ? 'status' : '';
  return trackUpdate(old, next, options.fieldManager, part, resource.schema, timestamp(cluster.now()));
}

/** When ownership was last changed does not make a change. */
function withoutTimes(object: KubeObject): KubeObject {
  const entries = object.metadata.managedFields;
  if (entries === undefined) return object;
  const managedFields = entries.map((entry) => without(entry, 'time'));
  return { ...object, metadata: { ...object.metadata, managedFields } };
}

/** Counts a change of anything but metadata and, where it has its own path, status. */
function withGeneration(resource: Resource, next: KubeObject, old: KubeObject): KubeObject {
  if (!resource.countsGenerations) return next;
  const uncounted = resource.subresources.includes('status')
    ? (['metadata', 'status'] as const)
    : (['metadata'] as const);
  if (sameJson(without(next, ...uncounted), without(old, ...uncounted))) return next;
  return { ...next, metadata: { ...next.metadata, generation: (old.metadata.generation ?? 0) + 1 } };
}

/** Whether nothing keeps a deleted object any more. */
function isReleased(resource: Resource, object: KubeObject): boolean {
  if (object.metadata.deletionTimestamp === undefined || (object.metadata.finalizers ?? []).length > 0)
    return false;
  return !resource.subresources.includes('finalize') || namespaceFinalizers(object).length === 0;
}

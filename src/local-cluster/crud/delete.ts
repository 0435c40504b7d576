import { timestamp } from '../clock.ts';
import { invalidValue } from '../field-errors.ts';
import { isObject, parseJson } from '../json.ts';
import { CLEANUP_FINALIZER, DEFINITIONS } from '../kinds/definition.ts';
import { IMMORTAL_NAMESPACES, NAMESPACES } from '../kinds/namespace.ts';
import type { Json, JsonObject, KubeObject } from '../object.ts';
import { dryRunErrors, refuse } from '../options.ts';
import { kindName, pluralName } from '../resources.ts';
import { notSupported } from '../schema/field-error.ts';
import { badRequest, conflict, deleted, forbidden, type Status } from '../status.ts';
import { PROTOBUF_TYPE, parseMediaType } from '../wire/media-types.ts';
import { decodeProtobuf } from '../wire/protobuf.ts';
import { commit, read, remove, type Target } from './target.ts';

/** What happens to the objects that the deleted one owns. */
export type Propagation = 'Background' | 'Foreground' | 'Orphan';

/** The options of a DELETE, from its query and body. */
export interface DeleteOptions {
  readonly dryRun: boolean;
  readonly propagation: Propagation | undefined;
  readonly uid: string | undefined;
  readonly resourceVersion: string | undefined;
}

/** The finalizers of the policies a garbage collector carries out. */
export const FOREGROUND_FINALIZER = 'foregroundDeletion';
export const ORPHAN_FINALIZER = 'orphan';

const POLICIES: readonly unknown[] = ['Foreground', 'Background', 'Orphan'];

/** Reads the options. Throws 400 for a body that cannot be read, 422 for values without meaning. */
export function deleteOptions(
  query: URLSearchParams,
  body: Buffer,
  contentType: string | undefined,
): DeleteOptions {
  const given = optionsIn(body, contentType);
  const policy = given['propagationPolicy'] ?? query.get('propagationPolicy') ?? undefined;
  const orphan = given['orphanDependents'] ?? flagIn(query, 'orphanDependents');
  const dryRun = [...query.getAll('dryRun'), ...(Array.isArray(given['dryRun']) ? given['dryRun'] : [])];
  refuse('DeleteOptions', [
    ...dryRunErrors(dryRun.map(String)),
    ...(policy === undefined || POLICIES.includes(policy)
      ? []
      : [notSupported('propagationPolicy', policy, ['Foreground', 'Background', 'Orphan', 'nil'])]),
    ...(policy === undefined || orphan === undefined
      ? []
      : [
          invalidValue(
            'propagationPolicy',
            policy,
            'orphanDependents and deletionPropagation cannot be both set',
          ),
        ]),
  ]);
  const preconditions = isObject(given['preconditions']) ? given['preconditions'] : {};
  return {
    dryRun: dryRun.includes('All'),
    propagation: (policy as Propagation | undefined) ?? legacyPolicy(orphan),
    uid: preconditions['uid'] as string | undefined,
    resourceVersion: preconditions['resourceVersion'] as string | undefined,
  };
}

function optionsIn(body: Buffer, contentType: string | undefined): JsonObject {
  if (parseMediaType(contentType ?? '').type === PROTOBUF_TYPE) {
    const decoded = decodeProtobuf(body);
    if (decoded === undefined) throw badRequest('error decoding delete options: not a DeleteOptions');
    return decoded as JsonObject;
  }
  const text = body.toString('utf8');
  if (text.trim() === '') return {};
  const parsed = parseJson(text);
  if (!parsed.ok) throw badRequest(`error decoding delete options: ${parsed.message}`);
  return isObject(parsed.value) ? parsed.value : {};
}

function flagIn(query: URLSearchParams, name: string): boolean | undefined {
  const text = query.get(name);
  return text === null ? undefined : text === 'true' || text === '1';
}

/** What the deprecated `orphanDependents` means. */
function legacyPolicy(orphan: unknown): Propagation | undefined {
  if (orphan === undefined) return undefined;
  return orphan === true ? 'Orphan' : 'Background';
}

/** Deletes, or starts the deletion of, one object. Throws 403, 404 or 409. */
export function deleteObject(target: Target, options: DeleteOptions): KubeObject | Status {
  const object = read(target);
  checkMayGo(target, object, options);
  const marked = marking(target, object, options);
  if (marked !== undefined) {
    if (marked === object || options.dryRun) return marked;
    return commit(target, marked);
  }
  if (!options.dryRun) remove(target, object);
  return deleted(pluralName(target.resource), target.name, object.metadata.uid ?? '');
}

function checkMayGo(target: Target, object: KubeObject, options: DeleteOptions): void {
  const { resource, name } = target;
  if (resource.collection === NAMESPACES && IMMORTAL_NAMESPACES.includes(name)) {
    throw forbidden(pluralName(resource), name, 'this namespace may not be deleted');
  }
  const { uid = '', resourceVersion = '' } = object.metadata;
  if (options.uid !== undefined && options.uid !== uid) {
    const why = `the UID in the precondition (${options.uid}) does not match the UID in record (${uid})`;
    throw conflict(kindName(resource), name, `${why}. The object might have been deleted and then recreated`);
  }
  if (options.resourceVersion !== undefined && options.resourceVersion !== resourceVersion) {
    const why = `the ResourceVersion in the precondition (${options.resourceVersion}) does not match the`;
    throw conflict(
      kindName(resource),
      name,
      `${why} ResourceVersion in record (${resourceVersion}). The object might have been modified`,
    );
  }
}

/** The object marked as deleted when something keeps it, itself when it already is, undefined when it can go at once. */
function marking(target: Target, object: KubeObject, options: DeleteOptions): KubeObject | undefined {
  const { resource } = target;
  const deletionTimestamp = timestamp(target.cluster.now());
  const already = object.metadata.deletionTimestamp !== undefined;
  if (resource.collection === NAMESPACES) {
    if (already) return object;
    const status = { ...(isObject(object['status']) ? object['status'] : {}), phase: 'Terminating' };
    return { ...object, metadata: { ...object.metadata, deletionTimestamp }, status };
  }
  if (resource.collection === DEFINITIONS) {
    if (already) return object;
    const finalizers = [...new Set([...(object.metadata.finalizers ?? []), CLEANUP_FINALIZER])];
    const metadata = { ...object.metadata, deletionTimestamp, finalizers };
    return { ...object, metadata, status: withTerminating(object['status'], deletionTimestamp) };
  }
  const finalizers = [...(object.metadata.finalizers ?? []), ...finalizersOf(options.propagation)];
  if (finalizers.length === 0) return undefined;
  if (already) return object;
  const { generation } = object.metadata;
  const metadata = {
    ...object.metadata,
    finalizers: [...new Set(finalizers)],
    deletionTimestamp,
    deletionGracePeriodSeconds: 0,
    ...(generation === undefined ? {} : { generation: generation + 1 }),
  };
  return { ...object, metadata };
}

/** The status of a definition whose deletion begins. */
function withTerminating(status: unknown, now: string): object {
  const known =
    isObject(status) && Array.isArray(status['conditions']) ? (status['conditions'] as readonly Json[]) : [];
  const terminating = {
    type: 'Terminating',
    status: 'True',
    lastTransitionTime: now,
    reason: 'InstanceDeletionPending',
    message: 'CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon',
  };
  return { ...(isObject(status) ? status : {}), conditions: [...known, terminating] };
}

function finalizersOf(propagation: Propagation | undefined): readonly string[] {
  switch (propagation) {
    case 'Foreground':
      return [FOREGROUND_FINALIZER];
    case 'Orphan':
      return [ORPHAN_FINALIZER];
    case 'Background':
    case undefined:
      return [];
    default:
      return propagation satisfies never;
  }
}

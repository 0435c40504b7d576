import { randomUUID } from 'node:crypto';
import { trackUpdate } from '../apply/track-update.ts';
import { timestamp } from '../clock.ts';
import { defined, without } from '../json.ts';
import { DEFINITIONS } from '../kinds/definition.ts';
import { NAMESPACE, NAMESPACES, namespacePhase } from '../kinds/namespace.ts';
import { finalizerWarnings } from '../metadata.ts';
import { generateName } from '../names.ts';
import type { KubeObject, ObjectMeta } from '../object.ts';
import type { WriteOptions } from '../options.ts';
import { kindName, pluralName, type Resource } from '../resources.ts';
import { alreadyExists, badRequest, forbidden, invalid, notFound, unclassified } from '../status.ts';
import { checkSize } from './limits.ts';
import { asStored, commit, find, type Target, type Written } from './target.ts';
import { validationErrors } from './validation.ts';

/** Creates the object of a POST. Throws the Status kube-apiserver would answer. */
export function createObject(target: Target, body: KubeObject, options: WriteOptions): Written {
  const { resourceVersion = '' } = body.metadata;
  if (resourceVersion !== '' && resourceVersion !== '0') {
    throw unclassified('resourceVersion should not be set on objects to be created');
  }
  return insert(target, body, options, (object) =>
    trackUpdate(
      undefined,
      object,
      options.fieldManager,
      '',
      target.resource.schema,
      timestamp(target.cluster.now()),
    ),
  );
}

/**
 * Admits and stores a new object, whichever verb brought it. `track` gives it its managedFields, after the server has
 * filled in its part.
 */
export function insert(
  target: Target,
  body: KubeObject,
  options: WriteOptions,
  track: (object: KubeObject) => KubeObject,
): Written {
  const { resource } = target;
  const given = newObject(target, body);
  const object = resource.strategy.prepare(given, undefined, '');
  const named = { ...target, name: object.metadata.name ?? '' };
  checkPlace(named);
  const errors = validationErrors(resource, object, undefined, '');
  if (errors.length > 0) throw invalid(kindName(resource), named.name, errors);
  const existing = find(named);
  if (existing !== undefined) {
    throw alreadyExists(pluralName(resource), named.name, existing.metadata.deletionTimestamp !== undefined);
  }
  const tracked = { ...object, metadata: { ...object.metadata, ...ownership(resource, track, given) } };
  checkSize(tracked);
  const warnings = finalizerWarnings(object.metadata, undefined);
  if (options.dryRun) return { object: asStored(named, tracked), created: true, warnings };
  return { object: commit(named, tracked), created: true, warnings };
}

/** Who owns what the client sent: neither a status, which it cannot set here, nor what `prepare` adds. */
function ownership(
  resource: Resource,
  track: (object: KubeObject) => KubeObject,
  given: KubeObject,
): Pick<ObjectMeta, 'managedFields'> {
  const own = resource.subresources.includes('status') ? (without(given, 'status') as KubeObject) : given;
  const { managedFields } = track(own).metadata;
  return managedFields === undefined ? {} : { managedFields };
}

/** The object with what the server decides: name, namespace, uid, times, generation. */
function newObject(target: Target, body: KubeObject): KubeObject {
  const { resource, namespace } = target;
  const given = body.metadata;
  const own = given.namespace ?? '';
  if (own !== '' && own !== (resource.namespaced ? namespace : '')) {
    throw badRequest('the namespace of the provided object does not match the namespace sent on the request');
  }
  const prefix = given.generateName ?? '';
  const generated = (given.name ?? '') === '' && prefix !== '' ? freeName(target, prefix) : given.name;
  const metadata = defined<ObjectMeta>({
    ...without(given, 'selfLink', 'deletionTimestamp', 'deletionGracePeriodSeconds', 'managedFields'),
    name: generated,
    namespace: resource.namespaced ? namespace : undefined,
    uid: randomUUID(),
    resourceVersion: undefined,
    creationTimestamp: timestamp(target.cluster.now()),
    generation: resource.countsGenerations ? 1 : undefined,
  });
  return { ...body, metadata };
}

/** A generated name that nothing has yet; kube-apiserver tries eight. */
function freeName(target: Target, prefix: string): string {
  let name = generateName(prefix);
  for (let tries = 1; tries < 8 && find({ ...target, name }) !== undefined; tries += 1)
    name = generateName(prefix);
  return name;
}

/** Throws unless something new may be created there. */
function checkPlace(target: Target): void {
  const { cluster, resource, namespace, name } = target;
  if (
    resource.custom &&
    isTerminating(cluster.store.get(DEFINITIONS, '', `${resource.plural}.${resource.group}`))
  ) {
    const why = 'create not allowed while custom resource definition is terminating';
    throw forbidden(pluralName(resource), name, why);
  }
  if (!resource.namespaced) return;
  const home = cluster.store.get(NAMESPACES, '', namespace);
  if (home === undefined) throw notFound(pluralName(NAMESPACE), namespace);
  if (namespacePhase(home) !== 'Terminating') return;
  const why = `unable to create new content in namespace ${namespace} because it is being terminated`;
  const cause = {
    reason: 'NamespaceTerminating',
    message: `namespace ${namespace} is being terminated`,
    field: 'metadata.namespace',
  };
  throw forbidden(pluralName(resource), name, why, [cause]);
}

function isTerminating(object: KubeObject | undefined): boolean {
  return object?.metadata.deletionTimestamp !== undefined;
}

import { serverSideApply } from '../apply/server-side-apply.ts';
import { timestamp } from '../clock.ts';
import { immutableField } from '../field-errors.ts';
import { isObject, without } from '../json.ts';
import type { JsonObject, KubeObject } from '../object.ts';
import type { WriteOptions } from '../options.ts';
import { apiVersionOf, kindName, pluralName } from '../resources.ts';
import { applyConflict, badRequest, invalid, notFound, unclassified } from '../status.ts';
import { parseYaml } from '../wire/yaml.ts';
import { insert } from './create.ts';
import { decodeOr } from './decode-body.ts';
import { find, type Target, type Written } from './target.ts';
import { checkIdentity, stale, update } from './update.ts';

/** Server-side apply: creates, or merges by ownership. Throws the Status kube-apiserver would answer. */
export function applyObject(target: Target, body: string, options: WriteOptions): Written {
  const { applied, warnings } = readConfiguration(target, body, options);
  const live = find(target);
  if (live === undefined && target.subresource !== '')
    throw notFound(pluralName(target.resource), target.name);
  checkPreconditions(target, live, applied);
  const merged = mergedByOwnership(target, live, applied, options);
  if (merged === live) return { object: live, created: false, warnings };
  const { managedFields } = merged.metadata;
  const read = decodeOr(merged as unknown as JsonObject, target.resource, badRequest).object;
  const decoded = target.resource.custom ? (withNulls(read, merged) as KubeObject) : read;
  const owned = (object: KubeObject): KubeObject => ({
    ...object,
    metadata: managedFields === undefined ? object.metadata : { ...object.metadata, managedFields },
  });
  const written =
    live === undefined
      ? insert(target, { ...decoded, metadata: without(decoded.metadata, 'resourceVersion') }, options, owned)
      : update(target, live, decoded, options, owned);
  return { ...written, warnings: [...warnings, ...written.warnings] };
}

/** A null in a configuration is a value, for validation to judge, where other verbs take it for an absence. */
function withNulls(decoded: unknown, merged: unknown): unknown {
  if (merged === null) return null;
  if (!isObject(merged) || !isObject(decoded)) return decoded;
  const fields = Object.entries(merged)
    .filter(([key, value]) => value === null || key in decoded)
    .map(([key, value]): [string, unknown] => [key, withNulls(decoded[key], value)]);
  return { ...decoded, ...Object.fromEntries(fields) };
}

interface Configuration {
  readonly applied: KubeObject;
  readonly warnings: readonly string[];
}

function readConfiguration(target: Target, body: string, options: WriteOptions): Configuration {
  const parsed = parseYaml(body);
  if (!parsed.ok) throw badRequest(`error decoding YAML: error converting YAML to JSON: ${parsed.message}`);
  const { duplicates } = parsed;
  if (duplicates.length > 0 && options.fieldValidation === 'Strict') {
    const list = `yaml: unmarshal errors:\n  ${duplicates.join('\n  ')}`;
    throw badRequest(`error strict decoding YAML: error converting YAML to JSON: ${list}`);
  }
  const { resource } = target;
  const raw: JsonObject = isObject(parsed.value) ? parsed.value : {};
  const kind = textOf(raw['kind']);
  const apiVersion = textOf(raw['apiVersion']);
  if (kind !== resource.kind || apiVersion !== apiVersionOf(resource)) {
    const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
    throw badRequest(`invalid object type: ${group}/${version}, Kind=${kind}`);
  }
  const metadata = isObject(raw['metadata']) ? raw['metadata'] : {};
  if (metadata['managedFields'] !== undefined) throw badRequest('metadata.managedFields must be nil');
  // A name of another type is for the merge to refuse, with its words.
  if (metadata['name'] === undefined || typeof metadata['name'] === 'string') checkIdentity(target, metadata);
  const warnings = options.fieldValidation === 'Ignore' ? [] : duplicates;
  return { applied: { ...raw, metadata } as unknown as KubeObject, warnings };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function checkPreconditions(target: Target, live: KubeObject | undefined, applied: KubeObject): void {
  const { uid, resourceVersion } = applied.metadata;
  if (live === undefined) {
    if (uid === undefined) return;
    const error = immutableField('metadata.uid', uid);
    throw invalid(kindName(target.resource), target.name, [error, error]);
  }
  if (resourceVersion !== undefined && resourceVersion !== live.metadata.resourceVersion) throw stale(target);
}

function mergedByOwnership(
  target: Target,
  live: KubeObject | undefined,
  applied: KubeObject,
  options: WriteOptions,
): KubeObject {
  const result = serverSideApply({
    live,
    applied,
    manager: options.fieldManager,
    force: options.force,
    schema: target.resource.schema,
    subresource: target.subresource === 'status' ? 'status' : '',
    statusSubresource: target.resource.subresources.includes('status'),
    now: timestamp(target.cluster.now()),
  });
  if (result.ok) return result.object;
  throw result.kind === 'conflict'
    ? applyConflict(result.message, result.causes)
    : unclassified(result.message);
}

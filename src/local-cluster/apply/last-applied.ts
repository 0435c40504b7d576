import { parseExact } from '../big-integer.ts';
import { isObject, sortedJson } from '../json.ts';
import type { KubeObject } from '../object.ts';
import { escapeHtml } from '../schema/go-json.ts';
import type { JsonSchema } from '../schema/json-schema.ts';
import { compare } from './compare.ts';
import { difference, EMPTY, type FieldSet, union } from './field-set.ts';
import { fieldsOf } from './fields-of.ts';

// kubectl's client-side apply keeps its last configuration in this annotation. When kubectl moves on to server-side
// apply, under the manager name it uses for it, kube-apiserver keeps the annotation true and lets it change what it
// had applied before without a conflict.
const ANNOTATION = 'kubectl.kubernetes.io/last-applied-configuration';
const KUBECTL = 'kubectl';

/** The object with its annotation set to the configuration just applied, where kubectl applied it and the annotation stands. */
export function updateLastApplied(object: KubeObject, applied: KubeObject, manager: string): KubeObject {
  const annotations = object.metadata.annotations;
  if (manager !== KUBECTL || !annotations?.[ANNOTATION]) return object;
  const { [ANNOTATION]: _own, ...others } = applied.metadata.annotations ?? {};
  const metadata =
    applied.metadata.annotations === undefined
      ? applied.metadata
      : { ...applied.metadata, annotations: others };
  const text = `${escapeHtml(sortedJson({ ...applied, metadata }))}\n`;
  return { ...object, metadata: { ...object.metadata, annotations: { ...annotations, [ANNOTATION]: text } } };
}

/** The fields kubectl may take without force: those it had applied client-side and nobody has changed since. */
export function fieldsAppliedBefore(live: KubeObject, manager: string, schema: JsonSchema): FieldSet {
  const text = live.metadata.annotations?.[ANNOTATION];
  if (manager !== KUBECTL || !text) return EMPTY;
  const configuration = parse(text);
  if (!isObject(configuration) || configuration['apiVersion'] !== live.apiVersion) return EMPTY;
  const { added, modified, removed } = compare(configuration, live, schema);
  return difference(fieldsOf(configuration, schema), union(union(added, modified), removed));
}

function parse(text: string): unknown {
  try {
    return parseExact(text);
  } catch {
    return undefined;
  }
}

import { withSkippedRules } from '../kinds/custom.ts';
import { checkMetadata, checkMetadataUpdate } from '../metadata.ts';
import type { KubeObject } from '../object.ts';
import type { Resource, Subresource } from '../resources.ts';
import type { FieldError } from '../schema/field-error.ts';

/** Everything that is wrong with a new object, or with the change from `old`. */
export function validationErrors(
  resource: Resource,
  object: KubeObject,
  old: KubeObject | undefined,
  subresource: Subresource | '',
): readonly FieldError[] {
  const change = old === undefined ? [] : checkMetadataUpdate(object.metadata, old.metadata);
  const metadata = [...checkMetadata(object.metadata, resource.nameRule), ...change];
  const rest = resource.strategy.validate(object, old, subresource);
  // kube-apiserver checks changed metadata of custom resources twice, and lists each cause twice.
  return resource.custom ? [...withSkippedRules(metadata, rest), ...change] : [...metadata, ...rest];
}

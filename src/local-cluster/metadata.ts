import { immutableField, invalidValue } from './field-errors.ts';
import {
  checkDnsLabel,
  checkLabelValue,
  checkPathSegment,
  checkQualifiedName,
  checkSubdomain,
} from './names.ts';
import type { ObjectMeta, OwnerReference } from './object.ts';
import { type FieldError, forbidden, required, tooLong } from './schema/field-error.ts';

/** Longest sum of keys and values of annotations, in bytes (04-validation, "annotations of 262145 bytes"). */
const MAX_ANNOTATIONS_BYTES = 256 * 1024;

/** What a name may be: a DNS subdomain, a DNS label, or any segment of a path. */
export type NameRule = 'subdomain' | 'label' | 'segment';

const NAME_CHECKS: Readonly<Record<NameRule, (name: string) => readonly string[]>> = {
  subdomain: checkSubdomain,
  label: checkDnsLabel,
  segment: checkPathSegment,
};

/** What is wrong with the metadata of an object, new or changed. */
export function checkMetadata(metadata: ObjectMeta, rule: NameRule): readonly FieldError[] {
  return [
    ...checkNames(metadata, NAME_CHECKS[rule]),
    ...Object.entries(metadata.labels ?? {}).flatMap(([key, value]) => [
      ...checkQualifiedName(key).map((why) => invalidValue('metadata.labels', key, why)),
      ...checkLabelValue(value).map((why) => invalidValue('metadata.labels', value, why)),
    ]),
    ...checkAnnotations(metadata.annotations ?? {}),
    ...checkOwners(metadata.ownerReferences ?? []),
    ...(metadata.finalizers ?? []).flatMap((finalizer) =>
      checkQualifiedName(finalizer).map((why) => invalidValue('metadata.finalizers', finalizer, why)),
    ),
  ];
}

function checkNames(metadata: ObjectMeta, check: (name: string) => readonly string[]): FieldError[] {
  const prefix = metadata.generateName ?? '';
  // A trailing dash is fine in a prefix: five characters follow.
  const prefixErrors = prefix === '' ? [] : check(prefix.replace(/-$/, 'a'));
  const errors = prefixErrors.map((why) => invalidValue('metadata.generateName', prefix, why));
  if (metadata.name === undefined || metadata.name === '') {
    return [...errors, required('metadata.name', 'name or generateName is required')];
  }
  return [...errors, ...check(metadata.name).map((why) => invalidValue('metadata.name', metadata.name, why))];
}

function checkAnnotations(annotations: Readonly<Record<string, string>>): FieldError[] {
  const bytes = Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
  return [
    ...Object.keys(annotations).flatMap((key) =>
      checkQualifiedName(key.toLowerCase()).map((why) => invalidValue('metadata.annotations', key, why)),
    ),
    ...(bytes > MAX_ANNOTATIONS_BYTES ? [tooLong('metadata.annotations', MAX_ANNOTATIONS_BYTES)] : []),
  ];
}

function checkOwners(owners: readonly OwnerReference[]): FieldError[] {
  const fields = owners.flatMap((owner) =>
    (['apiVersion', 'kind', 'name', 'uid'] as const)
      .filter((field) => (owner[field] ?? '') === '')
      .map((field) => invalidValue(`metadata.ownerReferences.${field}`, '', 'must not be empty')),
  );
  const [first, second] = owners.filter((owner) => owner.controller === true);
  if (first === undefined || second === undefined) return fields;
  const pair = `${first.kind}/${first.name} and ${second.kind}/${second.name}`;
  const why = `Only one reference can have Controller set to true. Found "true" in references for ${pair}`;
  return [...fields, invalidValue('metadata.ownerReferences', owners, why)];
}

/** What is wrong with the change of metadata from `old` to `next`. */
export function checkMetadataUpdate(next: ObjectMeta, old: ObjectMeta): readonly FieldError[] {
  const errors: FieldError[] = [];
  if (next.uid !== undefined && next.uid !== old.uid) errors.push(immutableField('metadata.uid', next.uid));
  if (old.deletionTimestamp !== undefined) {
    const added = (next.finalizers ?? []).filter((finalizer) => !(old.finalizers ?? []).includes(finalizer));
    if (added.length > 0) {
      const list = `[]string{${added.map((finalizer) => JSON.stringify(finalizer)).join(', ')}}`;
      const why = `no new finalizers can be added if the object is being deleted, found new finalizers ${list}`;
      errors.push(forbidden('metadata.finalizers', why));
    }
  }
  return errors;
}

/** Warnings that a write of these finalizers deserves. */
export function finalizerWarnings(next: ObjectMeta, old: ObjectMeta | undefined): readonly string[] {
  return (next.finalizers ?? [])
    .filter((finalizer) => !finalizer.includes('/') && !(old?.finalizers ?? []).includes(finalizer))
    .filter((finalizer) => finalizer !== 'foregroundDeletion' && finalizer !== 'orphan')
    .map(
      (finalizer) =>
        `metadata.finalizers: "${finalizer}": prefer a domain-qualified finalizer name to avoid accidental conflicts ` +
        'with other finalizer writers',
    );
}

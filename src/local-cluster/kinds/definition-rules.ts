import { immutableField, invalidValue } from '../field-errors.ts';
import { isObject } from '../json.ts';
import type { KubeObject } from '../object.ts';
import { type FieldError, notSupported, required } from '../schema/field-error.ts';
import { checkSchema, type JsonSchema } from '../schema/schema.ts';
import { type Definition, type DefinitionVersion, hasCondition, versionsOf } from './definition-type.ts';

/** What is wrong with a definition, new or changed. */
export function checkDefinition(object: KubeObject, old: KubeObject | undefined): readonly FieldError[] {
  const { spec } = object as Definition;
  if (!isObject(spec)) return [required('spec.group'), required('spec.scope'), required('spec.versions')];
  const { group = '', scope = '', names = { plural: '', kind: '' } } = spec as Partial<Definition['spec']>;
  const errors: FieldError[] = [];
  if (group === '') errors.push(required('spec.group'));
  if (!['Namespaced', 'Cluster'].includes(scope)) {
    errors.push(
      scope === '' ? required('spec.scope') : notSupported('spec.scope', scope, ['Cluster', 'Namespaced']),
    );
  }
  for (const field of ['plural', 'kind'] as const) {
    if ((names[field] ?? '') === '') errors.push(required(`spec.names.${field}`));
  }
  if (old === undefined && object.metadata.name !== `${names.plural}.${group}`) {
    errors.push(
      invalidValue('metadata.name', object.metadata.name, 'must be spec.names.plural+"."+spec.group'),
    );
  }
  return [
    ...errors,
    ...checkConversion(spec),
    ...checkVersions(object as Definition),
    ...checkChange(object as Definition, old as Definition),
  ];
}

/** Objects are converted by naming the other version: a webhook would never be called, so it is refused. */
function checkConversion(spec: Partial<Record<string, unknown>>): readonly FieldError[] {
  const conversion = spec['conversion'];
  const strategy = isObject(conversion) ? conversion['strategy'] : undefined;
  if (strategy === undefined || strategy === 'None') return [];
  return [notSupported('spec.conversion.strategy', strategy, ['None'])];
}

function checkVersions(definition: Definition): readonly FieldError[] {
  const versions = versionsOf(definition);
  const storages = versions.filter((version) => version.storage).length;
  const missing = versions.flatMap((version, index) =>
    version.schema?.openAPIV3Schema === undefined
      ? [required(`spec.versions[${index}].schema.openAPIV3Schema`)]
      : [],
  );
  if (storages !== 1) {
    const why = 'must have exactly one version marked as storage version';
    return [
      invalidValue('spec.versions', versions.map(asGoPrintsIt), why),
      ...((definition.status?.storedVersions ?? []).length === 0
        ? [invalidValue('status.storedVersions', null, 'must have at least one stored version')]
        : []),
    ];
  }
  if (missing.length > 0) return missing;
  return versions.flatMap((version, index) => [
    ...checkSchema(version.schema?.openAPIV3Schema as JsonSchema),
    // With one version its columns and fields are shown at the top, as the internal type keeps them.
    ...checkColumns(version, versions.length === 1 ? 'spec' : `spec.versions[${index}]`),
    ...checkSelectable(version, versions.length === 1 ? 'spec' : `spec.versions[${index}]`),
  ]);
}

/** The internal type of a version as messages show it; schemas move to the top when versions share them. */
function asGoPrintsIt(version: DefinitionVersion): object {
  return {
    Name: version.name,
    Served: version.served,
    Storage: version.storage,
    Deprecated: version.deprecated ?? false,
    DeprecationWarning: version.deprecationWarning ?? null,
    Schema: null,
    Subresources: null,
    AdditionalPrinterColumns: null,
    SelectableFields: null,
  };
}

function checkChange(definition: Definition, old: Definition | undefined): readonly FieldError[] {
  if (old === undefined) return [];
  const { spec } = definition;
  const errors: FieldError[] = [];
  if (spec.group !== old.spec.group) errors.push(immutableField('spec.group', spec.group));
  if (!hasCondition(old, 'Established')) return errors;
  if (spec.scope !== old.spec.scope) errors.push(immutableField('spec.scope', spec.scope));
  for (const field of ['plural', 'kind'] as const) {
    if (spec.names[field] !== old.spec.names[field]) {
      errors.push(immutableField(`spec.names.${field}`, spec.names[field]));
    }
  }
  return errors;
}

const COLUMN_TYPES = ['boolean', 'date', 'integer', 'number', 'string'];

function checkColumns(version: DefinitionVersion, path: string): readonly FieldError[] {
  return (version.additionalPrinterColumns ?? []).flatMap((column, index) => {
    const at = `${path}.additionalPrinterColumns[${index}]`;
    const { type, jsonPath } = column;
    return [
      ...(COLUMN_TYPES.includes(type)
        ? []
        : [invalidValue(`${at}.type`, type, `must be one of ${COLUMN_TYPES.join(',')}`)]),
      ...((jsonPath ?? '').startsWith('.')
        ? []
        : [invalidValue(`${at}.JSONPath`, jsonPath ?? '', 'must be a simple json path starting with .')]),
    ];
  });
}

function checkSelectable(version: DefinitionVersion, path: string): readonly FieldError[] {
  const why =
    'must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.';
  return (version.selectableFields ?? []).flatMap(({ jsonPath }, index) => {
    const steps = jsonPath.split('.').slice(1);
    const field = steps.reduce<JsonSchema | undefined>(
      (schema, step) => schema?.properties?.[step],
      version.schema?.openAPIV3Schema,
    );
    const selectable = ['string', 'boolean', 'integer'].includes(field?.type ?? '');
    return selectable ? [] : [invalidValue(`${path}.selectableFields[${index}].jsonPath`, jsonPath, why)];
  });
}

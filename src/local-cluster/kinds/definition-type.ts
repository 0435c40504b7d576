import { isObject } from '../json.ts';
import type { KubeObject } from '../object.ts';
import type { JsonSchema } from '../schema/schema.ts';

/** A CustomResourceDefinition as stored. What validation guarantees is not optional here. */
export interface Definition extends KubeObject {
  readonly spec: DefinitionSpec;
  readonly status?: DefinitionStatus;
}

interface DefinitionSpec {
  readonly group: string;
  readonly scope: 'Namespaced' | 'Cluster';
  readonly names: DefinitionNames;
  readonly versions: readonly DefinitionVersion[];
}

export interface DefinitionNames {
  readonly plural: string;
  readonly singular?: string;
  readonly shortNames?: readonly string[];
  readonly kind: string;
  readonly listKind?: string;
  readonly categories?: readonly string[];
}

export interface DefinitionVersion {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly deprecated?: boolean;
  readonly deprecationWarning?: string;
  readonly schema?: { readonly openAPIV3Schema?: JsonSchema };
  readonly subresources?: { readonly status?: object };
  readonly additionalPrinterColumns?: readonly PrinterColumn[];
  readonly selectableFields?: readonly { readonly jsonPath: string }[];
}

export interface PrinterColumn {
  readonly name: string;
  readonly type: string;
  readonly format?: string;
  readonly description?: string;
  readonly priority?: number;
  readonly jsonPath: string;
}

export interface DefinitionStatus {
  readonly conditions: readonly DefinitionCondition[] | null;
  readonly acceptedNames: DefinitionNames;
  readonly storedVersions: readonly string[];
}

export interface DefinitionCondition {
  readonly type: 'NamesAccepted' | 'Established' | 'Terminating';
  readonly status: 'True' | 'False';
  readonly lastTransitionTime: string;
  readonly reason: string;
  readonly message: string;
}

/** Whether a condition of the definition holds. */
export function hasCondition(definition: Definition, type: DefinitionCondition['type']): boolean {
  return (definition.status?.conditions ?? []).some(
    (known) => known.type === type && known.status === 'True',
  );
}

/** The versions of a definition that may not have passed validation yet. */
export function versionsOf(object: KubeObject): readonly DefinitionVersion[] {
  const spec = object['spec'];
  const versions: unknown = isObject(spec) ? spec['versions'] : undefined;
  return Array.isArray(versions) ? (versions as DefinitionVersion[]) : [];
}

import { defined, isObject } from '../json.ts';
import type { KubeObject } from '../object.ts';
import type { Resource } from '../resources.ts';
import { AGE_COLUMN, builtIn, NAME_COLUMN, selectableMetadata, textColumn } from './built-in.ts';
import { TEXT } from './object-meta.ts';

/** The label every namespace carries, with its own name. */
const NAME_LABEL = 'kubernetes.io/metadata.name';

/** The name of the collection of namespaces in the store. */
export const NAMESPACES = 'namespaces';

/** Namespaces that are there from the start. */
export const INITIAL_NAMESPACES = ['default', 'kube-node-lease', 'kube-public', 'kube-system'] as const;

/** Namespaces that may not be deleted. */
export const IMMORTAL_NAMESPACES: readonly string[] = ['default', 'kube-public', 'kube-system'];

/** `status.phase` of a namespace. */
export function namespacePhase(namespace: KubeObject): string {
  const status = namespace['status'];
  return isObject(status) && typeof status['phase'] === 'string' ? status['phase'] : 'Active';
}

/** `spec.finalizers` of a namespace. */
export function namespaceFinalizers(namespace: KubeObject): readonly string[] {
  const spec = namespace['spec'];
  return isObject(spec) && Array.isArray(spec['finalizers']) ? (spec['finalizers'] as string[]) : [];
}

function withNameLabel(object: KubeObject): KubeObject {
  const { name } = object.metadata;
  // Without a name yet, the object fails validation.
  if (name === undefined) return object;
  return {
    ...object,
    metadata: { ...object.metadata, labels: { ...object.metadata.labels, [NAME_LABEL]: name } },
  };
}

/** core/v1 Namespace. */
export const NAMESPACE: Resource = builtIn({
  group: '',
  version: 'v1',
  plural: NAMESPACES,
  kind: 'Namespace',
  description: 'Namespace provides a scope for names.',
  body: {
    properties: {
      spec: {
        type: 'object',
        'x-vendorplane-zero': {},
        properties: { finalizers: { type: 'array', items: TEXT, 'x-kubernetes-list-type': 'atomic' } },
      },
      status: {
        type: 'object',
        'x-vendorplane-zero': {},
        properties: {
          phase: TEXT,
          conditions: {
            type: 'array',
            'x-kubernetes-list-type': 'map',
            'x-kubernetes-list-map-keys': ['type'],
            'x-kubernetes-patch-strategy': 'merge',
            'x-kubernetes-patch-merge-key': 'type',
            items: {
              type: 'object',
              properties: {
                type: TEXT,
                status: TEXT,
                reason: TEXT,
                message: TEXT,
                lastTransitionTime: { type: 'string', format: 'date-time' },
              },
            },
          },
        },
      },
    },
  },
  columns: [NAME_COLUMN, textColumn('Status', 'The phase of the namespace.', namespacePhase), AGE_COLUMN],
  resource: {
    namespaced: false,
    shortNames: ['ns'],
    verbs: ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'],
    subresources: ['finalize', 'status'],
    nameRule: 'label',
  },
  complete: withNameLabel,
  strategy: {
    prepare(object, old, subresource) {
      const labelled = withNameLabel(object);
      if (old === undefined)
        return { ...labelled, spec: { finalizers: ['kubernetes'] }, status: { phase: 'Active' } };
      if (subresource === 'finalize') {
        const finalizers = namespaceFinalizers(object);
        return { ...labelled, spec: finalizers.length === 0 ? {} : { finalizers }, status: old['status'] };
      }
      return defined({
        ...labelled,
        spec: old['spec'],
        status: subresource === 'status' ? object['status'] : old['status'],
      });
    },
    selectableField: (object, path) =>
      path === 'status.phase' ? namespacePhase(object) : selectableMetadata(object, path),
    unknownField: (path) => `field label not supported: ${path}`,
  },
});

import { invalidValue } from '../field-errors.ts';
import { isObject } from '../json.ts';
import type { KubeObject } from '../object.ts';
import type { Resource } from '../resources.ts';
import type { FieldError } from '../schema/field-error.ts';
import { AGE_COLUMN, builtIn, NAME_COLUMN, textColumn } from './built-in.ts';
import { INT32, MICRO_TIME, TEXT } from './object-meta.ts';

function specOf(lease: KubeObject): Readonly<Record<string, unknown>> {
  return isObject(lease['spec']) ? lease['spec'] : {};
}

function validate(lease: KubeObject): readonly FieldError[] {
  const { leaseDurationSeconds: duration, leaseTransitions: transitions } = specOf(lease);
  const errors: FieldError[] = [];
  if (typeof duration === 'number' && duration <= 0) {
    errors.push(invalidValue('spec.leaseDurationSeconds', duration, 'must be greater than 0'));
  }
  if (typeof transitions === 'number' && transitions < 0) {
    errors.push(invalidValue('spec.leaseTransitions', transitions, 'must be greater than or equal to 0'));
  }
  return errors;
}

/** coordination.k8s.io/v1 Lease. */
export const LEASE: Resource = builtIn({
  group: 'coordination.k8s.io',
  version: 'v1',
  plural: 'leases',
  kind: 'Lease',
  description: 'Lease says who holds a right, and until when.',
  body: {
    properties: {
      spec: {
        type: 'object',
        'x-vendorplane-zero': {},
        properties: {
          holderIdentity: { ...TEXT, description: 'Who holds the lease.' },
          leaseDurationSeconds: { ...INT32, description: 'How long others wait after renewTime.' },
          acquireTime: MICRO_TIME,
          renewTime: MICRO_TIME,
          leaseTransitions: { ...INT32, description: 'How often the holder changed.' },
          preferredHolder: TEXT,
          strategy: TEXT,
        },
      },
    },
  },
  columns: [
    NAME_COLUMN,
    textColumn('Holder', 'Who holds the lease.', (lease) => specOf(lease)['holderIdentity'] ?? ''),
    AGE_COLUMN,
  ],
  resource: { unconditionalUpdate: false, createOnUpdate: true },
  strategy: { validate },
});

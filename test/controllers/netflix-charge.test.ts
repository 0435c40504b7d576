import { expect, test } from 'vitest';
import { chargeConditions } from '../../src/controllers/netflix-charge-feed/charge-conditions.ts';
import { type Condition, conditionFaults } from '../../src/kube/conditions.ts';

const AT = Date.parse('2026-01-02T03:04:05Z');

test.each([
  { standing: 'Recorded', ready: 'False', types: ['Ready'] },
  { standing: 'Acknowledged', ready: 'True', types: ['Ready'] },
  { standing: 'AmountNegative', ready: 'False', types: ['Ready', 'Stalled'] },
  { standing: 'VendorRefused', ready: 'False', types: ['Ready', 'Stalled'] },
] as const)(
  'the conditions of a charge are Ready once the vendor was told, and Stalled where a person must look: $standing',
  ({ standing, ready, types }) => {
    const conditions = chargeConditions(standing, AT).conditions as readonly Condition[];
    expect(conditionFaults(conditions)).toEqual([]);
    expect(conditions.map(({ type }) => type)).toEqual(types);
    expect(conditions[0]).toMatchObject({ status: ready, reason: standing });
  },
);

test('a charge that is written again as it stood keeps the time it stands since', () => {
  const { conditions } = chargeConditions('Recorded', AT);
  const before = {
    metadata: { name: 'nchg-1', uid: 'u', resourceVersion: '1', generation: 2 },
    spec: {
      accountRef: { name: 'operator' },
      number: 'I1',
      billingSystemCustomerIdentifier: 'pci1',
      currency: 'EUR',
      chargeStatus: 'APPROVED',
    },
    status: { conditions },
  } as const;
  expect(chargeConditions('Recorded', AT + 60_000, before).conditions).toEqual([
    { ...conditions[0], observedGeneration: 2 },
  ]);
});

import { describe, expect, test } from 'vitest';
import { VALIDATORS } from '../../src/api/validate.ts';
import { ACCOUNT, CLAIM, CUSTOMER, MANIFESTS, withSpec } from './manifests.ts';

interface Bad {
  readonly why: string;
  readonly object: unknown;
  readonly path: string;
  readonly message: RegExp;
}

const deviceAt = (index: number, device: unknown) => [
  ...Array.from({ length: index }, (_, each) => ({ serialNumber: `S${each}` })),
  device,
];

const BAD: readonly Bad[] = [
  {
    why: 'an unquoted number where an id is asked for',
    object: withSpec(ACCOUNT, {
      googleZeroTouch: { ...ACCOUNT.spec.googleZeroTouch, partnerId: 1234567890 },
    }),
    path: 'spec.googleZeroTouch.partnerId',
    message: /string/,
  },
  {
    why: 'an unknown policy value',
    object: withSpec(ACCOUNT, { mode: 'Dry' }),
    path: 'spec.mode',
    message: /one of Observe, Plan, Enforce/,
  },
  {
    why: 'mode left out: it has no default',
    object: {
      ...ACCOUNT,
      spec: { vendor: 'GoogleZeroTouch', googleZeroTouch: ACCOUNT.spec.googleZeroTouch },
    },
    path: 'spec.mode',
    message: /required/,
  },
  {
    why: 'a misspelt field',
    object: withSpec(ACCOUNT, { guard: { destructiv: { maxItems: 1 } } }),
    path: 'spec.guard.destructiv',
    message: /not a known field/,
  },
  {
    why: 'a duration without a unit',
    object: withSpec(ACCOUNT, { resyncInterval: '60' }),
    path: 'spec.resyncInterval',
    message: /pattern/,
  },
  {
    why: 'more items a request than the journal holds',
    object: withSpec(ACCOUNT, { limits: { itemsPerRequest: 10_001 } }),
    path: 'spec.limits.itemsPerRequest',
    message: /10000/,
  },
  {
    why: 'user and password in an endpoint',
    object: withSpec(ACCOUNT, {
      googleZeroTouch: { ...ACCOUNT.spec.googleZeroTouch, endpoint: 'https://me:secret@vendor.example' },
    }),
    path: 'spec.googleZeroTouch.endpoint',
    message: /pattern/,
  },
  {
    why: 'a digest that is cut',
    object: withSpec(ACCOUNT, { approvedPlans: ['sha256:abc'] }),
    path: 'spec.approvedPlans[0]',
    message: /pattern/,
  },
  {
    why: 'no company name',
    object: { ...CUSTOMER, spec: { accountRef: { name: 'google-emea' } } },
    path: 'spec.companyName',
    message: /required/,
  },
  {
    why: 'an owner that is no mail address',
    object: withSpec(CUSTOMER, { ownerEmails: ['it@acme.example', 'Jane'] }),
    path: 'spec.ownerEmails[1]',
    message: /pattern/,
  },
  {
    why: 'an unquoted IMEI in the middle of a list',
    object: withSpec(CLAIM, { devices: deviceAt(3, { imei: 490154203237518 }) }),
    path: 'spec.devices[3].imei',
    message: /string/,
  },
  {
    why: 'a list from a Secret: only ConfigMaps hold lists',
    object: withSpec(CLAIM, { devicesFrom: [{ secretKeyRef: { name: 'a', key: 'b' } }] }),
    path: 'spec.devicesFrom[0].secretKeyRef',
    message: /not a known field/,
  },
  {
    why: 'another version of the group',
    object: { ...CLAIM, apiVersion: 'vendorplane.dev/v1' },
    path: 'apiVersion',
    message: /vendorplane.dev\/v1alpha1/,
  },
];

describe('a manifest', () => {
  test.each(MANIFESTS)('that is good passes: $kind $metadata.name', (object) => {
    expect(VALIDATORS[object.kind](object)).toEqual([]);
  });

  test.each(BAD)('is refused with the path of the field: $why', ({ object, path, message }) => {
    const { kind } = object as { kind: 'VendorAccount' | 'Customer' | 'DeviceClaim' };
    expect(VALIDATORS[kind](object)).toContainEqual({ path, message: expect.stringMatching(message) });
  });

  test('with two faults is told both', () => {
    const violations = VALIDATORS.DeviceClaim(
      withSpec(CLAIM, { releasePolicy: 'Drop', onVendorRelease: 'Take' }),
    );
    expect(violations.map(({ path }) => path)).toEqual(['spec.releasePolicy', 'spec.onVendorRelease']);
  });

  test('may hold identifiers as a person types them: what is wrong with one fails that device, not the list', () => {
    const devices = [{ imei: '49-015420-323751-8' }, { imei: '490154203237519' }, { imei: '' }];
    expect(VALIDATORS.DeviceClaim(withSpec(CLAIM, { devices }))).toEqual([]);
  });

  test('may have an empty list: that it releases nothing is told in the status', () => {
    expect(VALIDATORS.DeviceClaim(withSpec(CLAIM, { devices: [] }))).toEqual([]);
  });

  test.each([undefined, null, [], 'text'])('that is no object at all is refused: %j', (object) => {
    expect(VALIDATORS.VendorAccount(object).length).toBeGreaterThan(0);
  });
});

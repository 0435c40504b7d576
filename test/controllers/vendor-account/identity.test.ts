import { describe, expect, test } from 'vitest';
import { credentialsOf } from '../../../src/controllers/vendor-account/credentials.ts';
import { loginOf, scopeHash, scopeOf } from '../../../src/controllers/vendor-account/scope.ts';
import { limitsOf, settingsOf } from '../../../src/controllers/vendor-account/settings.ts';
import type { Secret } from '../../../src/kube/resource.ts';
import { servedAccount } from '../support/resources.ts';

const google = (block: object): object => ({
  googleZeroTouch: {
    partnerId: '1234567890',
    endpoint: 'https://vendor.example',
    credentialsSecretRef: { name: 'key' },
    ...block,
  },
});
const scope = (spec: object = {}): string | undefined => scopeOf(servedAccount(spec).spec);
const REF = { credentialsSecretRef: { name: 'key' } };

describe('the vendor scope of an account', () => {
  test.each<[string, object]>([
    ['a slash at the end of the endpoint', google({ endpoint: 'https://vendor.example/' })],
    ['capitals in the endpoint', google({ endpoint: 'https://Vendor.Example' })],
    ['the port of its scheme', google({ endpoint: 'https://vendor.example:443/' })],
    ['another Secret', google({ credentialsSecretRef: { name: 'other' } })],
    ['another mode', { mode: 'Observe' }],
  ])('is the same with %s', (_what, spec) => {
    expect(scope(spec)).toBe(scope());
  });

  test.each<[string, object]>([
    ['another partner', google({ partnerId: '2' })],
    ['another endpoint', google({ endpoint: 'https://other.example' })],
    [
      'another vendor',
      {
        vendor: 'SamsungKnox',
        samsungKnox: { resellerId: '1234567890', endpoint: 'https://vendor.example', ...REF },
      },
    ],
  ])('is another one with %s', (_what, spec) => {
    expect(scope(spec)).not.toBe(scope());
    expect(scopeHash(scope(spec) ?? '')).not.toBe(scopeHash(scope() ?? ''));
  });

  test.each<[string, object, object]>([
    [
      'Samsung',
      { vendor: 'SamsungKnox', samsungKnox: { resellerId: '7', endpoint: 'https://k.example', ...REF } },
      { resellerId: '7' },
    ],
    [
      'CRM.COM with a unit',
      {
        vendor: 'CrmComNetflix',
        crmComNetflix: { organisation: 'o', unit: 'u', endpoint: 'https://c.example', ...REF },
      },
      { organisation: 'o', unit: 'u' },
    ],
    [
      'CRM.COM without',
      {
        vendor: 'CrmComNetflix',
        crmComNetflix: { organisation: 'o', endpoint: 'https://c.example', ...REF },
      },
      { organisation: 'o' },
    ],
    [
      'Verizon',
      { vendor: 'VerizonUws', verizonUws: { accountName: '0252', endpoint: 'https://v.example', ...REF } },
      { accountName: '0252' },
    ],
  ])('of %s stands on its own fields', (_vendor, spec, identity) => {
    expect(loginOf(servedAccount(spec).spec)).toMatchObject({ identity, secretName: 'key' });
  });

  test('is written as ever where the endpoint is, so that what is recorded is found', () => {
    expect(scope()).toBe('GoogleZeroTouch https://vendor.example partnerId=1234567890');
  });

  test('is a short name in labels', () => {
    expect(scopeHash('x')).toMatch(/^[0-9a-f]{12}$/);
  });
});

describe('the settings of an account', () => {
  const DEFAULTS = {
    requestsPerSecond: 8,
    requestsPerDay: 1_000,
    concurrentRequests: 4,
    itemsPerRequest: 50,
  };

  test('the vendor’s limits hold where the spec is silent', () => {
    const { spec } = servedAccount({ limits: { requestsPerSecond: 2 } });
    expect(limitsOf(spec, DEFAULTS)).toEqual({ ...DEFAULTS, requestsPerSecond: 2 });
  });

  test.each([
    ['1h', 3_600_000],
    ['1s', 1_000],
    ['1h30m', 5_400_000],
  ])('a resync interval of %s is %i ms', (resyncInterval, ms) => {
    const { spec } = servedAccount({ resyncInterval });
    expect(settingsOf(spec, DEFAULTS)).toMatchObject({
      resyncIntervalMs: ms,
      concurrentRequests: 4,
      suspended: false,
    });
  });
});

describe('the credentials of an account', () => {
  const secret = (data: Readonly<Record<string, string>>) => ({
    state: 'present' as const,
    object: {
      metadata: { name: 'key', uid: 'u', resourceVersion: '1' },
      data: Object.fromEntries(
        Object.entries(data).map(([key, text]) => [key, Buffer.from(text).toString('base64')]),
      ),
    } as Secret,
  });

  test('are decoded', () => {
    const found = credentialsOf(servedAccount(), 'key', () => secret({ 'key.json': '{"ü":1}' }));
    expect(found).toEqual({ ok: true, value: { credentials: { 'key.json': '{"ü":1}' } } });
  });

  test('a Secret that is absent is named; one that was not read yet is not called absent', () => {
    expect(credentialsOf(servedAccount(), 'key', () => ({ state: 'absent' }))).toMatchObject({
      ok: false,
      reason: 'SecretNotFound',
      message: expect.stringContaining('Secret key does not exist') as unknown,
    });
    expect(credentialsOf(servedAccount(), 'key', () => ({ state: 'unknown' }))).toMatchObject({
      reason: 'SecretNotRead',
    });
  });

  const WITH_CA = servedAccount({ caBundleSecretRef: { name: 'ca' } });

  test('a private authority comes from a Secret of its own', () => {
    const found = credentialsOf(WITH_CA, 'key', (_namespace, name) =>
      secret(name === 'ca' ? { 'ca.crt': 'PEM' } : { k: 'v' }),
    );
    expect(found).toEqual({ ok: true, value: { credentials: { k: 'v' }, caBundle: 'PEM' } });
  });

  test('a private authority that is missing, or has no certificate, is named', () => {
    const absent = credentialsOf(WITH_CA, 'key', (_namespace, name) =>
      name === 'ca' ? { state: 'absent' } : secret({}),
    );
    expect(absent).toMatchObject({
      reason: 'SecretNotFound',
      message: expect.stringContaining('Secret ca') as unknown,
    });
    const empty = credentialsOf(WITH_CA, 'key', () => secret({ k: 'v' }));
    expect(empty).toMatchObject({ reason: 'SecretIncomplete', message: 'Secret ca has no key ca.crt' });
  });
});

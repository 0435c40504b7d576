import { describe, expect, test } from 'vitest';
import { canonicalEndpoint } from '../../src/domain/endpoint.ts';

describe('the spelling of an endpoint', () => {
  test.each([
    ['the port of https', 'https://vendor.example:443'],
    ['capitals', 'https://Vendor.EXAMPLE'],
    ['a slash at the end', 'https://vendor.example/'],
    ['several', 'https://vendor.example//'],
    ['a dot at the end of the host', 'https://vendor.example.'],
    ['all of them', 'https://VENDOR.example.:443/'],
    ['a detour in the path', 'https://vendor.example/a/..'],
  ])('is one whatever it is written with: %s', (_what, endpoint) => {
    expect(canonicalEndpoint(endpoint)).toBe('https://vendor.example');
  });

  test.each([
    ['http://127.0.0.1:80/', 'http://127.0.0.1'],
    ['http://[0:0:0:0:0:0:0:1]:8080', 'http://[::1]:8080'],
    ['https://vendor.example:443/Api/v2/', 'https://vendor.example/api/v2'],
  ])('of %s is %s', (endpoint, canonical) => {
    expect(canonicalEndpoint(endpoint)).toBe(canonical);
  });

  test.each([
    'https://vendor.example',
    'https://vendor.example:8443',
    'https://vendor.example:80',
    'http://vendor.example:443',
    'http://localhost:8080/crm/api',
    'https://androiddeviceprovisioning.googleapis.com',
    'not an address',
  ])('%s stays as it is, and so does what is recorded under it', (endpoint) => {
    expect(canonicalEndpoint(endpoint)).toBe(endpoint);
  });
});

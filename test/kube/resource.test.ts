import { expect, test } from 'vitest';
import { keyOf, refOf } from '../../src/kube/object.ts';
import { CONFIG_MAPS, CUSTOM_RESOURCE_DEFINITIONS, objectPath } from '../../src/kube/resource.ts';

test.each([
  [{ namespace: 'fleet', name: 'a.b-c' }, 'fleet/a.b-c'],
  [{ name: 'fleet' }, 'fleet'],
])('a key leads back to its object: %j', (ref, key) => {
  expect(keyOf(ref)).toBe(key);
  expect(refOf(key)).toEqual(ref);
});

test('paths follow group, scope and subresource, and hold no name that could leave them', () => {
  expect(objectPath(CONFIG_MAPS, { namespace: 'fleet', name: '../x' })).toBe(
    '/api/v1/namespaces/fleet/configmaps/..%2Fx',
  );
  expect(objectPath(CUSTOM_RESOURCE_DEFINITIONS, { name: 'a.b' }, 'status')).toBe(
    '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/a.b/status',
  );
});

import { expect, test } from 'vitest';
import { fieldPath } from '../../src/api/field-path.ts';

test.each([
  ['', undefined, ''],
  ['', 'spec', 'spec'],
  ['/spec', 'mode', 'spec.mode'],
  ['/spec/devices/3', 'imei', 'spec.devices[3].imei'],
  ['/spec/vendorParams/a~1b~0c', undefined, 'spec.vendorParams.a/b~c'],
])('%j with the field %j reads %j', (pointer, field, path) => {
  expect(fieldPath(pointer, field)).toBe(path);
});

import { expect, test } from 'vitest';
import { createDeclarationMemory } from '../../../src/controllers/device-claim/declaration-memory.ts';
import type { Reader } from '../../../src/controllers/lookup.ts';
import type { ConfigMap } from '../../../src/kube/resource.ts';
import { createWorld } from '../../engine/world.ts';
import { imei } from '../../support/fleet.ts';
import { servedClaim } from '../support/resources.ts';

const claim = servedClaim(undefined, {
  devicesFrom: [{ configMapKeyRef: { name: 'list', key: 'devices.csv' } }],
});

function listOf(count: number, resourceVersion: string, uid = 'u'): Reader<ConfigMap> {
  const rows = Array.from({ length: count }, (_, index) => imei(index));
  const data = { 'devices.csv': `imei\n${rows.join('\n')}\n` };
  const metadata = { name: 'list', namespace: 'fleet', uid, resourceVersion };
  return () => ({ state: 'present', object: { metadata, data } });
}

const missing: Reader<ConfigMap> = () => ({ state: 'absent' });

test('lists are read again only when something they rest on has changed', async () => {
  const memory = createDeclarationMemory();
  const first = await memory.lists('fleet/phones', claim, listOf(2, '1'));
  expect(first.items).toHaveLength(2);
  expect(await memory.lists('fleet/phones', claim, listOf(2, '1'))).toBe(first);
  const edited = await memory.lists('fleet/phones', claim, listOf(3, '2'));
  expect(edited.items).toHaveLength(3);
  expect(edited.version).not.toBe(first.version);
});

test.each([
  { why: 'a ConfigMap that is gone', reader: missing, of: claim, incomplete: 'SourceMissing' },
  {
    why: 'a ConfigMap of the same name that is another',
    reader: listOf(0, '1', 'other'),
    of: claim,
    incomplete: 'EmptyList',
  },
  {
    why: 'an edited claim',
    reader: listOf(2, '1'),
    of: {
      ...claim,
      metadata: { ...claim.metadata, generation: 2 },
      spec: { ...claim.spec, devices: [{ imei: '1' }] },
    },
    incomplete: 'RowsRejected',
  },
])('$why is a change', async ({ reader, of, incomplete }) => {
  const memory = createDeclarationMemory();
  const before = await memory.lists('fleet/phones', claim, listOf(2, '1'));
  expect(before.incomplete).toBeUndefined();
  expect((await memory.lists('fleet/phones', of, reader)).incomplete).toBe(incomplete);
});

test('an account is told once, and again after it was made to hold back or is another', () => {
  const memory = createDeclarationMemory();
  const [account, other] = [createWorld().start(), createWorld().start()];
  expect(memory.isNew(account, 'a', 'text')).toBe(true);
  expect(memory.isNew(account, 'a', 'text')).toBe(false);
  expect(memory.isNew(account, 'b', 'text')).toBe(true);
  expect(memory.isNew(other, 'a', 'text')).toBe(true);
  expect(memory.isNew(account, 'a', 'other text')).toBe(true);
  memory.untell(account, 'a');
  expect(memory.isNew(account, 'a', 'other text')).toBe(true);
});

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
  expect(first.count).toBe(2);
  expect(await memory.lists('fleet/phones', claim, listOf(2, '1'))).toBe(first);
  const edited = await memory.lists('fleet/phones', claim, listOf(3, '2'));
  expect(edited.count).toBe(3);
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

test('devices are kept until they are asked for, and then read again', async () => {
  const memory = createDeclarationMemory();
  let looks = 0;
  const counted: Reader<ConfigMap> = (namespace, name) => {
    looks += 1;
    return listOf(2, '1')(namespace, name);
  };
  const lists = await memory.lists('fleet/phones', claim, counted);
  expect(lists.count).toBe(2);
  const looksOfOneRead = looks;
  const first = await memory.devices('fleet/phones', claim, counted);
  expect(first.items).toHaveLength(2);
  // Only whether it changed was looked at.
  expect(looks - looksOfOneRead).toBeLessThan(looksOfOneRead);
  const again = await memory.devices('fleet/phones', claim, listOf(2, '1'));
  expect(again).toEqual(first);
  expect(again.items).not.toBe(first.items);
  // What they come to stays known.
  expect(await memory.lists('fleet/phones', claim, listOf(2, '1'))).toBe(lists);
});

test('an account knows what it was told, until it was made to hold back', () => {
  const memory = createDeclarationMemory();
  const [account, other] = [createWorld().start(), createWorld().start()];
  expect(memory.knows(account, 'a', 'text')).toBe(false);
  memory.tell(account, 'a', 'text');
  expect(memory.knows(account, 'a', 'text')).toBe(true);
  expect(memory.knows(account, 'b', 'text')).toBe(false);
  expect(memory.knows(other, 'a', 'text')).toBe(false);
  expect(memory.knows(account, 'a', 'other text')).toBe(false);
  memory.untell(account, 'a');
  expect(memory.knows(account, 'a', 'text')).toBe(false);
});

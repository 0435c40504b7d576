import { expect, test } from 'vitest';
import { createListMemory } from '../../../src/controllers/lists/memory.ts';
import { LINE_LIST } from '../../../src/controllers/verizon-device-deletion/lines.ts';
import { configMaps, csvOf, METADATA, sourced } from './config-maps.ts';

const listing = { metadata: METADATA, spec: { devicesFrom: sourced('list.csv', 'one') } };
const line = { kind: 'esn', identifier: '12345678901' };
const present = configMaps({ one: { data: { 'list.csv': csvOf(LINE_LIST, [line]) } } });

test('what was read stands until something it rests on changes', async () => {
  const memory = createListMemory(LINE_LIST);
  const first = await memory.read('fleet/old-lines', listing, present);
  expect(first.count).toBe(1);
  expect(await memory.read('fleet/old-lines', listing, present)).toBe(first);
  const other = await memory.read('fleet/others', listing, present);
  expect(other).not.toBe(first);
  const edited = { metadata: { ...METADATA, generation: 2 }, spec: { ...listing.spec, devices: [line] } };
  expect(await memory.read('fleet/old-lines', edited, present)).toMatchObject({ incomplete: 'RowsRejected' });
  expect(await memory.read('fleet/old-lines', edited, configMaps({}))).toMatchObject({
    incomplete: 'SourceMissing',
  });
});

test('what was forgotten is read again', async () => {
  const memory = createListMemory(LINE_LIST);
  const first = await memory.read('fleet/old-lines', listing, present);
  memory.forget('fleet/old-lines');
  const again = await memory.read('fleet/old-lines', listing, present);
  expect(again).toEqual(first);
  expect(again).not.toBe(first);
});

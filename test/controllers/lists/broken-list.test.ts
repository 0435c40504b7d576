import { expect, test } from 'vitest';
import { brokenList } from '../../../src/controllers/lists/broken-list.ts';
import { readLists } from '../../../src/controllers/lists/declared.ts';
import { ESN_LIST } from '../../../src/controllers/netflix-device-registration/esns.ts';
import { type Content, configMaps, csvOf, METADATA, sourced } from './config-maps.ts';

const object = {
  metadata: METADATA,
  spec: { devicesFrom: sourced('list.csv', 'one') },
};

async function standing(contents: Readonly<Record<string, Content>>) {
  const lists = await readLists(ESN_LIST, object, configMaps(contents));
  return brokenList(object, lists, Date.parse('2026-01-01T00:00:00Z'));
}

test('a list that cannot be read says which and what to do', async () => {
  expect(await standing({})).toMatchObject({
    reason: 'SourceMissing',
    message: expect.stringContaining('ConfigMap one does not exist') as unknown,
  });
  expect(await standing({ one: { data: { 'list.csv': 'colour\nred' } } })).toMatchObject({
    is: 'stalled',
    reason: 'SourceUnreadable',
    message: expect.stringMatching(/key list\.csv of ConfigMap one.*"colour"/) as unknown,
  });
});

test('a list with bad rows is not broken: those fail by themselves', async () => {
  const twice = csvOf(ESN_LIST, [{ esn: 'A' }, { esn: 'A' }]);
  expect(await standing({ one: { data: { 'list.csv': twice } } })).toBeUndefined();
});

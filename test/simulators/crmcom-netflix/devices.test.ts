import { describe, expect, test } from 'vitest';
import { type Answer, startWorld, turn, type World } from './world.ts';

const GROUP = { name: 'Demo Operator' };

function call(
  world: World,
  method: 'register' | 'unregister',
  esns: readonly unknown[],
  group: unknown = GROUP,
) {
  return world.post(`netflix/operators/${method}_devices`, {
    group_identifier: group,
    devices: esns.map((esn) => ({ esn })),
  });
}

function failed({ code, data, text }: Answer): readonly unknown[] {
  expect(code, text).toBe('OK');
  return (data as { failed_devices_set?: unknown[] }).failed_devices_set ?? [];
}

async function registeredEsns(world: World): Promise<readonly string[]> {
  const devices = (await world.admin('GET', '/esns')).body as unknown as { esn: string }[];
  return devices.map(({ esn }) => esn);
}

describe('register_devices', () => {
  test('registers devices; one that is registered already fails without a reason', async () => {
    await using world = await startWorld();
    expect(failed(await call(world, 'register', ['A', 'B']))).toEqual([]);
    expect((await call(world, 'register', ['B', 'C'])).data).toEqual({ failed_devices_set: [{ esn: 'B' }] });
    expect(await registeredEsns(world)).toEqual(['A', 'B', 'C']);
  });

  test('fails the second of two alike, and nothing at all for a repeat where the knob says so', async () => {
    await using world = await startWorld();
    expect(failed(await call(world, 'register', ['A', 'A']))).toEqual([{ esn: 'A' }]);
    await turn(world, { repeatedDevice: 'ok' });
    expect(failed(await call(world, 'register', ['A']))).toEqual([]);
    const counters = (await world.admin('GET', '/counters')).body;
    expect(counters['devices.register']).toEqual({ requests: 2, effects: 1 });
  });

  test('fails another operator’s device, whatever the knob says', async () => {
    await using world = await startWorld({ knobs: { repeatedDevice: 'ok' } });
    const { id } = (await world.admin('POST', '/operators', { name: 'Other' })).body;
    await world.admin('POST', '/esns', { esns: ['A'], operatorId: id });
    expect(failed(await call(world, 'register', ['A']))).toEqual([{ esn: 'A' }]);
    expect(failed(await call(world, 'unregister', ['A']))).toEqual([{ esn: 'A' }]);
    expect((await world.admin('GET', `/esns?operatorId=${String(id)}`)).body).toHaveLength(1);
    expect((await world.admin('GET', '/esns?operatorId=1')).body).toHaveLength(0);
  });
});

describe('unregister_devices', () => {
  test('unregisters devices; one that is not registered fails without a reason', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/esns', { esns: ['A', 'B', 'C'] });
    await world.admin('DELETE', '/esns', { esns: ['C'] });
    expect(failed(await call(world, 'unregister', ['A', 'C']))).toEqual([{ esn: 'C' }]);
    expect(await registeredEsns(world)).toEqual(['B']);
  });
});

describe.each(['register', 'unregister'] as const)('%s_devices', (method) => {
  test('takes 1000 devices and refuses 1001 as a whole', async () => {
    await using world = await startWorld();
    const esns = Array.from({ length: 1_001 }, (_, index) => `ESN${index}`);
    if (method === 'unregister') await world.admin('POST', '/esns', { esns });
    const before = await registeredEsns(world);
    expect((await call(world, method, esns)).code).toBe('LIMIT_EXCEEDED');
    expect(await registeredEsns(world)).toEqual(before);
    expect(failed(await call(world, method, esns.slice(1)))).toEqual([]);
    expect(await registeredEsns(world)).toHaveLength(method === 'register' ? 1_000 : 1);
  });

  test.each([
    ['no devices', []],
    ['an empty ESN', ['A', '']],
    ['an ESN that is no text', ['A', 7]],
  ])('refuses %s as a whole', async (_, esns) => {
    await using world = await startWorld();
    await world.admin('POST', '/esns', { esns: ['B'] });
    expect((await call(world, method, esns)).code).toBe('INVALID_PARAMETER');
    expect(await registeredEsns(world)).toEqual(['B']);
  });

  test.each([
    ['its name', { name: 'Demo Operator' }, 'OK'],
    ['its id', { id: '1' }, 'OK'],
    ['an alternative code it does not have', { alternative_code: 'DEMO' }, 'NOT_FOUND'],
    ['a name nobody has', { name: 'Nobody' }, 'NOT_FOUND'],
    ['another operator', { name: 'Other' }, 'NOT_FOUND'],
    ['no key', {}, 'INVALID_PARAMETER'],
    ['two keys', { id: '1', name: 'Demo Operator' }, 'INVALID_PARAMETER'],
    ['a key it does not have', { code: '1' }, 'INVALID_PARAMETER'],
    ['nothing', undefined, 'INVALID_PARAMETER'],
    ['a text', 'Demo Operator', 'INVALID_PARAMETER'],
  ])('with a group named by %s', async (_, group, code) => {
    await using world = await startWorld();
    await world.admin('POST', '/operators', { name: 'Other', alternativeCode: 'DEMO' });
    // Passed apart from the default, which stands in for undefined.
    const answer = await world.post(`netflix/operators/${method}_devices`, {
      group_identifier: group,
      devices: [{ esn: 'A' }],
    });
    expect(answer.code).toBe(code);
  });

  test('without a group means the caller’s where the knob says so', async () => {
    await using world = await startWorld({ knobs: { missingGroup: 'callers_group' } });
    const answer = await world.post(`netflix/operators/${method}_devices`, { devices: [{ esn: 'A' }] });
    expect(answer.code).toBe('OK');
  });

  test('finds the caller’s group by its alternative code', async () => {
    await using world = await startWorld();
    const { id } = (await world.admin('POST', '/operators', { name: 'Other', alternativeCode: 'OT' })).body;
    await world.admin('POST', '/tokens', { token: 'theirs', operatorId: id });
    const answer = await world.post(`netflix/operators/${method}_devices`, {
      token: 'theirs',
      group_identifier: { alternative_code: 'OT' },
      devices: [{ esn: 'A' }],
    });
    expect(answer.code).toBe('OK');
  });
});

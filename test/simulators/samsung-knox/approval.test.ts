import { describe, expect, test } from 'vitest';
import { devices, IMEIS, run, startWorld, type World } from './world.ts';

const [PHONE, SECOND] = IMEIS;

async function states(world: World): Promise<unknown[]> {
  return (await devices(world)).map(({ state }) => state);
}

describe('the customer’s approval', () => {
  test('by hand: all that wait, or those named', async () => {
    await using world = await startWorld({ approval: 'manual' });
    await run(world, 'upload', [PHONE, SECOND]);
    await world.advance(500_000);
    expect(await states(world)).toEqual(['Pending', 'Pending']);
    await world.admin('POST', '/customers/4001/approve', { devices: [SECOND] });
    expect(await states(world)).toEqual(['Pending', 'Verified']);
    expect((await world.admin('POST', '/customers/4001/approve')).body['devices']).toHaveLength(1);
    expect(await states(world)).toEqual(['Verified', 'Verified']);
  });

  test('by itself after a time', async () => {
    await using world = await startWorld({ approval: { afterMs: 30_000 } });
    await run(world, 'upload', [PHONE]);
    expect(await states(world)).toEqual(['Pending']);
    await world.advance(22_000);
    expect(await states(world)).toEqual(['Verified']);
  });

  test('never: not even by hand', async () => {
    await using world = await startWorld({ approval: 'never' });
    await run(world, 'upload', [PHONE]);
    expect((await world.admin('POST', '/customers/4001/approve')).status).toBe(409);
    expect(await states(world)).toEqual(['Pending']);
  });

  test('one customer may differ from the knob', async () => {
    await using world = await startWorld({ approval: { afterMs: 0 } });
    await world.admin('PATCH', '/customers/4001', { approval: 'manual' });
    await run(world, 'upload', [PHONE]);
    await run(world, 'upload', [SECOND], { customerId: '4002' });
    expect(await states(world)).toEqual(['Pending', 'Verified']);
  });

  test('a rejected device vanishes, and can be uploaded again', async () => {
    await using world = await startWorld();
    await run(world, 'upload', [PHONE, SECOND]);
    await world.admin('POST', '/customers/4001/reject', { devices: [PHONE] });
    expect(await devices(world)).toMatchObject([{ mei: SECOND }]);
    await run(world, 'upload', [PHONE]);
    expect(await states(world)).toEqual(['Pending', 'Pending']);
  });

  test('what does not wait for this customer cannot be decided by it', async () => {
    await using world = await startWorld();
    await run(world, 'upload', [PHONE]);
    const named = { devices: [PHONE] };
    expect((await world.admin('POST', '/customers/4002/approve', named)).status).toBe(409);
    await world.admin('POST', '/customers/4001/approve');
    expect((await world.admin('POST', '/customers/4001/reject', named)).status).toBe(409);
    expect((await world.admin('POST', '/customers/4001/approve', { devices: [SECOND] })).status).toBe(404);
    expect((await world.admin('POST', '/customers/4009/approve')).status).toBe(404);
  });

  test.each(['later', { afterMs: -1 }, 5])('the knob refuses %j', async (approval) => {
    await using world = await startWorld();
    expect((await world.admin('PATCH', '/customers/4001', { approval })).status).toBe(400);
  });
});

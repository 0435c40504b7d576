import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { BASE, customer, ledger, send, startWorld, type World } from './world.ts';

/** The examples are of 2017; each test says at which moment the vendor answered. */
function at(iso: string) {
  return { clock: { now: () => Date.parse(iso) } };
}

function golden(name: string): string {
  return readFileSync(new URL(`../../golden/crmcom-netflix/documents/${name}`, import.meta.url), 'utf8');
}

/** A reply on one line, its members in the order of the document. */
function printed(name: string): string {
  return JSON.stringify(JSON.parse(golden(name)));
}

/** Sends a printed request, its printed token made good before. */
async function sendPrinted(world: World, path: string, body: string) {
  const [, token] = /"token"\s*:\s*"([^"]+)"/.exec(body) ?? [];
  await world.admin('POST', '/tokens', { token });
  return send(world.url + BASE + path, 'POST', body);
}

async function addPromotions(world: World): Promise<void> {
  await world.admin('POST', '/promotions', {
    promotions: [
      { code: '14', name: 'Test', effectiveFrom: '2017-01-01T00:00:00+02:00' },
      { code: '15', name: 'Test_2', effectiveFrom: '2017-02-01T00:00:00+02:00' },
    ],
  });
}

describe('the vendor’s own examples', () => {
  test('promotions/list answers as printed', async () => {
    await using world = await startWorld(at('2017-02-01T12:00:00+02:00'));
    await addPromotions(world);
    expect((await world.get('netflix/promotions/list')).text).toBe(printed('promotions-list.reply.json'));
  });

  test('subscriptions/show answers as printed', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/subscribers', { customer: 'pci93', subscriptionNumber: '93' });
    const answer = await world.get('netflix/subscriptions/show', customer('pci93'));
    expect(answer.text).toBe(printed('subscriptions-show.reply.json'));
  });

  test('subscriptions/create refuses the printed request: it is not JSON', async () => {
    await using world = await startWorld(at('2017-02-01T18:11:54+02:00'));
    await addPromotions(world);
    const answer = await sendPrinted(
      world,
      'netflix/subscriptions/create',
      golden('subscriptions-create.request.txt'),
    );
    expect(answer.status).toBe(400);
    expect(answer.code).toBeUndefined();
    expect(await ledger(world, '?mutating=true')).toMatchObject([{ status: 400 }]);
    expect((await world.admin('GET', '/subscribers')).body).toEqual([]);
  });

  test('subscriptions/create accepts it without the stray comma, and answers as printed', async () => {
    await using world = await startWorld(at('2017-02-01T18:11:54+02:00'));
    await addPromotions(world);
    const state = (await world.admin('GET', '/state')).body;
    const ids = { ...(state['ids'] as object), lastSubscription: 3565 };
    await world.admin('PUT', '/state', { ...state, ids });
    const mended = golden('subscriptions-create.request.txt').replace('Kyriacou",', 'Kyriacou"');
    const answer = await sendPrinted(world, 'netflix/subscriptions/create', mended);
    const { netflix_token: token } = answer.data as Record<string, string>;
    expect(token).toMatch(/^[0-9a-f]{32}$/);
    // The token is drawn by chance; everything else is as printed.
    expect(answer.text.replace(String(token), 'faa718658f9f4dbe84d73dc1030d31cd')).toBe(
      printed('subscriptions-create.reply.json'),
    );
  });

  test.each([
    ['suspend', 'effective'],
    ['unsuspend', 'suspended'],
    ['cancel', 'effective'],
  ])('subscriptions/%s of a subscription that is %s', async (action, state) => {
    await using world = await startWorld();
    await world.admin('POST', '/subscribers', { customer: 'pci123', state });
    const body = golden(`subscriptions-${action}.request.json`);
    const answer = await sendPrinted(world, `netflix/subscriptions/${action}`, body);
    expect(answer.text).toBe(printed(`subscriptions-${action}.reply.json`));
  });

  test('charges/list answers as printed, float noise and contradictions included', async () => {
    await using world = await startWorld();
    await world.admin('POST', '/charges/contradictory', {});
    const query = { number_of_results: '50', charge_status: 'NOT_PROCESSED', offset: '0' };
    const answer = await world.get('netflix/charges/list', query);
    expect(answer.text).toBe(printed('charges-list.reply.json'));
  });

  test('charges/acknowledge takes the printed token in its lifetime, and answers as printed', async () => {
    await using world = await startWorld(at('2017-02-28T15:00:00Z'));
    await world.admin('POST', '/charges', {
      customer: 'somebody else',
      amount: 5.99,
      number: 'I00002707',
      status: 'APPROVED',
    });
    const body = golden('charges-acknowledge.request.json');
    const answer = await sendPrinted(world, 'netflix/charges/acknowledge', body);
    expect(answer.text).toBe(printed('charges-acknowledge.reply.json'));
  });
});

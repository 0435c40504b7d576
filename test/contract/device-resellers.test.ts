import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DesiredDevice, DeviceRow } from '../../src/domain/device/facts.ts';
import type { DeviceIdentity } from '../../src/domain/device/identity.ts';
import type { Verb } from '../../src/domain/item.ts';
import type { ItemOutcome, Submission } from '../../src/ports/writer.ts';
import { bePatient } from '../support/patience.ts';
import { ACME, GLOBEX, SETTLED_MS, VENDORS, value, WANTED, type World } from './vendors.ts';

/**
 * What every device reseller's adapter keeps, whichever vendor is behind it: the same suite for all of them, each
 * against its simulator over real HTTP. Differences stand in the table of vendors and nowhere else.
 */

bePatient();

const { signal } = new AbortController();

describe.each(VENDORS)('$name', (vendor) => {
  const [first, second, third] = vendor.phones;
  let world: World;
  let requests = 0;

  beforeEach(async () => {
    world = await vendor.start();
  });
  afterEach(() => world.close());

  function send(verb: Verb, identities: readonly DeviceIdentity[], over: Partial<DesiredDevice> = {}) {
    return sendAs(verb, identities, { ...WANTED, ...over });
  }

  function sendAs(verb: Verb, identities: readonly DeviceIdentity[], desired: DesiredDevice) {
    const writer = world.adapter.devices?.writer;
    const items = identities.map((subject) => ({ key: world.keyOf(subject), subject, desired }));
    const [item] = items;
    if (writer === undefined || item === undefined) throw new Error('nothing to send');
    requests += 1;
    const request = { verb, partition: writer.partition(verb, item), requestKey: `rk-${requests}`, items };
    return writer.send(request, signal);
  }

  async function follow(submission: Submission, identities: readonly DeviceIdentity[]) {
    if (submission.is !== 'accepted') throw new Error('it was not accepted');
    const keys = identities.map((identity) => world.keyOf(identity));
    const poll = async (id: string) => value(await world.adapter.devices?.poller?.poll(id, keys, signal));
    world.clock.advance(SETTLED_MS);
    const outcomes: ItemOutcome[] = [];
    for (const id of submission.operationIds) {
      const progress = await poll(id);
      if (progress.is !== 'finished') throw new Error('it was not finished');
      outcomes.push(...progress.outcomes);
    }
    return outcomes;
  }

  /** Sends, lets the time pass, and follows it to the end. */
  async function carryOut(
    verb: Verb,
    identities: readonly DeviceIdentity[],
    over: Partial<DesiredDevice> = {},
  ) {
    return follow(value(await send(verb, identities, over)), identities);
  }

  async function listed(companyId = ACME): Promise<readonly DeviceRow[]> {
    const rows: DeviceRow[] = [];
    let cursor: string | undefined;
    do {
      const page = value(await world.adapter.devices?.sets?.readPage(companyId, cursor, signal));
      rows.push(...page.rows);
      cursor = page.next;
    } while (cursor !== undefined);
    return rows;
  }

  const readPage = (cursor?: string) => world.adapter.devices?.sets?.readPage(ACME, cursor, signal);
  const imeis = (rows: readonly DeviceRow[]) => rows.map(({ identity }) => identity.imei ?? '').sort();

  describe('claiming', () => {
    test('many devices is one operation, and each is then listed at its customer', async () => {
      const submission = value(await send('claim', [first, second, third]));
      expect(submission).toMatchObject({ is: 'accepted', operationIds: [expect.any(String)] });
      expect(await follow(submission, vendor.phones)).toEqual(
        vendor.phones.map((identity) => ({ key: world.keyOf(identity) })),
      );
      const rows = await listed();
      expect(imeis(rows)).toEqual(imeis(vendor.phones.map((identity) => ({ identity, observed: {} }))));
      expect(rows.every(({ observed }) => observed.companyId === ACME)).toBe(true);
    });

    test('an operation that is not finished is running', async () => {
      const submission = value(await send('claim', [first]));
      if (submission.is !== 'accepted') throw new Error('it was not accepted');
      world.clock.advance(1_000);
      const [id = ''] = submission.operationIds;
      const polled = await world.adapter.devices?.poller?.poll(id, [world.keyOf(first)], signal);
      expect(value(polled)).toEqual({ is: 'running' });
    });

    test('one device alone goes the same way', async () => {
      expect(await carryOut('claim', [first])).toEqual([{ key: world.keyOf(first) }]);
      expect(await listed()).toHaveLength(1);
    });

    test('a device by its serial number is listed under the key it was declared under', async () => {
      await carryOut('claim', [vendor.tablet]);
      const [row] = await listed();
      expect(row && world.keyOf(row.identity)).toBe(world.keyOf(vendor.tablet));
    });

    test('one that the vendor refuses fails alone, with its code', async () => {
      const outcomes = await carryOut('claim', [vendor.refused.identity, first]);
      const failure = { code: vendor.refused.code, kind: 'invalid' };
      expect(outcomes).toMatchObject([
        { key: world.keyOf(vendor.refused.identity), failure },
        { key: world.keyOf(first) },
      ]);
      expect(outcomes[1]).not.toHaveProperty('failure');
      expect(imeis(await listed())).toEqual([first.imei]);
    });

    test.each([
      ['another reseller', '9000000009', '9999999999'],
      ['another customer of ours', GLOBEX, undefined],
    ] as const)('one that %s holds is held by other', async (_who, customerId, resellerId) => {
      await world.hold(first, customerId, resellerId);
      expect(await carryOut('claim', [first, second])).toMatchObject([
        { key: world.keyOf(first), failure: { code: 'HELD_BY_OTHER', kind: 'heldByOther' } },
        { key: world.keyOf(second) },
      ]);
      expect(imeis(await listed())).toEqual([second.imei]);
    });

    test(`a second time for the same customer ${vendor.claimedAgain}, and it stays there`, async () => {
      await carryOut('claim', [first]);
      const [outcome] = await carryOut('claim', [first]);
      if (vendor.claimedAgain === 'succeeds') expect(outcome).toEqual({ key: world.keyOf(first) });
      else expect(outcome).toMatchObject({ failure: { kind: 'heldByOther', unproven: true } });
      expect(imeis(await listed())).toEqual([first.imei]);
    });

    test('what some of a batch meet does not touch the others', async () => {
      await world.fault({ fault: 'partialFailure', ratio: 0.5 }, 'claim');
      const outcomes = await carryOut('claim', [first, second, third]);
      expect(outcomes.map(({ key }) => key)).toEqual(vendor.phones.map((identity) => world.keyOf(identity)));
      const claimed = outcomes.filter(({ failure }) => failure === undefined);
      expect(await listed()).toHaveLength(claimed.length);
    });
  });

  describe(`a customer that ${vendor.approves ? 'has to approve' : 'need not approve'}`, () => {
    test('finds its devices in force when they are', async () => {
      await carryOut('claim', [first]);
      const waits = vendor.approves ? 'awaitingCustomer' : undefined;
      expect((await listed())[0]?.observed.standing).toBe(waits);
      expect(world.adapter.devices?.writer?.verbs.claim?.awaitsCustomer).toBe(vendor.approves || undefined);
      await world.approve(ACME);
      expect((await listed())[0]?.observed.standing).toBeUndefined();
    });
  });

  describe('an order number', () => {
    const ordersOf = async () =>
      (await listed()).map(({ observed }) => observed.orderNumber).sort((a = '', b = '') => (a < b ? -1 : 1));

    test.runIf(vendor.tellsOrderNumbers)(
      'is listed, and changed and taken away without another claim',
      async () => {
        await carryOut('claim', [first, second]);
        expect(await ordersOf()).toEqual(['PO-4711', 'PO-4711']);
        expect(await carryOut('updateMetadata', [first], { orderNumber: 'PO-2' })).toEqual([
          { key: world.keyOf(first) },
        ]);
        expect(await ordersOf()).toEqual(['PO-2', 'PO-4711']);
        const { orderNumber: _, ...none } = WANTED;
        await follow(value(await sendAs('updateMetadata', [first], none)), [first]);
        // None is a word of the vendor, too, and not its silence.
        expect(await ordersOf()).toEqual(['', 'PO-4711']);
      },
    );

    test.runIf(!vendor.tellsOrderNumbers)(
      'is not listed, which is no sign that there is none, and cannot be changed',
      async () => {
        await carryOut('claim', [first]);
        expect(await ordersOf()).toEqual([undefined]);
        expect(world.adapter.devices?.writer?.verbs).not.toHaveProperty('updateMetadata');
      },
    );
  });

  describe('releasing', () => {
    test('lets go of a device, and of one that is not held says so', async () => {
      await carryOut('claim', [first]);
      expect(await carryOut('unclaim', [first, second])).toMatchObject([
        { key: world.keyOf(first) },
        { key: world.keyOf(second), failure: { code: 'NOT_HELD', kind: 'heldByOther' } },
      ]);
      expect(await listed()).toEqual([]);
    });

    test('and claiming it elsewhere is how a device moves', async () => {
      await carryOut('claim', [first]);
      await carryOut('unclaim', [first]);
      expect(await carryOut('claim', [first], { companyId: GLOBEX })).toEqual([{ key: world.keyOf(first) }]);
      expect(await listed()).toEqual([]);
      expect(imeis(await listed(GLOBEX))).toEqual([first.imei]);
    });

    test('the old device and claiming the new one is how one is exchanged', async () => {
      await carryOut('claim', [first]);
      await carryOut('unclaim', [first]);
      await carryOut('claim', [second]);
      expect(imeis(await listed())).toEqual([second.imei]);
    });

    test('by the customer is seen in the list', async () => {
      await carryOut('claim', [first, second]);
      await world.letGo(first);
      expect(imeis(await listed())).toEqual([second.imei]);
    });
  });

  describe('what is refused before the vendor is asked', () => {
    test.each(vendor.incomplete)('%s', (_why, identity, code) => {
      expect(world.adapter.devices?.check(identity)).toMatchObject({ code, kind: 'invalid' });
    });

    test('what the vendor needs is enough', () => {
      for (const identity of [...vendor.phones, vendor.tablet]) {
        expect(world.adapter.devices?.check(identity)).toBeUndefined();
      }
    });

    test('a verb that devices do not have', async () => {
      expect(await send('createCompany', [first])).toMatchObject({
        failure: { kind: 'rejected', code: 'NOT_IMPLEMENTED' },
      });
    });
  });

  describe('a list', () => {
    test('longer than a page is read to its end, every device once', async () => {
      const size = world.adapter.devices?.sets?.pageSize ?? 0;
      await world.admin('POST', '/devices/generate', { count: 2 * size + 3, customerId: ACME });
      const rows = await listed();
      expect(rows).toHaveLength(2 * size + 3);
      expect(new Set(imeis(rows)).size).toBe(2 * size + 3);
    });

    test('says how many there are, so that a short page does not pass', async () => {
      await world.admin('POST', '/devices/generate', { count: 3, customerId: ACME });
      await world.fault({ fault: 'shortRead' }, 'devices');
      const page = value(await readPage());
      expect(page.rows.length).toBeLessThan(3);
      expect(page.total).toBe(3);
    });

    test('of nothing is an honest empty page', async () => {
      expect(value(await readPage())).toEqual({ rows: [], total: 0 });
    });

    test('whose next page has gone is to be read again', async () => {
      const size = world.adapter.devices?.sets?.pageSize ?? 0;
      await world.admin('POST', '/devices/generate', { count: size + 1, customerId: ACME });
      const { next } = value(await readPage());
      await world.fault({ fault: 'pageTokenInvalidated' }, 'devices');
      expect(await readPage(next)).toMatchObject({
        failure: { kind: 'transient', code: 'INVALID_PAGE_TOKEN' },
      });
    });
  });

  describe('companies', () => {
    const companies = async () => value(await world.adapter.companies?.sets?.readPage('', undefined, signal));

    test('are listed with ids that are strings', async () => {
      const { rows, total } = await companies();
      expect(rows.map(({ companyId, companyName }) => [companyId, companyName])).toEqual([
        [ACME, 'Acme GmbH'],
        [GLOBEX, 'Globex'],
      ]);
      expect(total).toBe(2);
    });

    test('are created once, are never created again by themselves, and are listed then', async () => {
      const company = {
        companyName: 'New AG',
        adoption: 'AdoptOrCreate',
        ownerEmails: ['it@new.example'],
        contact: { firstName: 'Ada', lastName: 'New', country: 'DE' },
      } as const;
      const writer = world.adapter.companies?.writer;
      const item = { key: 'name:New AG', subject: company, desired: company };
      const partition = writer?.partition('createCompany', item) ?? {};
      const sent = await writer?.send(
        { verb: 'createCompany', partition, requestKey: 'rk-new', items: [item] },
        signal,
      );
      expect(writer?.verbs.createCompany).toMatchObject({ repeat: 'never', effect: 'creation' });
      expect(value(sent)).toMatchObject({ is: 'answered', outcomes: [{ key: 'name:New AG' }] });
      expect((await companies()).rows.map(({ companyName }) => companyName)).toContain('New AG');
    });
  });

  describe('a reply that goes wrong', () => {
    test.each([
      ['the connection drops', { fault: 'dropAfterEffect' }],
      ['the server fails', { fault: 'errorAfterEffect' }],
      ['a page of HTML comes', { fault: 'html', status: 200 }],
      ['it is cut off', { fault: 'truncatedJson' }],
    ])('after the effect, %s: the outcome is unknown, and reading shows it', async (_what, fault) => {
      await world.fault(fault, 'claim');
      expect(await send('claim', [first])).toMatchObject({ failure: { kind: 'unknownOutcome' } });
      world.clock.advance(SETTLED_MS);
      expect(imeis(await listed())).toEqual([first.imei]);
    });

    test.each([
      ['the connection drops', { fault: 'dropBeforeEffect' }],
      ['the server fails', { fault: 'errorBeforeEffect' }],
    ])(
      'before the effect, %s: the outcome of a write is unknown, a read is tried again',
      async (_what, fault) => {
        await world.fault(fault, 'claim');
        expect(await send('claim', [first])).toMatchObject({ failure: { kind: 'unknownOutcome' } });
        await world.fault(fault, 'devices');
        expect(await readPage()).toMatchObject({ failure: { kind: 'transient' } });
        world.clock.advance(SETTLED_MS);
        expect(await listed()).toEqual([]);
      },
    );

    test.each([
      ['a page of HTML', { fault: 'html', status: 200 }],
      ['another shape', { fault: 'wrongShape', body: { hello: 'world' } }],
      ['half a reply', { fault: 'truncatedJson' }],
    ])('%s is never an empty world', async (_what, fault) => {
      await world.fault(fault, 'devices');
      expect(await readPage()).toMatchObject({ failure: { kind: 'transient', code: 'INVALID_REPLY' } });
    });

    test('an operation that the vendor does not show is not found', async () => {
      const submission = value(await send('claim', [first]));
      if (submission.is !== 'accepted') throw new Error('it was not accepted');
      await world.fault({ fault: 'operationDisappears' }, 'operation');
      const [id = ''] = submission.operationIds;
      const polled = world.adapter.devices?.poller?.poll(id, [world.keyOf(first)], signal);
      expect(await polled).toMatchObject({ failure: { kind: 'notFound' } });
    });
  });

  describe('access', () => {
    test('a spent quota pauses the whole scope, and nothing is sent meanwhile', async () => {
      await world.fault({ fault: 'tooManyRequests', retryAfterSeconds: 7 }, 'devices');
      expect(await readPage()).toMatchObject({ failure: { kind: 'throttled', retryAfterMs: 7_000 } });
      expect(await send('claim', [first])).toMatchObject({
        failure: { kind: 'throttled', code: 'VENDOR_PAUSE' },
      });
      world.clock.advance(7_000);
      value(await readPage());
    });

    test('a token that expires in use is renewed once, unseen', async () => {
      value(await readPage());
      await world.fault({ fault: 'expireTokens' }, 'claim');
      expect(value(await send('claim', [first])).is).toBe('accepted');
    });

    test('credentials that are revoked in use are refused, and are left alone for a while', async () => {
      value(await readPage());
      await world.revoke();
      expect(await readPage()).toMatchObject({ failure: { kind: 'unauthorized' } });
      const before = ((await world.admin('GET', '/ledger')) as readonly unknown[]).length;
      expect(await readPage()).toMatchObject({ failure: { kind: 'unauthorized' } });
      expect(((await world.admin('GET', '/ledger')) as readonly unknown[]).length).toBe(before);
    });
  });

  test('reading changes nothing at the vendor', async () => {
    await listed();
    value(await world.adapter.companies?.sets?.readPage('', undefined, signal));
    expect(await world.admin('GET', '/ledger?mutating=true')).toEqual([]);
  });

  test('a request never carries more than the library’s ceiling, whatever the account allows', () => {
    const limits = { ...vendor.factory.defaultLimits, itemsPerRequest: 1_000_000 };
    const { verbs } = world.open({ limits }).devices?.writer ?? {};
    expect(verbs?.claim?.maxItemsPerCall).toBe(100_000);
    expect(verbs?.unclaim).toMatchObject({ maxItemsPerCall: 100_000, effect: 'destructive' });
  });
});

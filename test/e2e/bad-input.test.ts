import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claim, customer, googleAccount, imei, phones } from '../support/fleet.ts';
import { describeWithKubectl } from '../support/kubectl.ts';
import { bePatient } from '../support/patience.ts';
import { held, startFleet } from '../support/scenes.ts';
import { condition, eventually, reasonOf, type Scene, type Stage, startStage } from '../support/stage.ts';

bePatient();

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
  stage.startController();
});

afterAll(async () => {
  const faults = stage.faults();
  await stage.close();
  expect(faults).toEqual([]);
});

describeWithKubectl('a manifest that is wrong is refused by kubectl apply, with the field path', () => {
  const account = googleAccount('https://vendor.example');
  const phone = { imei: imei(0), manufacturer: 'Google' };
  let scene: Scene;

  beforeAll(async () => {
    scene = await stage.scene('refused');
  });

  test.each([
    [
      'a field nobody knows',
      { ...account, spec: { ...account.spec, mood: 'sunny' } },
      /unknown field "spec\.mood"/,
    ],
    [
      'a field nobody knows, deep down',
      claim('c', [{ ...phone, colour: 'red' }]),
      /unknown field "spec\.devices\[0\]\.colour"/,
    ],
    [
      'a number where a string belongs',
      claim('c', [{ imei: 490154203237518 }]),
      /spec\.devices\[0\]\.imei.*string/,
    ],
    [
      'a string where a list belongs',
      { ...claim('c', []), spec: { customerRef: { name: 'acme' }, devices: 'all' } },
      /spec\.devices.*array/,
    ],
    [
      'a policy value that does not exist',
      claim('c', [phone], { releasePolicy: 'Delete' }),
      /spec\.releasePolicy: Unsupported value: "Delete"/,
    ],
    [
      'a mode in the wrong case',
      googleAccount('https://vendor.example', { mode: 'enforce' }),
      /spec\.mode: Unsupported value: "enforce"/,
    ],
    [
      'no mode at all',
      { ...account, spec: { ...account.spec, mode: undefined } },
      /spec\.mode: Required value/,
    ],
    [
      'the block of another vendor',
      googleAccount('https://vendor.example', { vendor: 'SamsungKnox' }),
      /spec\.samsungKnox/,
    ],
    [
      'credentials in the clear',
      googleAccount('http://vendor.example'),
      /spec\.googleZeroTouch\.endpoint.*https/,
    ],
    [
      'more devices than one manifest may hold',
      claim('c', phones(0, 1_001)),
      /spec\.devices: .*at most 1,000 .*devicesFrom/,
    ],
  ])('%s', async (_what, manifest, says) => {
    const run = await scene.kubectlApply(JSON.stringify(manifest));
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(says);
  });

  test('a reference that is changed', async () => {
    await scene.apply(claim('fixed', [phone]));
    const run = await scene.kubectlApply(
      JSON.stringify(claim('fixed', [phone], { customerRef: { name: 'globex' } })),
    );
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(/spec\.customerRef.*immutable/);
  });
});

describe.concurrent('what is missing is named, and heals by itself when it appears', () => {
  test('a Secret', async () => {
    const scene = await stage.scene('no-secret');
    await scene.apply(googleAccount(scene.vendor.url), customer('acme'), claim('phones', phones(0, 1)));
    const account = await scene.until(
      'VendorAccount',
      'google',
      'without its Secret',
      (object) => reasonOf(object) === 'SecretNotFound',
    );
    expect(condition(account)?.message).toContain('Secret google-key does not exist');
    expect(condition(account, 'Reconciling')).toBeDefined();
    const waiting = await scene.until(
      'DeviceClaim',
      'phones',
      'waiting',
      (object) => condition(object)?.message.includes('google-key') === true,
    );
    expect(waiting.status?.['devices']).toMatchObject({ desired: 1, pending: 1 });
    await scene.secret(await scene.vendor.issueKey());
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    await scene.settled('VendorAccount', 'google', 'Connected');
  });

  test('a Customer', async () => {
    const scene = await stage.scene('no-customer');
    await scene.secret(await scene.vendor.issueKey());
    await scene.apply(googleAccount(scene.vendor.url), claim('phones', phones(0, 1)));
    const waiting = await scene.until(
      'DeviceClaim',
      'phones',
      'without its Customer',
      (object) => reasonOf(object) === 'CustomerNotFound',
    );
    expect(condition(waiting)?.message).toContain('Customer acme does not exist');
    expect(condition(waiting, 'Reconciling')).toBeDefined();
    await scene.apply(customer('acme'));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
  });

  test('a VendorAccount', async () => {
    const scene = await stage.scene('no-account');
    await scene.apply(customer('acme'), claim('phones', phones(0, 1)));
    for (const [kind, name] of [
      ['Customer', 'acme'],
      ['DeviceClaim', 'phones'],
    ] as const) {
      const waiting = await scene.until(
        kind,
        name,
        'without its account',
        (object) => reasonOf(object) === 'AccountNotFound',
      );
      expect(condition(waiting)?.message).toContain('VendorAccount google does not exist');
    }
    await scene.secret(await scene.vendor.issueKey());
    await scene.apply(googleAccount(scene.vendor.url));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
  });

  test('a company at the vendor', async () => {
    const scene = await stage.scene('no-company');
    await scene.secret(await scene.vendor.issueKey());
    const globex = customer('acme', { companyName: 'Globex' });
    await scene.apply(
      googleAccount(scene.vendor.url, { resyncInterval: '1s' }),
      globex,
      claim('phones', phones(0, 1)),
    );
    const missing = await scene.settled('Customer', 'acme', 'CompanyNotFound');
    expect(condition(missing)?.message).toContain('Globex');
    const waiting = await scene.settled('DeviceClaim', 'phones', 'CustomerNotReady');
    expect(condition(waiting)?.message).toContain('CompanyNotFound');
    await scene.vendor.ask('POST', '/customers', { companyName: 'Globex', companyId: '111222' });
    const bound = await scene.settled('Customer', 'acme', 'CompanyBound');
    expect(bound.status?.['companyId']).toBe('111222');
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
  });
});

/** How long requests are counted: many turns of any loop that would not wait. */
const COUNT_MS = 3_000;

describe.concurrent('credentials that do not work are said by the account and by its claims, without a storm', () => {
  test.each([
    ['a revoked key', 'revoked', 'CredentialsRejected', /key still exists/],
    [
      'an account that is not linked',
      'unlinked',
      'CredentialsRejected',
      /linked in the zero-touch reseller portal/,
    ],
    ['a key file that is none', 'garbage', 'CredentialsInvalid', /key\.json is not a JSON object/],
    ['a Secret without the key file', 'empty', 'CredentialsInvalid', /has no key key\.json/],
  ] as const)('%s', async (_what, kind, reason, says) => {
    const scene = await stage.scene(`credentials-${kind}`);
    await spoiltSecret(scene, kind);
    await scene.apply(
      googleAccount(scene.vendor.url, { resyncInterval: '1s' }),
      customer('acme'),
      claim('phones', phones(0, 1)),
    );
    const account = await scene.settled('VendorAccount', 'google', reason);
    expect(condition(account)?.message).toMatch(says);
    const waiting = await scene.until(
      'DeviceClaim',
      'phones',
      'telling',
      (object) => condition(object)?.message.includes(reason) === true,
    );
    expect(condition(waiting, 'Stalled')).toBeDefined();

    const before = (await scene.vendor.ledger()).length;
    await sleep(COUNT_MS);
    expect((await scene.vendor.ledger()).length - before).toBeLessThanOrEqual(1);

    await scene.secret(await scene.vendor.issueKey());
    await scene.settled('VendorAccount', 'google', 'Connected');
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
  });

  test('a key that is revoked while all is well', async () => {
    const scene = await startFleet(stage, 'credentials-late', { resyncInterval: '1s' });
    await scene.apply(claim('phones', phones(0, 1)));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    const [key] = (await scene.vendor.ask('GET', '/service-accounts')) as readonly { email: string }[];
    await scene.vendor.ask('PATCH', `/service-accounts/${key?.email}`, { revoked: true });
    await scene.settled('VendorAccount', 'google', 'CredentialsRejected');
    await scene.apply(claim('more', phones(1, 1)));
    const waiting = await scene.until(
      'DeviceClaim',
      'more',
      'telling',
      (object) => condition(object)?.message.includes('CredentialsRejected') === true,
    );
    expect(reasonOf(waiting)).toBe('AccountNotReady');
    const before = (await scene.vendor.ledger()).length;
    await sleep(COUNT_MS);
    expect((await scene.vendor.ledger()).length - before).toBeLessThanOrEqual(1);
    await scene.secret(await scene.vendor.issueKey());
    await scene.settled('DeviceClaim', 'more', 'AllClaimed');
    expect([...(await scene.vendor.claimsSent()).values()]).toEqual([1, 1]);
  });
});

async function spoiltSecret(scene: Scene, kind: 'revoked' | 'unlinked' | 'garbage' | 'empty'): Promise<void> {
  switch (kind) {
    case 'revoked': {
      const key = await scene.vendor.issueKey();
      await scene.vendor.ask('PATCH', `/service-accounts/${key['client_email']}`, { revoked: true });
      return scene.secret(key);
    }
    case 'unlinked':
      return scene.secret(await scene.vendor.issueKey({ linked: false }));
    case 'garbage':
      return scene.secret('-----BEGIN NOTHING-----');
    case 'empty':
      return scene.secretData({ other: 'x' });
    default:
      kind satisfies never;
  }
}

const SPOILT = [
  ['of the wrong shape', { fault: 'wrongShape' }],
  ['cut off', { fault: 'truncatedJson' }],
  ['that is a web page', { fault: 'html', status: 502 }],
  ['that is a web page and says it succeeded', { fault: 'html', status: 200 }],
  ['that shows less than it should', { fault: 'shortRead', items: 2 }],
] as const;

describe.concurrent('a spoilt reply is an unknown outcome, never an empty world', () => {
  test.each(SPOILT)('reads of devices with a reply %s', async (_what, fault) => {
    const scene = await startFleet(stage, namespaceOf('reads', fault), { resyncInterval: '1s' });
    await held(scene, 0, 3);
    await scene.apply(claim('phones', phones(0, 4), { onVendorRelease: 'Reclaim' }));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    const sentBefore = await scene.vendor.claimsSent();

    const spoilt = { ...fault, times: 'always', match: { endpoint: 'devices.findByOwner' } };
    await scene.vendor.ask('POST', '/faults', spoilt);
    await untilHit(scene, 'devices.findByOwner', fault.fault);
    // Somebody declares more meanwhile: nothing is known of it, so nothing is sent for it by this read alone.
    await scene.apply(claim('more', phones(10, 1)));
    await scene.until('DeviceClaim', 'more', 'looked at', ({ status }) => status?.conditions !== undefined);
    await untilHit(scene, 'devices.findByOwner', fault.fault);
    const during = scene.read('DeviceClaim', 'phones');
    expect(during?.status?.['devices']).toMatchObject({ claimed: 4, failed: 0, conflicted: 0 });
    expect(await scene.vendor.claimsSent()).toEqual(sentBefore);

    await scene.vendor.ask('DELETE', '/faults');
    await scene.settled('DeviceClaim', 'more', 'AllClaimed');
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    expect(Math.max(...(await scene.vendor.claimsSent()).values())).toBe(1);
  });

  test.each(SPOILT.slice(0, 4))('the list of companies with a reply %s', async (_what, fault) => {
    const scene = await startFleet(stage, namespaceOf('companies', fault), { resyncInterval: '1s' });
    await scene.apply(claim('phones', phones(0, 1)));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    await scene.vendor.ask('POST', '/faults', {
      ...fault,
      times: 'always',
      match: { endpoint: 'customers.list' },
    });
    const account = await scene.until(
      'VendorAccount',
      'google',
      'unreachable',
      (object) => reasonOf(object) === 'VendorUnreachable',
    );
    expect(condition(account, 'Reconciling')).toBeDefined();
    expect(reasonOf(scene.read('Customer', 'acme') ?? account)).toBe('CompanyBound');
    await scene.vendor.ask('DELETE', '/faults');
    await scene.settled('VendorAccount', 'google', 'Connected');
    expect(scene.read('DeviceClaim', 'phones')?.status?.['devices']).toMatchObject({ claimed: 1 });
  });

  test.each(SPOILT.slice(0, 4))(
    'a claim with a reply %s is read back and not sent twice',
    async (_what, fault) => {
      const scene = await startFleet(stage, namespaceOf('writes', fault));
      await scene.vendor.ask('POST', '/faults', { ...fault, match: { endpoint: 'devices.claimAsync' } });
      await scene.apply(claim('phones', phones(0, 3)));
      await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
      expect([...(await scene.vendor.claimsSent()).values()]).toEqual([1, 1, 1]);
      const [write] = await scene.vendor.ledger({ endpoint: 'devices.claimAsync' });
      const reads = await scene.vendor.ledger({ mutating: false });
      expect(
        reads.some(({ seq, endpoint }) => seq > (write?.seq ?? 0) && endpoint.startsWith('devices.find')),
      ).toBe(true);
    },
  );

  test.each(SPOILT.slice(0, 4))(
    'an operation that is asked after with a reply %s is asked again',
    async (_what, fault) => {
      const scene = await startFleet(stage, namespaceOf('polls', fault));
      await scene.vendor.ask('POST', '/faults', { ...fault, match: { endpoint: 'operations.get' } });
      await scene.apply(claim('phones', phones(0, 3)));
      await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
      expect([...(await scene.vendor.claimsSent()).values()]).toEqual([1, 1, 1]);
    },
  );

  test('a connection that ends without an answer to a claim is read back', async () => {
    const scene = await startFleet(stage, 'writes-dropped');
    await scene.vendor.ask('POST', '/faults', {
      fault: 'dropAfterEffect',
      match: { endpoint: 'devices.claimAsync' },
    });
    await scene.apply(claim('phones', phones(0, 3)));
    await scene.settled('DeviceClaim', 'phones', 'AllClaimed');
    expect([...(await scene.vendor.claimsSent()).values()]).toEqual([1, 1, 1]);
  });
});

function namespaceOf(what: string, { fault, ...knobs }: { readonly fault: string }): string {
  return [what, fault, ...Object.values(knobs)].join('-').toLowerCase();
}

/** Waits for one more request whose reply is spoilt. */
async function untilHit(scene: Scene, endpoint: string, fault: string): Promise<void> {
  const hits = async (): Promise<number> =>
    (await scene.vendor.ledger({ endpoint })).filter((entry) => entry.fault?.includes(fault) === true).length;
  const before = await hits();
  await eventually(async () => (await hits()) > before, `a reply with ${fault}`);
}

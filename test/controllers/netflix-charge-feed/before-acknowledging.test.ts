import { afterAll, beforeAll, expect, test } from 'vitest';
import { chargesChecked } from '../../../src/controllers/netflix-charge-feed/before-acknowledging.ts';
import { chargeName } from '../../../src/controllers/netflix-charge-feed/charge-object.ts';
import { NETFLIX_CHARGES } from '../../../src/controllers/resources.ts';
import { type ChargeTypes, chargeKey } from '../../../src/domain/charge/facts.ts';
import type { VendorAdapter } from '../../../src/ports/vendor.ts';
import { clientWith, startTestKube, type TestKube, valueOf } from '../support/kube.ts';

let kube: TestKube;
beforeAll(async () => {
  kube = await startTestKube();
});
afterAll(() => kube.close());

const SCOPE = 'operator';

/** Writes a charge down; answers the uid of its object. */
async function write(namespace: string, number: string): Promise<string> {
  const spec = {
    accountRef: { name: 'operator' },
    number,
    billingSystemCustomerIdentifier: 'pci150',
    currency: 'EUR',
    chargeStatus: 'APPROVED',
  } as const;
  const draft = { metadata: { namespace, name: chargeName(SCOPE, number) }, spec };
  const options = { fieldManager: 'test', force: true };
  const made = valueOf(await kube.client.apply(NETFLIX_CHARGES, draft, options, kube.signal));
  return made.metadata.uid ?? '';
}

async function remove(namespace: string, number: string): Promise<void> {
  const ref = { namespace, name: chargeName(SCOPE, number) };
  valueOf(await kube.client.delete(NETFLIX_CHARGES, ref, {}, kube.signal));
}

/** Which charges with these uids are not sent, and why. */
async function withheld(
  namespace: string,
  uids: Readonly<Record<string, string>>,
  client = kube.client,
): Promise<readonly string[]> {
  const writer = { verbs: {}, partition: () => ({}), send: () => Promise.reject(new Error('it is sent')) };
  const vendor: Pick<VendorAdapter, 'charges'> = { charges: { check: () => undefined, writer } };
  const { charges } = chargesChecked(vendor as VendorAdapter, client, { namespace, scope: SCOPE });
  const items = Object.entries(uids).map(([number, uid]) => {
    const receipt = { uid, customer: 'pci150', referenceNumber: `vp-${number}` };
    const desired: ChargeTypes['desired'] = { acknowledge: 'AfterRecording', receipt };
    return { key: chargeKey({ number }), subject: { number }, desired };
  });
  const request = { verb: 'acknowledgeCharge', partition: {}, requestKey: 'rk-1', items } as const;
  const found = (await charges?.writer?.withheld?.(request, kube.signal)) ?? [];
  return found.map(({ key, failure }) => `${key} ${failure?.code}`).sort();
}

test('a charge is sent while the object stands that it was recorded in, and no other', async () => {
  const namespace = await kube.namespace('acknowledging');
  const [standing, deleted, replaced] = [
    await write(namespace, 'I1'),
    await write(namespace, 'I2'),
    await write(namespace, 'I3'),
  ];
  await remove(namespace, 'I2');
  await remove(namespace, 'I3');
  await write(namespace, 'I3');
  expect(await withheld(namespace, { I1: standing, I2: deleted, I3: replaced })).toEqual([
    'charge:I2 CHARGE_DELETED',
    'charge:I3 CHARGE_DELETED',
  ]);
});

test('a charge that cannot be read now is tried again, and not taken for deleted', async () => {
  const namespace = await kube.namespace('acknowledging-away');
  const uid = await write(namespace, 'I1');
  const away = clientWith(kube.client, {
    get: async () => ({ ok: false, failure: { kind: 'transient', code: 'HTTP_503', message: 'away' } }),
  });
  expect(await withheld(namespace, { I1: uid }, away)).toEqual(['charge:I1 CHARGE_NOT_READ']);
});

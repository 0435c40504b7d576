import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VENDOR_RECORDS } from '../../../src/controllers/resources.ts';
import { createLoginBook } from '../../../src/controllers/vendor-record/login-book.ts';
import { recordedOwner } from '../../../src/controllers/vendor-record/owner.ts';
import { createRecords } from '../../../src/controllers/vendor-record/records.ts';
import type { LoginAttempts, LoginBook } from '../../../src/ports/login-book.ts';
import { createSystemClock } from '../../support/system-clock.ts';
import { startTestKube, type TestKube, valueOf } from '../support/kube.ts';

let kube: TestKube;
beforeAll(async () => {
  kube = await startTestKube();
});
afterAll(() => kube.close());

const TWICE: LoginAttempts = { credentials: '00ff', refused: 1, sent: 2, because: 'no' };

/** The book of an account in a new process. */
function bookOf(accountKey: string): LoginBook {
  return createLoginBook(
    {
      recordedOwner: (hash, signal) => recordedOwner(kube.client, hash, signal),
      openRecords: (place) => createRecords(kube.client, place, () => 1, createSystemClock()),
    },
    accountKey,
  );
}

describe('attempts to log in', () => {
  test('are known to a new process, until none counts any more', async () => {
    await kube.namespace('kept');
    expect(valueOf(await bookOf('kept/a').read('000000000001', kube.signal))).toBeUndefined();
    valueOf(await bookOf('kept/a').write('000000000001', TWICE, kube.signal));
    expect(valueOf(await bookOf('kept/a').read('000000000001', kube.signal))).toEqual(TWICE);
    valueOf(await bookOf('kept/a').write('000000000001', undefined, kube.signal));
    expect(valueOf(await bookOf('kept/a').read('000000000001', kube.signal))).toBeUndefined();
  });

  test('are one count for accounts that share the login, in whatever namespaces', async () => {
    await kube.namespace('first');
    await kube.namespace('second');
    valueOf(await bookOf('first/a').write('000000000002', TWICE, kube.signal));
    const other = bookOf('second/b');
    expect(valueOf(await other.read('000000000002', kube.signal))).toEqual(TWICE);
    valueOf(await other.write('000000000002', { ...TWICE, sent: 3 }, kube.signal));
    expect(valueOf(await bookOf('first/a').read('000000000002', kube.signal))).toMatchObject({ sent: 3 });
    expect(valueOf(await bookOf('first/a').read('000000000003', kube.signal))).toBeUndefined();
  });

  test('are forgotten by who removes the record that the message names', async () => {
    const namespace = await kube.namespace('removed');
    const book = bookOf('removed/a');
    valueOf(await book.write('000000000004', TWICE, kube.signal));
    const [, name = ''] = /delete VendorRecord (\S+) in namespace removed/.exec(
      book.releaseOf('000000000004'),
    ) ?? [''];
    valueOf(await kube.client.delete(VENDOR_RECORDS, { namespace, name }, {}, kube.signal));
    expect(valueOf(await book.read('000000000004', kube.signal))).toBeUndefined();
  });

  test('say of the account nothing that its own records would', async () => {
    const namespace = await kube.namespace('apart');
    valueOf(await bookOf('apart/a').write('000000000005', TWICE, kube.signal));
    const page = valueOf(await kube.client.list(VENDOR_RECORDS, { namespace, limit: 10 }, kube.signal));
    expect(page.items.map(({ spec }) => [spec.content, spec.accountRef.name, spec.vendorScope])).toEqual([
      ['LogIns', 'a', 'login 000000000005'],
    ]);
  });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { claim, customer, googleAccount, phones } from '../support/fleet.ts';
import { bePatient } from '../support/patience.ts';
import { eventually, type Scene, type Stage, startStage } from '../support/stage.ts';

bePatient();

let stage: Stage;

beforeAll(async () => {
  stage = await startStage();
});

afterAll(() => stage.close());

const REQUESTS_PER_DAY = 12;

/** Requests to the vendor's API; its token endpoint has no part in the quota. */
async function requests(scene: Scene): Promise<number> {
  const ledger = await scene.vendor.ledger();
  return ledger.filter(({ endpoint }) => endpoint !== 'token').length;
}

/** What the status says is left of the day. */
function left(scene: Scene): number | undefined {
  const { status } = scene.read('VendorAccount', 'google') ?? {};
  return (status?.['quota'] as { readonly dayRemaining?: number } | undefined)?.dayRemaining;
}

test('a controller in a crash loop sends no more in a day than one that lives', async () => {
  const scene = await stage.scene('day-quota');
  await scene.secret(await scene.vendor.issueKey());
  await scene.apply(
    googleAccount(scene.vendor.url, { limits: { requestsPerSecond: 20, requestsPerDay: REQUESTS_PER_DAY } }),
    customer('acme', { companyId: '987654' }),
    claim('phones', phones(0, 3)),
  );
  let lives = 0;
  while (left(scene) !== 0) {
    lives += 1;
    expect(lives, 'lives until the day is spent').toBeLessThanOrEqual(REQUESTS_PER_DAY);
    const before = await requests(scene);
    stage.startController();
    await eventually(
      async () => (await requests(scene)) > before || left(scene) === 0,
      'the controller asks the vendor, or says that it may not any more',
    );
    await stage.stopController('SIGKILL');
  }
  // Each life reserves a little more than it sends, and no more than that is lost.
  const sent = await requests(scene);
  expect(lives).toBeGreaterThan(2);
  expect(sent).toBeGreaterThanOrEqual(lives - 1);
  expect(sent).toBeLessThanOrEqual(REQUESTS_PER_DAY);

  stage.startController();
  await scene.apply(customer('globex', { companyName: 'Globex AG' }));
  await scene.until('Customer', 'globex', 'looked at', ({ status }) => status?.conditions !== undefined);
  await eventually(() => left(scene) === 0, 'a controller that lives on says that nothing is left');
  expect(await requests(scene)).toBe(sent);
});

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
const LIVES = 7;

/** Requests to the vendor's API; its token endpoint has no part in the quota. */
async function requests(scene: Scene): Promise<number> {
  const ledger = await scene.vendor.ledger();
  return ledger.filter(({ endpoint }) => endpoint !== 'token').length;
}

/** How often a controller wanted to read the vendor's list, whether it got leave to or not. */
function looks(): number {
  return stage.controllerLog().match(/"port":"companies.sets"/g)?.length ?? 0;
}

test('a controller in a crash loop sends no more in a day than one that lives', async () => {
  const scene = await stage.scene('day-quota');
  await scene.secret(await scene.vendor.issueKey());
  await scene.apply(
    googleAccount(scene.vendor.url, { limits: { requestsPerSecond: 20, requestsPerDay: REQUESTS_PER_DAY } }),
    customer('acme', { companyId: '987654' }),
    claim('phones', phones(0, 3)),
  );
  let lastLife = 0;
  for (let life = 0; life < LIVES; life += 1) {
    const before = await requests(scene);
    const looked = life === 0 ? 0 : looks();
    stage.startController();
    await eventually(
      async () => (await requests(scene)) >= before + 2 || (life > 0 && looks() > looked),
      'the controller asks the vendor, or finds that it may not any more',
    );
    await stage.stopController('SIGKILL');
    lastLife = (await requests(scene)) - before;
  }
  // Each life reserves a little more than it sends, and no more than that is lost.
  expect(await requests(scene)).toBeGreaterThan(REQUESTS_PER_DAY / 4);
  expect(await requests(scene)).toBeLessThanOrEqual(REQUESTS_PER_DAY);
  expect(lastLife).toBe(0);
});

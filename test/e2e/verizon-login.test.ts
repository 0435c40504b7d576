import { afterAll, beforeAll, expect, test } from 'vitest';
import { VENDOR_RECORDS } from '../../src/controllers/resources.ts';
import { startVerizonUws } from '../../src/simulators/verizon-uws/start.ts';
import { bePatient } from '../support/patience.ts';
import { condition, eventually, type Scene, type Stage, startStage } from '../support/stage.ts';

bePatient();

let stage: Stage;
let simulator: Awaited<ReturnType<typeof startVerizonUws>>;
const { signal } = new AbortController();

beforeAll(async () => {
  stage = await startStage();
  simulator = await startVerizonUws({});
});

afterAll(async () => {
  await stage.close();
  await simulator.close();
});

interface User {
  readonly failedLogins: number;
  readonly locked: boolean;
}

async function admin<T>(method: string, path: string, body?: object): Promise<T> {
  const init = { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  return (await (await fetch(`${simulator.adminUrl}${path}`, init)).json()) as T;
}

async function user(): Promise<User> {
  const [only] = await admin<readonly User[]>('GET', '/users');
  if (only === undefined) throw new Error('there is no user');
  return only;
}

function apply(scene: Scene): Promise<void> {
  return scene.apply({
    apiVersion: 'vendorplane.dev/v1alpha1',
    kind: 'VendorAccount',
    metadata: { name: 'verizon' },
    spec: {
      vendor: 'VerizonUws',
      mode: 'Enforce',
      verizonUws: {
        endpoint: `${simulator.url}/api/v2`,
        accountName: '0252067890-00001',
        credentialsSecretRef: { name: 'google-key' },
      },
    },
  });
}

/** How often a controller was told, by the vendor or by itself, that it may not log in. */
function refusals(): number {
  return stage.controllerLog().match(/LOGIN_(REFUSED|LATCHED)/g)?.length ?? 0;
}

/** One more than it takes to lock a login with one log-in each. */
const LIVES = 6;

test('a controller in a crash loop with a wrong password never gets the login locked, and heals with the right one', async () => {
  const { username, password } = await admin<Record<'username' | 'password', string>>('POST', '/users', {});
  const scene = await stage.scene('crash-loop');
  await scene.secretData({ username, password: 'wrong' });
  await apply(scene);
  for (let life = 0; life < LIVES; life += 1) {
    stage.startController();
    const told = life === 0 ? 0 : refusals();
    const { failedLogins } = await user();
    // As soon as the vendor refused it, or it refused itself: whatever was not written down then is lost.
    await eventually(
      async () => (await user()).failedLogins > failedLogins || (life > 0 && refusals() > told),
      'the controller tries to log in, or says that it does not',
    );
    await stage.stopController('SIGKILL');
  }
  const after = await user();
  expect(after.locked).toBe(false);
  expect(after.failedLogins).toBeGreaterThanOrEqual(2);
  expect(after.failedLogins).toBeLessThanOrEqual(4);
  stage.startController();
  const latched = await scene.settled('VendorAccount', 'verizon', 'CredentialsRejected');
  expect(condition(latched)?.message).toContain('LOGIN_LATCHED');
  expect((await user()).failedLogins).toBe(after.failedLogins);

  // Where four were sent a person helps; where two were heard to be refused, new credentials alone would do.
  const [, name = ''] = /delete VendorRecord (\S+) in/.exec(condition(latched)?.message ?? '') ?? [];
  const removed = await stage.client.delete(VENDOR_RECORDS, { namespace: scene.namespace, name }, {}, signal);
  expect(removed.ok).toBe(true);
  await scene.secretData({ username, password });
  await scene.settled('VendorAccount', 'verizon', 'Connected');
  expect(await user()).toMatchObject({ failedLogins: 0, locked: false });
});

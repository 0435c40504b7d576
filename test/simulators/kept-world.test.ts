import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { startCrmComNetflix } from '../../src/simulators/crmcom-netflix/start.ts';
import { startGoogleZeroTouch } from '../../src/simulators/google-zero-touch/start.ts';
import { startSamsungKnox } from '../../src/simulators/samsung-knox/start.ts';
import type { Simulator } from '../../src/simulators/simulator.ts';
import { startVerizonUws } from '../../src/simulators/verizon-uws/start.ts';
import { bePatient } from '../support/patience.ts';
import { IMEIS, send, startWorld, ZERO_TOUCH } from './google-zero-touch/world.ts';

/** A world in a file goes on where an earlier process left it. */
bePatient();

let folder: string;
let stateFile: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-world-'));
  stateFile = join(folder, 'below', 'world.json');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

interface Vendor {
  readonly name: string;
  readonly start: (options: { readonly stateFile?: string }) => Promise<Simulator>;
  /** Orders that change the world in several places. */
  readonly orders: readonly (readonly [path: string, body: object])[];
}

const VENDORS: readonly Vendor[] = [
  {
    name: 'google-zero-touch',
    start: startGoogleZeroTouch,
    orders: [
      ['/customers', { companyName: 'XYZ Corp', companyId: '55501' }],
      ['/service-accounts', {}],
      ['/time/advance', { ms: 5_000 }],
    ],
  },
  {
    name: 'samsung-knox',
    start: startSamsungKnox,
    orders: [
      ['/customers', { customerName: 'XYZ Corp', customerId: '7', associated: true }],
      ['/oauth-clients', {}],
      ['/hardware', { imei: IMEIS[0], serialNumber: 'R58M1' }],
      ['/devices', { device: IMEIS[0], customerId: '7' }],
    ],
  },
  {
    name: 'crmcom-netflix',
    start: startCrmComNetflix,
    orders: [
      ['/users', { username: 'operator' }],
      ['/subscribers/generate', { count: 3 }],
      ['/charges/generate', { count: 2, customers: 2 }],
      ['/esns', { esns: ['NFANDROID1-PRV-1'] }],
    ],
  },
  {
    name: 'verizon-uws',
    start: startVerizonUws,
    orders: [
      ['/users', { username: 'operator' }],
      ['/devices/generate', { count: 3 }],
      ['/time/advance', { ms: 5_000 }],
    ],
  },
];

describe.each(VENDORS)('the world of $name', ({ start, orders }) => {
  async function state({ adminUrl }: Simulator): Promise<Record<string, unknown>> {
    return (await send(`${adminUrl}/state`, 'GET')).body;
  }

  test('is there again after a restart, and goes on from there', async () => {
    const first = await start({ stateFile });
    expect(first.restored).toBe(false);
    for (const [path, body] of orders) {
      const { status, text } = await send(`${first.adminUrl}${path}`, 'POST', body);
      expect([path, status, text]).toEqual([path, 200, text]);
    }
    const left = await state(first);
    await first.close();

    const second = await start({ stateFile });
    expect(second.restored).toBe(true);
    expect(await state(second)).toEqual(left);
    const [again] = orders;
    if (again !== undefined) await send(`${second.adminUrl}${again[0]}`, 'POST', again[1]);
    const further = await state(second);
    await second.close();
    const third = await start({ stateFile });
    expect(await state(third)).toEqual(further);
    await third.close();
  });

  test('is forgotten without a file', async () => {
    const simulator = await start({});
    expect(simulator.restored).toBe(false);
    await simulator.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  test('is not begun anew over a file that is no world of it', async () => {
    const file = join(folder, 'other.json');
    writeFileSync(file, '{"version": 2}');
    await expect(start({ stateFile: file })).rejects.toThrow('not a state of version 1');
    expect(readFileSync(file, 'utf8')).toBe('{"version": 2}');
  });
});

test('an operation under way at the vendor ends after a restart, under the names the client knows', async () => {
  let now = Date.UTC(2026, 0, 1);
  const options = { stateFile, clock: { now: () => now }, operations: { afterMs: 60_000 } };
  let name: unknown;
  let customerId: string;
  {
    await using world = await startWorld(options);
    ({ customerId } = world);
    const claims = IMEIS.map((imei) => ({
      deviceIdentifier: { imei, manufacturer: 'Google' },
      sectionType: ZERO_TOUCH,
      customerId,
    }));
    ({ name } = (await world.api('devices:claimAsync', { claims })).body);
  }
  now += 120_000;
  await using again = await startWorld(options);
  const operation = await send(`${again.url}/v1/${String(name)}`, 'GET', undefined, again.token);
  expect(operation.body).toMatchObject({ done: true, response: { successCount: 3 } });
  const found = await again.api('devices:findByOwner', {
    customerId: [customerId],
    sectionType: ZERO_TOUCH,
    limit: '10',
  });
  expect(found.body['devices']).toHaveLength(3);
});

test('what was answered is there after a kill', async () => {
  const module = fileURLToPath(new URL('../../src/simulators/verizon-uws/start.ts', import.meta.url));
  const program = `
    import { startVerizonUws } from ${JSON.stringify(module)};
    console.log((await startVerizonUws({ stateFile: ${JSON.stringify(stateFile)} })).adminUrl);`;
  let answered = 0;
  for (let round = 0; round < 3; round += 1) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const adminUrl = line.toString('utf8').trim();
    const found = (await send(`${adminUrl}/devices`, 'GET')).body as unknown as readonly unknown[];
    // One more may have been added whose answer was lost.
    expect([answered, answered + 1]).toContain(found.length);
    answered = found.length;
    for (let more = 0; ; more += 1) {
      if (more === 10 + 3 * round) child.kill('SIGKILL');
      const body = { count: 1, firstSerial: 1_000 * round + more };
      const reply = await send(`${adminUrl}/devices/generate`, 'POST', body).catch(() => undefined);
      if (reply?.status !== 200) break;
      answered += 1;
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
  expect(answered).toBeGreaterThan(30);
});

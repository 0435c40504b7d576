import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startLocalCluster } from '../../src/local-cluster/server.ts';
import { type Received, send, sendWatch } from './replay/send.ts';
import { widgetDefinition } from './replay/transcript.ts';

const SERVER = fileURLToPath(new URL('../../src/local-cluster/server.ts', import.meta.url));
const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';

let dataDir: string;

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'durability-'));
});

afterEach(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

function create(url: string, name: string): Promise<Received> {
  return send(url, { method: 'POST', path: CONFIG_MAPS, body: { metadata: { name }, data: { a: '1' } } });
}

async function names(url: string): Promise<readonly string[]> {
  const { body } = await send(url, { method: 'GET', path: CONFIG_MAPS });
  return (body as { items: { metadata: { name: string } }[] }).items.map((item) => item.metadata.name);
}

function versionOf(received: Received): number {
  return Number((received.body as { metadata: { resourceVersion: string } }).metadata.resourceVersion);
}

test('every acknowledged write is there after the process was killed in the middle of writing', async () => {
  const program = `
    import { startLocalCluster } from ${JSON.stringify(SERVER)};
    const cluster = await startLocalCluster({ dataDir: ${JSON.stringify(dataDir)} });
    console.log(cluster.url);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const url = line.toString('utf8').trim();

  const acknowledged: string[] = [];
  const writing = Array.from({ length: 200 }, async (_unused, index) => {
    const name = `c-${String(index).padStart(3, '0')}`;
    const { status } = await create(url, name);
    if (status === 201) acknowledged.push(name);
    if (acknowledged.length === 50) child.kill('SIGKILL');
  });
  await Promise.allSettled(writing);
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');

  const again = await startLocalCluster({ dataDir });
  const found = new Set(await names(again.url));
  expect(acknowledged.length).toBeGreaterThanOrEqual(50);
  expect(acknowledged.filter((name) => !found.has(name))).toEqual([]);
  await again.close();
});

test('deletions and versions survive: nothing comes back, and no version is given twice', async () => {
  const first = await startLocalCluster({ dataDir });
  await create(first.url, 'kept');
  await create(first.url, 'gone');
  await send(first.url, { method: 'DELETE', path: `${CONFIG_MAPS}/gone` });
  const last = versionOf(await send(first.url, { method: 'GET', path: CONFIG_MAPS }));
  await first.close();

  const second = await startLocalCluster({ dataDir });
  expect(await names(second.url)).toEqual(['kept']);
  expect(versionOf(await create(second.url, 'later'))).toBeGreaterThan(last);
  await second.close();
});

test('a watcher from before the restart is told that its version is too old', async () => {
  const first = await startLocalCluster({ dataDir });
  const version = versionOf(await create(first.url, 'a'));
  await create(first.url, 'b');
  await first.close();

  const second = await startLocalCluster({ dataDir });
  const path = `${CONFIG_MAPS}?watch=true&resourceVersion=${version}`;
  const { body } = await sendWatch(second.url, { method: 'GET', path }, 1, async () => undefined);
  expect(body).toMatchObject([{ type: 'ERROR', object: { code: 410, reason: 'Expired' } }]);
  await second.close();
});

test('definitions are served again at once, with their instances', async () => {
  const path = '/apis/demo.vendorplane.dev/v1alpha1/namespaces/default/widgets';
  const first = await startLocalCluster({ dataDir });
  await send(first.url, {
    method: 'POST',
    path: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
    body: widgetDefinition(),
  });
  const body = {
    apiVersion: 'demo.vendorplane.dev/v1alpha1',
    kind: 'Widget',
    metadata: { name: 'w' },
    spec: { vendor: 'Google' },
  };
  expect((await send(first.url, { method: 'POST', path, body })).status).toBe(201);
  await first.close();

  const second = await startLocalCluster({ dataDir });
  expect((await send(second.url, { method: 'GET', path: `${path}/w` })).status).toBe(200);
  await second.close();
});

test('a torn last line, which nobody was told about, is dropped', async () => {
  const first = await startLocalCluster({ dataDir });
  await create(first.url, 'whole');
  await first.close();
  appendFileSync(
    join(dataDir, 'journal.ndjson'),
    '{"revision":99,"collection":"configmaps","key":"default/to',
  );

  const second = await startLocalCluster({ dataDir });
  expect(await names(second.url)).toEqual(['whole']);
  await second.close();
  expect(readFileSync(join(dataDir, 'journal.ndjson'), 'utf8')).not.toContain('"revision":99');
});

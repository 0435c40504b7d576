import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { startLocalCluster } from '../../src/local-cluster/server.ts';
import { bePatient } from '../support/patience.ts';
import { type Received, send, sendWatch } from './replay/send.ts';
import { widgetDefinition } from './replay/transcript.ts';

bePatient();

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

/** A cluster in a process of its own, which can be killed. It prints its URL. */
function spawnCluster(): ChildProcessByStdio<null, Readable, null> {
  const program = `
    import { startLocalCluster } from ${JSON.stringify(SERVER)};
    const cluster = await startLocalCluster({ dataDir: ${JSON.stringify(dataDir)} });
    console.log(cluster.url);`;
  return spawnTidily(process.execPath, ['--input-type=module', '-e', program]);
}

/** A process that does not outlive its test, however that ends. */
function spawnTidily(file: string, args: readonly string[]): ChildProcessByStdio<null, Readable, null> {
  const child = spawn(file, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => killed(child));
  return child;
}

async function killed(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}

/** What one writer of one object knows: counters grow with every write; 0 is an object that is not there. */
interface Writer {
  readonly name: string;
  /** The last write that was answered. */
  acknowledged: number;
  /** The last one that was sent. */
  attempted: number;
}

/** Writes one object again and again, every fifth time by deleting it, until the server does not answer any more. */
async function writeOn(
  writer: Writer,
  url: string,
  onAcknowledged: (answer: Received) => void,
): Promise<void> {
  const path = `${CONFIG_MAPS}/${writer.name}`;
  for (;;) {
    const next = Math.max(writer.attempted, writer.acknowledged) + 1;
    const body = { metadata: { name: writer.name }, data: { counter: String(next) } };
    writer.attempted = next;
    let answer: Received;
    try {
      answer =
        next % 5 === 0
          ? await send(url, { method: 'DELETE', path })
          : next % 5 === 1
            ? await send(url, { method: 'POST', path: CONFIG_MAPS, body })
            : await send(url, { method: 'PUT', path, body });
    } catch (error) {
      if ((error as { code?: string }).code === undefined) throw error;
      return;
    }
    expect([200, 201]).toContain(answer.status);
    writer.acknowledged = next;
    onAcknowledged(answer);
  }
}

/** What stands now may be what was acknowledged, or what was sent behind it; then the writer goes on from there. */
async function settle(writer: Writer, url: string): Promise<void> {
  const { status, body } = await send(url, { method: 'GET', path: `${CONFIG_MAPS}/${writer.name}` });
  const counter = status === 404 ? 0 : Number((body as { data: { counter: string } }).data.counter);
  const possible = [writer.acknowledged, writer.attempted].map((count) => (count % 5 === 0 ? 0 : count));
  expect(possible).toContain(counter);
  const reached = [writer.acknowledged, writer.attempted].find(
    (count) => (count % 5 === 0 ? 0 : count) === counter,
  );
  writer.acknowledged = reached as number;
  writer.attempted = reached as number;
}

test('every acknowledged write is there after the process was killed in the middle of writing, ten times', async () => {
  const writers: Writer[] = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => ({
    name,
    acknowledged: 0,
    attempted: 0,
  }));
  let highest = 0;
  for (let round = 0; round < 10; round += 1) {
    const child = spawnCluster();
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const url = line.toString('utf8').trim();
    for (const writer of writers) await settle(writer, url);
    // A version that was given out is never given out again.
    const version = versionOf(await send(url, { method: 'GET', path: CONFIG_MAPS }));
    expect(version).toBeGreaterThanOrEqual(highest);
    let left = 10 + 5 * round;
    await Promise.all(
      writers.map((writer) =>
        writeOn(writer, url, (answer) => {
          // A Status, which a deletion is answered with, has none.
          highest = Math.max(highest, versionOf(answer) || 0);
          left -= 1;
          if (left === 0) child.kill('SIGKILL');
        }),
      ),
    );
    await killed(child);
  }
  const last = await startLocalCluster({ dataDir });
  for (const writer of writers) await settle(writer, last.url);
  expect(writers.reduce((sum, { acknowledged }) => sum + acknowledged, 0)).toBeGreaterThan(250);
  await last.close();
}, 120_000);

test('nothing is lost when the process is killed while it starts and rewrites its file', async () => {
  const first = await startLocalCluster({ dataDir });
  for (const name of ['a', 'b', 'c']) await create(first.url, name);
  await first.close();
  for (let round = 0; round < 5; round += 1) {
    const folder = watch(dataDir);
    const child = spawnCluster();
    await Promise.race([once(folder, 'change'), once(child.stdout, 'data')]);
    await killed(child);
    folder.close();
    const again = await startLocalCluster({ dataDir });
    expect(await names(again.url)).toEqual(['a', 'b', 'c']);
    await again.close();
  }
}, 60_000);

test('a disk that is full costs the write that did not fit, and nothing else', async () => {
  const program = `
    process.on('SIGXFSZ', () => undefined);
    import { startLocalCluster } from ${JSON.stringify(SERVER)};
    const cluster = await startLocalCluster({ dataDir: ${JSON.stringify(dataDir)} });
    console.log(cluster.url);`;
  // No file may grow beyond 64 blocks of 1,024 bytes; what does not fit is written in part, then refused.
  const script = `ulimit -f 64; exec "$0" --input-type=module -e "$1"`;
  const child = spawnTidily('bash', ['-c', script, process.execPath, program]);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const url = line.toString('utf8').trim();
  const write = (name: string, bytes: number) =>
    send(url, {
      method: 'POST',
      path: CONFIG_MAPS,
      body: { metadata: { name }, data: { a: 'x'.repeat(bytes) } },
    });
  const acknowledged: string[] = [];
  for (let index = 0; index < 40; index += 1) {
    const { status } = await write(`big-${index}`, 9_000);
    if (status === 201) acknowledged.push(`big-${index}`);
    else expect(status).toBe(500);
  }
  expect(acknowledged.length).toBeGreaterThan(1);
  expect(acknowledged.length).toBeLessThan(10);
  // A small one still fits: it must not be glued to the torn rest of a big one.
  expect((await write('small', 10)).status).toBe(201);
  expect(await names(url)).toEqual([...acknowledged, 'small']);
  await killed(child);
  const again = await startLocalCluster({ dataDir });
  expect(await names(again.url)).toEqual([...acknowledged, 'small']);
  await again.close();
});

test('a folder that a running process has is refused to another, and free once that was killed', async () => {
  const child = spawnCluster();
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  await create(line.toString('utf8').trim(), 'kept');
  await expect(startLocalCluster({ dataDir })).rejects.toThrow(`is in use by process ${child.pid}`);
  await killed(child);
  const again = await startLocalCluster({ dataDir });
  expect(await names(again.url)).toEqual(['kept']);
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

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createKubeClient, type KubeClient } from '../../src/kube/client.ts';
import { type AccessSource, type ClusterAccess, loadClusterAccess } from '../../src/kube/config.ts';
import { type Connection, createConnection } from '../../src/kube/connection.ts';
import { selfSigned } from '../http/self-signed.ts';
import { createTestClock, type TestClock } from '../support/clock.ts';
import { widget } from './support/scripted-server.ts';
import { WIDGETS } from './support/widgets.ts';

const { key, cert } = selfSigned();
const dir = mkdtempSync(join(tmpdir(), 'vendorplane-kube-'));
const signal = new AbortController().signal;
let server: Server;
let url: string;
let clock: TestClock;
let sockets = 0;
let goodToken = 'one';
let authorizations: string[] = [];

beforeAll(async () => {
  server = createServer({ key, cert }, (request, response) => {
    authorizations.push(request.headers.authorization ?? '');
    const isLetIn = request.headers.authorization === `Bearer ${goodToken}`;
    response.writeHead(isLetIn ? 200 : 401, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isLetIn ? widget('a', '1') : { kind: 'Status', reason: 'Unauthorized' }));
  });
  server.on('secureConnection', () => {
    sockets += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  rmSync(dir, { recursive: true, force: true });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

beforeEach(() => {
  clock = createTestClock();
  sockets = 0;
  goodToken = 'one';
  authorizations = [];
});

function file(name: string, content: string): string {
  const path = join(dir, name);
  writeFileSync(path, content);
  return path;
}

function kubeconfig(server: string, user: object, cluster: object = {}): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'main',
    contexts: [
      { name: 'main', context: { cluster: 'c', user: 'u', namespace: 'fleet' } },
      { name: 'broken', context: { cluster: 'nowhere', user: 'u' } },
    ],
    clusters: [
      {
        name: 'c',
        cluster: {
          server,
          ...(server.startsWith('https:') && {
            'certificate-authority-data': Buffer.from(cert).toString('base64'),
          }),
          ...cluster,
        },
      },
    ],
    users: [{ name: 'u', user }],
  });
}

async function load(
  source: Omit<AccessSource, 'env' | 'clock'> & Partial<AccessSource>,
): Promise<ClusterAccess> {
  const access = await loadClusterAccess({ env: {}, clock, ...source });
  if (!access.ok) throw new Error(access.failure.message);
  return access.value;
}

function connect(access: ClusterAccess): { client: KubeClient; connection: Connection } {
  const connection = createConnection({ access, clock, userAgent: 'vendorplane/test' });
  return { client: createKubeClient(connection, clock), connection };
}

describe('over TLS, with a private authority and a token', () => {
  test('two hundred requests need a handful of connections, not two hundred', async () => {
    const { client, connection } = connect(
      await load({ kubeconfig: file('token', kubeconfig(url, { token: 'one' })) }),
    );
    for (let call = 0; call < 200; call += 1) {
      const got = await client.get(WIDGETS, { namespace: 'fleet', name: 'a' }, signal);
      expect(got.ok).toBe(true);
    }
    expect(sockets).toBeLessThanOrEqual(2);
    await connection.close();
  });

  test('a server that the authority did not sign is refused before anything is sent', async () => {
    const other = Buffer.from(selfSigned().cert).toString('base64');
    const config = kubeconfig(url, { token: 'one' }, { 'certificate-authority-data': other });
    const { client, connection } = connect(await load({ kubeconfig: file('other-ca', config) }));
    const got = await client.create(WIDGETS, { metadata: { namespace: 'fleet', name: 'a' } }, signal);
    expect(got).toMatchObject({ ok: false, failure: { kind: 'transient' } });
    expect(authorizations).toEqual([]);
    await connection.close();
  });

  test('a refused token is read again from the file, without a restart', async () => {
    const path = file('rotated', kubeconfig(url, { token: 'one' }));
    const { client, connection } = connect(await load({ kubeconfig: path }));
    const get = () => client.get(WIDGETS, { namespace: 'fleet', name: 'a' }, signal);
    expect((await get()).ok).toBe(true);
    goodToken = 'two';
    file('rotated', kubeconfig(url, { token: 'two' }));
    expect(await get()).toMatchObject({ ok: false, failure: { kind: 'unauthorized' } });
    await clock.advance(10_000);
    expect((await get()).ok).toBe(true);
    await connection.close();
  });

  test('an exec plugin is asked for the token, once for many requests', async () => {
    const script = file(
      'plugin.mjs',
      `import { appendFileSync } from 'node:fs';
       appendFileSync(${JSON.stringify(join(dir, 'calls'))}, 'x');
       console.log(JSON.stringify({ apiVersion: 'client.authentication.k8s.io/v1', kind: 'ExecCredential', status: { token: 'one' } }));`,
    );
    const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: process.execPath, args: [script] };
    const { client, connection } = connect(
      await load({ kubeconfig: file('exec', kubeconfig(url, { exec })) }),
    );
    const gets = [1, 2, 3, 4].map(() => client.get(WIDGETS, { namespace: 'fleet', name: 'a' }, signal));
    expect((await Promise.all(gets)).map((got) => got.ok)).toEqual([true, true, true, true]);
    const { readFileSync } = await import('node:fs');
    expect(readFileSync(join(dir, 'calls'), 'utf8')).toBe('x');
    await connection.close();
  });

  test('a failing exec plugin is said, and what it printed is not', async () => {
    const exec = { command: process.execPath, args: ['-e', 'console.error("hunter2"); process.exit(1)'] };
    const access = await load({ kubeconfig: file('exec-fails', kubeconfig(url, { exec })) });
    const credentials = await access.credentials();
    expect(credentials).toMatchObject({
      ok: false,
      failure: { kind: 'unauthorized', code: 'CredentialsUnavailable' },
    });
    expect(JSON.stringify(credentials)).not.toContain('hunter2');
  });
});

describe('where the configuration comes from', () => {
  test('an explicit file wins over the environment, and gives server and namespace', async () => {
    const explicit = file('explicit', kubeconfig('https://explicit:6443/', {}));
    const listed = file('listed', kubeconfig('https://listed:6443', {}));
    const access = await load({ kubeconfig: explicit, env: { KUBECONFIG: listed } });
    expect(access).toMatchObject({ server: 'https://explicit:6443', namespace: 'fleet' });
  });

  test('missing files of KUBECONFIG are passed over, as kubectl does', async () => {
    const listed = file('listed', kubeconfig('https://listed:6443', {}));
    const access = await load({ env: { KUBECONFIG: [join(dir, 'absent'), listed].join(delimiter) } });
    expect(access.server).toBe('https://listed:6443');
  });

  test('of several files, the first to name a cluster or a context decides, as kubectl does', async () => {
    const first = file(
      'first',
      kubeconfig('https://first:6443', {}).replace('"current-context":"main",', ''),
    );
    const second = file('second', kubeconfig('https://second:6443', {}));
    const access = await load({ env: { KUBECONFIG: [first, second].join(delimiter) } });
    expect(access.server).toBe('https://first:6443');
  });

  test('in a pod, the mounted service account is used and its token read from the file', async () => {
    file('token', 'one');
    file('ca.crt', cert);
    file('namespace', 'vendorplane-system\n');
    const { port } = server.address() as AddressInfo;
    const env = { KUBERNETES_SERVICE_HOST: '127.0.0.1', KUBERNETES_SERVICE_PORT: String(port) };
    const access = await load({ serviceAccountDir: dir, env });
    expect(access.namespace).toBe('vendorplane-system');
    const { client, connection } = connect(access);
    expect((await client.get(WIDGETS, { namespace: 'fleet', name: 'a' }, signal)).ok).toBe(true);
    await connection.close();
  });

  test('credentials are never sent in the clear', async () => {
    const access = await load({
      kubeconfig: file('plain', kubeconfig('http://127.0.0.1:1', { token: 'one' })),
    });
    expect(await access.credentials()).toEqual({ ok: true, value: { headers: {}, tls: {} } });
  });

  test.each([
    ['nothing is there', { serviceAccountDir: '/nonexistent' }, 'KubeconfigMissing'],
    ['the named file is absent', { kubeconfig: join(dir, 'absent') }, 'KubeconfigInvalid'],
    ['the context names no cluster', { kubeconfig: 'explicit', context: 'broken' }, 'KubeconfigInvalid'],
  ])('it says so when %s', async (_why, source, code) => {
    const path =
      'kubeconfig' in source ? { kubeconfig: join(dir, source.kubeconfig.replace(`${dir}/`, '')) } : {};
    const access = await loadClusterAccess({ env: {}, clock, ...source, ...path });
    expect(access).toMatchObject({ ok: false, failure: { kind: 'rejected', code } });
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestOptions } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import { afterAll, describe, expect, test } from 'vitest';
import { type Credentials, credentialsReader } from '../../src/kube/credentials.ts';
import { loginOf, readKubeconfig } from '../../src/kube/kubeconfig.ts';

const dir = mkdtempSync(join(tmpdir(), 'vendorplane-kube-'));
mkdirSync(join(dir, 'keys'));
for (const name of ['ca', 'cert', 'key', 'token'])
  writeFileSync(join(dir, 'keys', name), `${name} of a file\n`);

afterAll(() => rmSync(dir, { recursive: true }));

/** A token of an identity provider that is good for an hour, as far as anybody can read from it. */
const identityToken = [{ alg: 'none' }, { exp: Math.floor(Date.now() / 1_000) + 3_600 }, {}]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .join('.');

const plugin = (status: object): object => ({
  apiVersion: 'client.authentication.k8s.io/v1',
  command: process.execPath,
  args: ['-p', `JSON.stringify(${JSON.stringify({ kind: 'ExecCredential', status })})`],
});

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('what a user entry of a kubeconfig gives', () => {
  test.each([
    ['nothing', {}, {}],
    ['a token', { token: 'one' }, {}],
    ['name and password', { username: 'ada', password: 'secret' }, {}],
    ['a client certificate', { 'client-certificate-data': base64('c'), 'client-key-data': base64('k') }, {}],
    [
      'a client certificate in files beside it',
      { 'client-certificate': 'keys/cert', 'client-key': 'keys/key' },
      {},
    ],
    ['a token of a plugin', { exec: plugin({ token: 'two' }) }, {}],
    [
      'a certificate of a plugin',
      { exec: plugin({ clientCertificateData: 'c', clientKeyData: 'k' }), 'client-certificate': 'keys/cert' },
      {},
    ],
    [
      'a token of an identity provider',
      { 'auth-provider': { name: 'oidc', config: { 'id-token': identityToken } } },
      {},
    ],
    ['somebody else to act as', { token: 'one', as: 'operator' }, {}],
    ['an authority beside it', { token: 'one' }, { 'certificate-authority': 'keys/ca' }],
    ['an authority within it', { token: 'one' }, { 'certificate-authority-data': base64('ca') }],
    ['another name of the server', { token: 'one' }, { 'tls-server-name': 'api.internal' }],
    ['no look at the certificate', { token: 'one' }, { 'insecure-skip-tls-verify': true }],
  ])('%s is what the official client makes of it', async (_what, user, cluster) => {
    const file = kubeconfig(user, cluster);
    expect(await ours(file)).toEqual(await officially(file));
  });

  test('a token file is read each time, and wins over a token, as client-go does', async () => {
    const read = credentialsReader(
      loginOf(readKubeconfig([kubeconfig({ token: 'one', tokenFile: 'keys/token' }, {})])),
    );
    expect((await read()).headers).toEqual({ Authorization: 'Bearer token of a file' });
    writeFileSync(join(dir, 'keys', 'token'), 'rotated\n');
    expect((await read()).headers).toEqual({ Authorization: 'Bearer rotated' });
  });

  test('data wins over a file, as client-go does', async () => {
    const cluster = { 'certificate-authority': 'keys/ca', 'certificate-authority-data': base64('data') };
    expect((await ours(kubeconfig({}, cluster))).tls).toEqual({ ca: Buffer.from('data') });
  });
});

function kubeconfig(user: object, cluster: object): string {
  const file = join(dir, 'config');
  writeFileSync(
    file,
    JSON.stringify({
      'current-context': 'main',
      contexts: [{ name: 'main', context: { cluster: 'c', user: 'u' } }],
      clusters: [{ name: 'c', cluster: { server: 'https://api:6443', ...cluster } }],
      users: [{ name: 'u', user }],
    }),
  );
  return file;
}

function ours(file: string): Promise<Credentials> {
  return credentialsReader(loginOf(readKubeconfig([file])))();
}

async function officially(file: string): Promise<Credentials> {
  const config = new KubeConfig();
  config.loadFromFile(file);
  const options: RequestOptions = {};
  await config.applyToHTTPSOptions(options);
  const { ca, cert, key, servername, rejectUnauthorized, auth } = options;
  const tls = Object.entries({ ca, cert, key, servername, rejectUnauthorized });
  return {
    headers: {
      ...(auth && { Authorization: `Basic ${base64(auth)}` }),
      ...(options.headers as Record<string, string>),
    },
    tls: Object.fromEntries(tls.filter(([, value]) => value !== undefined)),
  };
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLocalCluster } from '../../src/local-cluster/server.ts';

/** A Kubernetes API for a test: ours, or a real one when KUBEBUILDER_ASSETS names its binaries. */
export interface TestCluster {
  /** Where the API is reached without credentials. */
  readonly url: string;
  readonly kubeconfigPath: string;
  close(): Promise<void>;
}

/** How a test wants its cluster. */
export interface TestClusterOptions {
  /** False: the API server alone, as the transcripts were recorded. A real one is always alone. */
  readonly controllers?: boolean;
}

/** Starts a cluster that nobody else uses. */
export async function startTestCluster(options: TestClusterOptions = {}): Promise<TestCluster> {
  const folder = mkdtempSync(join(tmpdir(), 'cluster-'));
  const assets = process.env['KUBEBUILDER_ASSETS'];
  const cluster = assets === undefined ? await startEmbedded(options) : await startReal(assets, folder);
  const kubeconfigPath = join(folder, 'kubeconfig');
  writeFileSync(kubeconfigPath, cluster.kubeconfig, { mode: 0o600 });
  return {
    url: cluster.url,
    kubeconfigPath,
    async close() {
      await cluster.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

interface Started {
  readonly url: string;
  readonly kubeconfig: string;
  close(): Promise<void>;
}

async function startEmbedded(options: TestClusterOptions): Promise<Started> {
  const cluster = await startLocalCluster({ port: 0, ...options });
  return { url: cluster.url, kubeconfig: cluster.kubeconfig(), close: () => cluster.close() };
}

/** etcd, kube-apiserver, and `kubectl proxy`, which lends its credentials to plain HTTP clients. */
async function startReal(assets: string, folder: string): Promise<Started> {
  const [etcdPort, peerPort, apiPort, proxyPort] = await Promise.all([
    freePort(),
    freePort(),
    freePort(),
    freePort(),
  ]);
  const processes: ChildProcess[] = [];
  const run = (program: string, args: readonly string[]) =>
    processes.push(spawn(program, args, { stdio: 'ignore' }));
  const etcd = `http://127.0.0.1:${etcdPort}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  run(join(assets, 'etcd'), [
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${etcd}`,
    `--advertise-client-urls=${etcd}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
  ]);
  const key = await signingKey(folder);
  const tokens = join(folder, 'tokens.csv');
  writeFileSync(tokens, 'test-token,test-admin,test-admin,system:masters\n', { mode: 0o600 });
  run(join(assets, 'kube-apiserver'), [
    `--etcd-servers=${etcd}`,
    `--secure-port=${apiPort}`,
    '--bind-address=127.0.0.1',
    `--cert-dir=${folder}`,
    `--token-auth-file=${tokens}`,
    '--authorization-mode=RBAC',
    '--disable-admission-plugins=ServiceAccount',
    '--service-cluster-ip-range=10.0.0.0/24',
    '--service-account-issuer=https://localhost',
    `--service-account-signing-key-file=${key}`,
    `--service-account-key-file=${key}`,
  ]);
  const kubeconfig = realKubeconfig(`https://127.0.0.1:${apiPort}`);
  const path = join(folder, 'admin');
  writeFileSync(path, kubeconfig, { mode: 0o600 });
  const own = join(assets, 'kubectl');
  const kubectl = existsSync(own) ? own : 'kubectl';
  run(kubectl, [
    `--kubeconfig=${path}`,
    'proxy',
    `--port=${proxyPort}`,
    '--reject-methods=^$',
    '--reject-paths=^$',
  ]);
  const url = `http://127.0.0.1:${proxyPort}`;
  await ready(url);
  return {
    url,
    kubeconfig,
    async close() {
      for (const child of processes.reverse()) {
        child.kill('SIGTERM');
        if (child.exitCode === null) await once(child, 'exit');
      }
    },
  };
}

function realKubeconfig(server: string): string {
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    clusters: [{ name: 'test', cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'test', user: { token: 'test-token' } }],
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'test', namespace: 'default' } }],
  };
  return JSON.stringify(config);
}

async function signingKey(folder: string): Promise<string> {
  const { generateKeyPairSync } = await import('node:crypto');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const path = join(folder, 'service-account.key');
  writeFileSync(path, privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
  return path;
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function ready(url: string): Promise<void> {
  for (let attempt = 0; attempt < 240; attempt += 1) {
    const answer = await fetch(`${url}/readyz`).catch(() => undefined);
    if (answer?.status === 200) return;
    await sleep(250);
  }
  throw new Error('the API server did not become ready within a minute');
}

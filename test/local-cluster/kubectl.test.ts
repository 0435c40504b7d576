import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestCluster, type TestCluster } from '../support/cluster.ts';
import { describeWithKubectl, KUBECTL, type KubectlRun, kubectl as runKubectl } from '../support/kubectl.ts';
import { bePatient } from '../support/patience.ts';
import { widgetDefinition } from './replay/transcript.ts';

bePatient();

/** Real kubectl against the API, as tools and scripts use it. */
describeWithKubectl('kubectl', () => {
  let cluster: TestCluster;
  let home: string;

  beforeAll(async () => {
    cluster = await startTestCluster();
    home = mkdtempSync(join(tmpdir(), 'kubectl-'));
    await kubectl('apply', '-f', file('definition.json', JSON.stringify(widgetDefinition())));
    await kubectl('wait', '--for=condition=Established', 'crd/widgets.demo.vendorplane.dev', '--timeout=10s');
  });

  afterAll(async () => {
    rmSync(home, { recursive: true, force: true });
    await cluster.close();
  });

  function run(...args: string[]): Promise<KubectlRun> {
    return runKubectl(cluster.kubeconfigPath, args, '', { HOME: home });
  }

  /** What it prints. */
  async function kubectl(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await run(...args);
    expect({ args, code, stderr: code === 0 ? '' : stderr }).toEqual({ args, code: 0, stderr: '' });
    return stdout;
  }

  /** What it says when it ends with an error. */
  async function refusal(...args: string[]): Promise<string> {
    const { code, stderr } = await run(...args);
    expect(code).not.toBe(0);
    return stderr;
  }

  function file(name: string, content: string): string {
    const path = join(home, name);
    writeFileSync(path, content);
    return path;
  }

  function widget(name: string, spec: object): string {
    const object = {
      apiVersion: 'demo.vendorplane.dev/v1alpha1',
      kind: 'Widget',
      metadata: { name },
      spec: { vendor: 'Google', ...spec },
    };
    return file(`${name}.json`, JSON.stringify(object));
  }

  test('apply on the client side creates, then changes, then finds nothing to do', async () => {
    expect(await kubectl('apply', '-f', widget('client', { replicas: 2 }))).toContain('created');
    expect(await kubectl('apply', '-f', widget('client', { replicas: 3 }))).toContain('configured');
    expect(await kubectl('apply', '-f', widget('client', { replicas: 3 }))).toContain('unchanged');
    expect(await kubectl('get', 'widget', 'client', '-o', 'jsonpath={.spec.replicas}')).toBe('3');
  });

  test('apply on the server side removes what the manager no longer names', async () => {
    await kubectl('apply', '--server-side', '-f', widget('server', { title: 'Once' }));
    await kubectl('apply', '--server-side', '-f', widget('server', {}));
    expect(await kubectl('get', 'widget', 'server', '-o', 'jsonpath={.spec.title}')).toBe('');
  });

  test('apply refuses an unknown field before and what the schema forbids after sending', async () => {
    expect(await refusal('apply', '-f', widget('unknown', { nope: 1 }))).toContain(
      'unknown field "spec.nope"',
    );
    expect(await refusal('apply', '-f', widget('forbidden', { replicas: 99 }))).toContain(
      'less than or equal to 10',
    );
  });

  test('get prints the columns of the definition, more of them with -o wide', async () => {
    await kubectl('apply', '-f', widget('shown', { tags: ['a', 'b'] }));
    const [header = '', row = ''] = (await kubectl('get', 'wd', 'shown')).split('\n');
    expect(header.split(/\s+/)).toEqual([
      'NAME',
      'VENDOR',
      'MODE',
      'REPLICAS',
      'READY',
      'SUSPENDED',
      'SEEN',
      'AGE',
    ]);
    expect(row.split(/\s+/).slice(0, 4)).toEqual(['shown', 'Google', 'Observe', '1']);
    expect(await kubectl('get', 'wd', 'shown', '-o', 'wide')).toContain('["a","b"]');
  });

  test('get -w prints what happens after the list', async () => {
    await kubectl('apply', '-f', widget('watched', {}));
    const watching = [
      '--kubeconfig',
      cluster.kubeconfigPath,
      'get',
      'widget',
      'watched',
      '-w',
      '--no-headers',
    ];
    const child = spawn(KUBECTL, watching, { env: { ...process.env, HOME: home } });
    let said = '';
    let changed = false;
    for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
      // A line may come in pieces: only what ends with its newline counts.
      said += chunk.toString('utf8');
      if (!changed)
        await kubectl('patch', 'widget', 'watched', '--type=merge', '-p', '{"spec":{"replicas":7}}');
      changed = true;
      if (said.split('\n').length > 2) break;
    }
    child.kill();
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    expect(said.split('\n')[1]).toMatch(/watched\s+Google\s+Observe\s+7/);
  });

  test('describe shows the object and the events about it', async () => {
    await kubectl('apply', '-f', widget('described', {}));
    const uid = await kubectl('get', 'widget', 'described', '-o', 'jsonpath={.metadata.uid}');
    const event = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name: 'described.1', namespace: 'default' },
      involvedObject: {
        apiVersion: 'demo.vendorplane.dev/v1alpha1',
        kind: 'Widget',
        name: 'described',
        namespace: 'default',
        uid,
      },
      reason: 'Claimed',
      message: 'the device was claimed',
      type: 'Normal',
      source: { component: 'test' },
      firstTimestamp: '2026-01-01T00:00:00Z',
      lastTimestamp: '2026-01-01T00:00:00Z',
      count: 1,
    };
    await kubectl('create', '-f', file('event.json', JSON.stringify(event)));
    const text = await kubectl('describe', 'widget', 'described');
    expect(text).toContain('Vendor:');
    expect(text).toContain('the device was claimed');
  });

  test('wait sees a condition that is set while it waits', async () => {
    await kubectl('apply', '-f', widget('waiting', {}));
    const waiting = kubectl('wait', '--for=condition=Ready', 'widget/waiting', '--timeout=15s');
    const status = { status: { conditions: [{ type: 'Ready', status: 'True' }] } };
    await kubectl(
      'patch',
      'widget',
      'waiting',
      '--subresource=status',
      '--type=merge',
      '-p',
      JSON.stringify(status),
    );
    expect(await waiting).toContain('condition met');
  });

  test('delete waits until the object is gone', async () => {
    await kubectl('apply', '-f', widget('deleted', {}));
    expect(await kubectl('delete', 'widget', 'deleted')).toContain('deleted');
    expect(await refusal('get', 'widget', 'deleted')).toContain('NotFound');
  });

  test('explain reads the schema of the definition and of a core kind', async () => {
    expect(await kubectl('explain', 'widgets.spec.vendor')).toContain('Whose API.');
    expect(await kubectl('explain', 'configmap.data')).toContain('map[string]string');
  });

  test('api-resources lists built-in and defined kinds', async () => {
    const names = await kubectl('api-resources', '-o', 'name');
    expect(names.split('\n')).toEqual(
      expect.arrayContaining(['configmaps', 'secrets', 'widgets.demo.vendorplane.dev']),
    );
  });

  test('create sends protobuf for a ConfigMap, a Secret and a Namespace', async () => {
    await kubectl(
      'create',
      'configmap',
      'made',
      `--from-file=text=${file('text', 'hello\n')}`,
      '--from-literal=a=1',
    );
    expect(await kubectl('get', 'configmap', 'made', '-o', 'jsonpath={.data.text}{.data.a}')).toBe(
      'hello\n1',
    );
    await kubectl('create', 'secret', 'generic', 'made', '--from-literal=a=1');
    expect(await kubectl('get', 'secret', 'made', '-o', 'jsonpath={.type}/{.data.a}')).toBe('Opaque/MQ==');
    await kubectl('create', 'namespace', 'made');
    expect(await kubectl('get', 'namespace', 'made', '-o', 'jsonpath={.status.phase}')).toBe('Active');
  });

  test('patch and label change an object', async () => {
    await kubectl('create', 'configmap', 'changed', '--from-literal=a=1');
    await kubectl('patch', 'configmap', 'changed', '-p', '{"data":{"b":"2"}}');
    await kubectl('label', 'configmap', 'changed', 'tier=x');
    expect(await kubectl('get', 'configmap', '-l', 'tier=x', '-o', 'jsonpath={.items[*].data}')).toBe(
      '{"a":"1","b":"2"}',
    );
  });

  test('auth can-i is answered', async () => {
    expect((await kubectl('auth', 'can-i', 'get', 'widgets')).trim()).toBe('yes');
  });

  test('diff shows what an apply would change, and changes nothing', async () => {
    await kubectl('apply', '-f', widget('compared', { replicas: 2 }));
    const child = await run('diff', '-f', widget('compared', { replicas: 5 }));
    expect(child).toMatchObject({ code: 1, stdout: expect.stringContaining('+  replicas: 5') as unknown });
    expect(await kubectl('get', 'widget', 'compared', '-o', 'jsonpath={.spec.replicas}')).toBe('2');
  });
});

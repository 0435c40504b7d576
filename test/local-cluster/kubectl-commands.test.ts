import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestCluster, type TestCluster } from '../support/cluster.ts';
import { describeWithKubectl, type KubectlRun, kubectl } from '../support/kubectl.ts';
import { bePatient } from '../support/patience.ts';
import { widgetDefinition } from './replay/transcript.ts';

bePatient();

/** What people type, beside what kubectl.test.ts shows of tools and scripts. */
describeWithKubectl('a person with kubectl', () => {
  let cluster: TestCluster;
  let home: string;

  beforeAll(async () => {
    cluster = await startTestCluster();
    home = mkdtempSync(join(tmpdir(), 'kubectl-'));
    await ok(['create', '-f', '-'], JSON.stringify(widgetDefinition()));
    await ok(['wait', '--for=condition=Established', 'crd/widgets.demo.vendorplane.dev', '--timeout=30s']);
  });

  afterAll(async () => {
    rmSync(home, { recursive: true, force: true });
    await cluster.close();
  });

  function run(args: readonly string[], input = '', env: NodeJS.ProcessEnv = {}): Promise<KubectlRun> {
    return kubectl(cluster.kubeconfigPath, args, input, { HOME: home, ...env });
  }

  /** What it prints; a failure shows what it said. */
  async function ok(args: readonly string[], input = '', env: NodeJS.ProcessEnv = {}): Promise<string> {
    const { code, stdout, stderr } = await run(args, input, env);
    expect({ args, code, stderr: code === 0 ? '' : stderr }).toEqual({ args, code: 0, stderr: '' });
    return stdout;
  }

  function widget(name: string, spec: object): string {
    return JSON.stringify({
      apiVersion: 'demo.vendorplane.dev/v1alpha1',
      kind: 'Widget',
      metadata: { name },
      spec: { vendor: 'Google', ...spec },
    });
  }

  function value(kind: string, name: string, path: string): Promise<string> {
    return ok(['get', kind, name, '-o', `jsonpath=${path}`]);
  }

  /** An editor that replaces one word in the file it is given. */
  function editor(from: string, to: string): NodeJS.ProcessEnv {
    const script = join(home, 'editor.mjs');
    writeFileSync(
      script,
      `import { readFileSync, writeFileSync } from 'node:fs';
       const [from, to, file] = process.argv.slice(2);
       writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));`,
    );
    return { KUBE_EDITOR: `${process.execPath} ${script} ${from} ${to}` };
  }

  test('edits a custom resource and a core one in an editor', async () => {
    await ok(['create', '-f', '-'], widget('edited', { title: 'Before' }));
    await ok(['edit', 'widget', 'edited'], '', editor('Before', 'After'));
    expect(await value('widget', 'edited', '{.spec.title}')).toBe('After');
    await ok(['create', 'configmap', 'edited', '--from-literal=key=before']);
    await ok(['edit', 'configmap', 'edited'], '', editor('before', 'after'));
    expect(await value('configmap', 'edited', '{.data.key}')).toBe('after');
  });

  test('is told why an edit is refused, and finds the text again', async () => {
    await ok(['create', '-f', '-'], widget('refused', { title: 'Before' }));
    const { code, stderr } = await run(['edit', 'widget', 'refused'], '', editor('Google', 'Nobody'));
    expect([code, stderr]).toEqual([1, expect.stringContaining('"refused" is invalid') as unknown]);
    const copy = /stored to "(.*)"/.exec(stderr)?.[1] ?? '';
    expect(readFileSync(copy, 'utf8')).toContain('# * spec.vendor: Unsupported value: "Nobody"');
    rmSync(copy);
  });

  test('edits the status where the kind has one', async () => {
    await ok(['create', '-f', '-'], widget('judged', {}));
    const patch = '{"status":{"phase":"First"}}';
    await ok(['patch', 'widget', 'judged', '--subresource=status', '--type=merge', '-p', patch]);
    await ok(['edit', 'widget', 'judged', '--subresource=status'], '', editor('First', 'Second'));
    expect(await value('widget', 'judged', '{.status.phase}')).toBe('Second');
  });

  test('annotates and takes the annotation back, selects by label, and overwrites only when asked to', async () => {
    await ok(['create', 'configmap', 'noted']);
    await ok(['annotate', 'configmap', 'noted', 'owner=me']);
    expect((await run(['annotate', 'configmap', 'noted', 'owner=you'])).code).toBe(1);
    await ok(['annotate', 'configmap', 'noted', 'owner=you', '--overwrite']);
    expect(await value('configmap', 'noted', '{.metadata.annotations.owner}')).toBe('you');
    await ok(['annotate', 'configmap', 'noted', 'owner-']);
    expect(await value('configmap', 'noted', '{.metadata.annotations}')).toBe('');
    await ok(['label', 'configmap', 'noted', 'tier=x']);
    expect(await ok(['get', 'configmap', '-l', 'tier in (x,y)', '-o', 'name'])).toBe('configmap/noted\n');
    await ok(['delete', 'configmap', '-l', 'tier=x']);
    expect(await ok(['get', 'configmap', '-l', 'tier=x', '-o', 'name'])).toBe('');
  });

  test('patches with each of the three types', async () => {
    await ok(['create', '-f', '-'], widget('patched', { tags: ['a'], title: 'Once' }));
    const patch = (type: string, text: string) =>
      run(['patch', 'widget', 'patched', `--type=${type}`, '-p', text]);
    expect((await patch('merge', '{"spec":{"title":null,"tags":["b"]}}')).code).toBe(0);
    expect(await value('widget', 'patched', '{.spec.title}{.spec.tags}')).toBe('["b"]');
    expect((await patch('json', '[{"op":"add","path":"/spec/tags/-","value":"c"}]')).code).toBe(0);
    expect(await value('widget', 'patched', '{.spec.tags}')).toBe('["b","c"]');
    expect((await patch('strategic', '{"spec":{}}')).stderr).toContain(
      'strategic-merge-patch+json is not supported',
    );
  });

  test('shows events about an object, by kubectl events and by kubectl get events', async () => {
    await ok(['create', 'configmap', 'eventful']);
    const uid = await value('configmap', 'eventful', '{.metadata.uid}');
    const now = new Date().toISOString().replace(/\.\d+Z/, 'Z');
    const event = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { generateName: 'eventful.' },
      involvedObject: { apiVersion: 'v1', kind: 'ConfigMap', name: 'eventful', namespace: 'default', uid },
      reason: 'Noticed',
      message: 'somebody looked',
      type: 'Normal',
      source: { component: 'test' },
      firstTimestamp: now,
      lastTimestamp: now,
      count: 1,
    };
    await ok(['create', '-f', '-'], JSON.stringify(event));
    expect(await ok(['events', '--for', 'configmap/eventful'])).toContain('somebody looked');
    expect(await ok(['events', '--types=Warning', '--for', 'configmap/eventful'])).not.toContain('somebody');
    const selector = `involvedObject.uid=${uid},reason=Noticed`;
    expect(await ok(['get', 'events', '--field-selector', selector])).toContain('somebody looked');
    expect(
      await ok([
        'get',
        'events.events.k8s.io',
        '--field-selector',
        'reason=Noticed',
        '-o',
        'jsonpath={.items[0].note}',
      ]),
    ).toBe('somebody looked');
    expect(await ok(['describe', 'configmap', 'eventful'])).toContain('somebody looked');
  });

  test('reads every field of a kind with explain, through OpenAPI v3 and v2', async () => {
    const whole = await ok(['explain', 'widgets', '--recursive']);
    expect(whole).toMatch(/ownerReferences\s+<\[\]OwnerReference>/);
    expect(whole).toMatch(/perSecond\s+<integer>/);
    expect(whole).toMatch(/vendor\s+<string> -required-/);
    expect(whole).toMatch(/enum: Observe, Plan, Enforce/);
    expect(await ok(['explain', 'lease.spec', '--recursive'])).toMatch(/holderIdentity\s+<string>/);
    expect(await ok(['explain', 'crd.spec.names'])).toMatch(/shortNames\s+<\[\]string>/);
    const v2 = await ok(['explain', 'widgets.spec', '--output', 'plaintext-openapiv2']);
    expect(v2).toMatch(/vendor\s+<string> -required-\n\s+Whose API\./);
    expect((await run(['explain', 'widgets.spec.nothing'])).stderr).toContain(
      'field "nothing" does not exist',
    );
  });

  test('finds kinds by plural, singular, short name, category and group', async () => {
    await ok(['create', '-f', '-'], widget('found', {}));
    for (const word of ['widgets', 'widget', 'wd', 'demo', 'widgets.demo.vendorplane.dev', 'Widget']) {
      expect(await ok(['get', word, '-o', 'name'])).toContain('widget.demo.vendorplane.dev/found');
    }
    const resources = await ok(['api-resources', '--namespaced=true', '--verbs=list', '-o', 'wide']);
    expect(resources).toMatch(
      /widgets\s+wd\s+demo\.vendorplane\.dev\/v1alpha1\s+true\s+Widget\s+\S*create\S*\s+demo/,
    );
    expect(await ok(['api-versions'])).toContain('demo.vendorplane.dev/v1alpha1\n');
  });

  test('asks what may be done, and who is asking', async () => {
    expect(await ok(['auth', 'can-i', 'delete', 'widgets', '--subresource=status'])).toBe('yes\n');
    expect(await ok(['auth', 'can-i', '--list'])).toMatch(/\*\.\*\s+\[\]\s+\[\]\s+\[\*\]/);
    expect(await ok(['auth', 'whoami', '-o', 'jsonpath={.status.userInfo.groups}'])).toContain('system:');
  });

  test('creates without sending, without storing, and under a generated name', async () => {
    expect(await ok(['create', 'configmap', 'dry', '--dry-run=client', '-o', 'name'])).toBe(
      'configmap/dry\n',
    );
    expect(
      await ok(['create', 'configmap', 'dry', '--dry-run=server', '-o', 'jsonpath={.metadata.uid}']),
    ).not.toBe('');
    expect((await run(['get', 'configmap', 'dry'])).stderr).toContain('not found');
    const generated = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'gen-' } };
    expect(await ok(['create', '-f', '-', '-o', 'name'], JSON.stringify(generated))).toMatch(
      /^configmap\/gen-[a-z0-9]{5}\n$/,
    );
    expect((await run(['create', 'configmap', 'edited-twice', '--from-literal=a'])).code).toBe(1);
  });

  test('takes a folder of files into a ConfigMap, text and bytes', async () => {
    const file = join(home, 'blob.bin');
    writeFileSync(file, Buffer.from([0, 1, 2, 255]));
    await ok(['create', 'configmap', 'files', `--from-file=${file}`, `--from-file=again=${file}`]);
    expect(await value('configmap', 'files', '{.binaryData}')).toBe(
      '{"again":"AAEC/w==","blob.bin":"AAEC/w=="}',
    );
    await ok(['create', 'secret', 'generic', 'files', `--from-file=${file}`, '--type=test.dev/blob']);
    expect(await value('secret', 'files', '{.type} {.data}')).toBe('test.dev/blob {"blob.bin":"AAEC/w=="}');
    expect(await ok(['describe', 'secret', 'files'])).toMatch(/blob\.bin:\s+4 bytes/);
  });

  test('replaces, and is refused when somebody wrote in between', async () => {
    await ok(['create', '-f', '-'], widget('replaced', { replicas: 1 }));
    const before = await ok(['get', 'widget', 'replaced', '-o', 'json']);
    await ok(['replace', '-f', '-'], before.replace('"replicas": 1', '"replicas": 2'));
    expect((await run(['replace', '-f', '-'], before)).stderr).toContain('the object has been modified');
    await ok(['replace', '--force', '-f', '-'], widget('replaced', { replicas: 4 }));
    expect(await value('widget', 'replaced', '{.spec.replicas}')).toBe('4');
  });

  test('moves from client-side to server-side apply, and sees a conflict with another manager', async () => {
    await ok(['apply', '-f', '-'], widget('moved', { title: 'One', replicas: 1 }));
    await ok(['apply', '--server-side', '-f', '-'], widget('moved', { title: 'Two' }));
    expect(await value('widget', 'moved', '{.spec.title}')).toBe('Two');
    const managers = await value('widget', 'moved', '{.metadata.managedFields[*].manager}');
    expect(managers).not.toContain('client-side');
    const other = ['apply', '--server-side', '--field-manager=other', '-f', '-'];
    expect((await run(other, widget('moved', { title: 'Three' }))).stderr).toContain(
      'conflict with "kubectl": .spec.title',
    );
    await ok([...other, '--force-conflicts'], widget('moved', { title: 'Three' }));
    const diff = await run(
      ['diff', '--server-side', '--force-conflicts', '-f', '-'],
      widget('moved', { title: 'Four' }),
    );
    expect([diff.code, diff.stdout]).toEqual([1, expect.stringContaining('+  title: Four')]);
    expect(await value('widget', 'moved', '{.spec.title}')).toBe('Three');
  });

  test('prunes what is no longer in the set it applies', async () => {
    const map = (name: string) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, labels: { set: 'pruned' } },
    });
    const apply = ['apply', '--prune', '-l', 'set=pruned', '--prune-allowlist=core/v1/ConfigMap', '-f', '-'];
    const list = (...names: string[]) =>
      JSON.stringify({ apiVersion: 'v1', kind: 'List', items: names.map(map) });
    await ok(apply, list('stays', 'goes'));
    expect(await ok(apply, list('stays'))).toContain('configmap/goes pruned');
    expect(await ok(['get', 'configmap', '-l', 'set=pruned', '-o', 'name'])).toBe('configmap/stays\n');
  });

  test('waits for a value, for a deletion, and not for ever', async () => {
    await ok(['create', '-f', '-'], widget('awaited', {}));
    expect(
      (await run(['wait', '--for=jsonpath={.status.phase}=Done', 'widget/awaited', '--timeout=1s'])).stderr,
    ).toContain('timed out');
    const done = ok(['wait', '--for=jsonpath={.status.phase}=Done', 'widget/awaited', '--timeout=30s']);
    await ok([
      'patch',
      'widget',
      'awaited',
      '--subresource=status',
      '--type=merge',
      '-p',
      '{"status":{"phase":"Done"}}',
    ]);
    expect(await done).toContain('condition met');
    const gone = ok(['wait', '--for=delete', 'widget/awaited', '--timeout=30s']);
    await ok(['delete', 'widget', 'awaited', '--wait=false']);
    await gone;
  });

  test('describes a namespace, and deletes it with what is in it', async () => {
    await ok(['create', 'namespace', 'team']);
    expect(await ok(['describe', 'namespace', 'team'])).toMatch(/Status:\s+Active/);
    await ok(['create', 'configmap', 'inside', '-n', 'team']);
    if (process.env['KUBEBUILDER_ASSETS'] !== undefined) return; // binaries alone have no namespace controller
    await ok(['delete', 'namespace', 'team', '--timeout=30s']);
    expect((await run(['get', 'configmap', 'inside', '-n', 'team'])).stderr).toContain('not found');
    expect((await run(['create', 'configmap', 'late', '-n', 'team'])).stderr).toContain(
      'namespaces "team" not found',
    );
  });

  test('pages through a list, sorts it, and prints YAML that can be applied again', async () => {
    for (const name of ['p3', 'p1', 'p2'])
      await ok(['create', 'configmap', name, `--from-literal=at=${name}`]);
    const sorted = ['get', 'configmap', 'p3', 'p1', 'p2', '--sort-by=.metadata.name', '-o', 'name'];
    expect(await ok(sorted)).toBe('configmap/p1\nconfigmap/p2\nconfigmap/p3\n');
    const paged = await ok(['get', 'configmap', '--chunk-size=2', '-o', 'name']);
    expect(paged).toContain('configmap/p1\nconfigmap/p2\nconfigmap/p3\n');
    const yaml = await ok(['get', 'configmap', 'p1', '-o', 'yaml']);
    await ok(['replace', '-f', '-'], yaml);
    expect(await ok(['get', '--raw', '/readyz'])).toBe('ok');
    expect(await ok(['version', '-o', 'json'])).toContain('"serverVersion"');
  });
});

import {
  ApiException,
  AuthorizationV1Api,
  CoordinationV1Api,
  CoreV1Api,
  CustomObjectsApi,
  EventsV1Api,
  KubeConfig,
  KubernetesObjectApi,
  PatchStrategy,
  setHeaderOptions,
  V1MicroTime,
  VersionApi,
  Watch,
} from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestCluster, type TestCluster } from '../support/cluster.ts';
import { bePatient } from '../support/patience.ts';
import { prepare } from './replay/replay.ts';

bePatient();

/** The official client, with nothing but a kubeconfig. */

interface Widget {
  readonly metadata: { readonly name: string; readonly resourceVersion: string };
  readonly spec: Readonly<Record<string, unknown>>;
  readonly status?: Readonly<Record<string, unknown>>;
}

const WIDGETS = {
  group: 'demo.vendorplane.dev',
  version: 'v1alpha1',
  namespace: 'default',
  plural: 'widgets',
};

describe('@kubernetes/client-node', () => {
  let cluster: TestCluster;
  let config: KubeConfig;

  beforeAll(async () => {
    cluster = await startTestCluster();
    config = new KubeConfig();
    config.loadFromFile(cluster.kubeconfigPath);
    // The client's own types lose the x-kubernetes keywords of a schema.
    await prepare('client', cluster.url);
  });

  afterAll(async () => {
    await cluster.close();
  });

  function core(): CoreV1Api {
    return config.makeApiClient(CoreV1Api);
  }

  function custom(): CustomObjectsApi {
    return config.makeApiClient(CustomObjectsApi);
  }

  function widget(name: string, spec: object = {}): object {
    return {
      apiVersion: 'demo.vendorplane.dev/v1alpha1',
      kind: 'Widget',
      metadata: { name },
      spec: { vendor: 'Google', ...spec },
    };
  }

  /** What the API refuses with. */
  async function refusal(work: Promise<unknown>): Promise<{ code: number; reason: string }> {
    const error: unknown = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!(error instanceof ApiException)) throw new Error(`not refused: ${String(error)}`);
    return { code: error.code, reason: (JSON.parse(error.body as string) as { reason: string }).reason };
  }

  test('creates, reads, replaces, lists and deletes core objects', async () => {
    const api = core();
    const namespace = 'default';
    const made = await api.createNamespacedConfigMap({
      namespace,
      body: { metadata: { name: 'typed' }, data: { a: '1' } },
    });
    expect(made.metadata?.creationTimestamp).toBeInstanceOf(Date);
    const { resourceVersion } = made.metadata ?? {};
    made.data = { a: '2' };
    const replaced = await api.replaceNamespacedConfigMap({
      namespace,
      name: 'typed',
      body: made,
    });
    expect(replaced.metadata?.resourceVersion).not.toBe(resourceVersion);
    const stale = api.replaceNamespacedConfigMap({
      namespace,
      name: 'typed',
      body: made,
    });
    expect(await refusal(stale)).toEqual({ code: 409, reason: 'Conflict' });
    const listed = await api.listNamespacedConfigMap({ namespace, fieldSelector: 'metadata.name=typed' });
    expect(listed.items.map(({ data }) => data)).toEqual([{ a: '2' }]);
    const done = await api.deleteNamespacedConfigMap({ namespace, name: 'typed' });
    expect(done.status).toBe('Success');
    const absent = api.readNamespacedConfigMap({ namespace, name: 'typed' });
    expect(await refusal(absent)).toEqual({ code: 404, reason: 'NotFound' });
  });

  test('creates twice and is told so; breaks the schema and is told so', async () => {
    await custom().createNamespacedCustomObject({ ...WIDGETS, body: widget('once') });
    const again = custom().createNamespacedCustomObject({ ...WIDGETS, body: widget('once') });
    expect(await refusal(again)).toEqual({ code: 409, reason: 'AlreadyExists' });
    const wrong = custom().createNamespacedCustomObject({
      ...WIDGETS,
      body: widget('wrong', { replicas: 99 }),
    });
    expect(await refusal(wrong)).toEqual({ code: 422, reason: 'Invalid' });
  });

  test('patches a custom resource in every way it can be patched', async () => {
    const name = 'patched';
    await custom().createNamespacedCustomObject({ ...WIDGETS, body: widget(name, { title: 'One' }) });
    const patch = async (strategy: string, body: unknown, more: object = {}) =>
      (await custom().patchNamespacedCustomObject(
        { ...WIDGETS, name, body, ...more },
        setHeaderOptions('Content-Type', strategy),
      )) as Widget;
    expect((await patch(PatchStrategy.MergePatch, { spec: { title: 'Two' } })).spec['title']).toBe('Two');
    const replace = [{ op: 'replace', path: '/spec/title', value: 'Three' }];
    expect((await patch(PatchStrategy.JsonPatch, replace)).spec['title']).toBe('Three');
    const applied = patch(PatchStrategy.ServerSideApply, widget(name, { title: 'Four' }), {
      fieldManager: 'me',
    });
    expect(await refusal(applied)).toEqual({ code: 409, reason: 'Conflict' });
    const forced = await patch(PatchStrategy.ServerSideApply, widget(name, { title: 'Four' }), {
      fieldManager: 'me',
      force: true,
    });
    expect(forced.spec['title']).toBe('Four');
  });

  test('writes a status beside the wish, and neither touches the other', async () => {
    const name = 'told';
    const made = (await custom().createNamespacedCustomObject({
      ...WIDGETS,
      body: { ...widget(name), status: { phase: 'Invented' } },
    })) as Widget;
    expect(made.status).toBeUndefined();
    const status = (await custom().patchNamespacedCustomObjectStatus(
      { ...WIDGETS, name, body: { spec: { title: 'Hidden' }, status: { phase: 'Seen' } } },
      setHeaderOptions('Content-Type', PatchStrategy.MergePatch),
    )) as Widget;
    expect([status.status, status.spec['title']]).toEqual([{ phase: 'Seen' }, undefined]);
  });

  test('pages through a list and finds every object once', async () => {
    const names = Array.from({ length: 7 }, (_unused, index) => `page-${index}`);
    for (const name of names) {
      await core().createNamespacedSecret({
        namespace: 'default',
        body: { metadata: { name, labels: { paged: 'y' } } },
      });
    }
    const found: string[] = [];
    let token: string | undefined;
    do {
      const page = await core().listSecretForAllNamespaces({
        labelSelector: 'paged=y',
        limit: 3,
        ...(token === undefined ? {} : { _continue: token }),
      });
      expect(page.items.length).toBeLessThanOrEqual(3);
      found.push(...page.items.map(({ metadata }) => metadata?.name ?? ''));
      token = page.metadata?._continue;
    } while (token !== undefined && token !== '');
    expect(found).toEqual(names);
    await core().deleteCollectionNamespacedSecret({ namespace: 'default', labelSelector: 'paged=y' });
    expect(
      (await core().listNamespacedSecret({ namespace: 'default', labelSelector: 'paged=y' })).items,
    ).toEqual([]);
  });

  test('watches from a version on', async () => {
    const { metadata } = (await custom().listNamespacedCustomObject(WIDGETS)) as {
      metadata: { resourceVersion: string };
    };
    const seen: string[] = [];
    const ended = Promise.withResolvers<unknown>();
    const path = '/apis/demo.vendorplane.dev/v1alpha1/namespaces/default/widgets';
    const query = { resourceVersion: metadata.resourceVersion, fieldSelector: 'metadata.name=seen' };
    const note = (phase: string, object: Widget) => {
      seen.push(`${phase} ${object.metadata.name}`);
      if (phase === 'DELETED') watching.abort();
    };
    const watching = await new Watch(config).watch(path, query, note, ended.resolve);
    await custom().createNamespacedCustomObject({ ...WIDGETS, body: widget('seen') });
    await custom().patchNamespacedCustomObject(
      { ...WIDGETS, name: 'seen', body: { spec: { replicas: 2 } } },
      setHeaderOptions('Content-Type', PatchStrategy.MergePatch),
    );
    await custom().deleteNamespacedCustomObject({ ...WIDGETS, name: 'seen' });
    await ended.promise;
    expect(seen).toEqual(['ADDED seen', 'MODIFIED seen', 'DELETED seen']);
  });

  test('takes and renews a lease, with times of six digits', async () => {
    const api = config.makeApiClient(CoordinationV1Api);
    const body = {
      metadata: { name: 'leader' },
      spec: { holderIdentity: 'me', renewTime: new V1MicroTime() },
    };
    const taken = await api.createNamespacedLease({ namespace: 'default', body });
    const replaceWith = (holderIdentity: string, metadata = taken.metadata) =>
      api.replaceNamespacedLease({
        namespace: 'default',
        name: 'leader',
        body: {
          ...(metadata === undefined ? {} : { metadata }),
          spec: { holderIdentity, renewTime: new V1MicroTime() },
        },
      });
    const renewed = await replaceWith('me');
    expect(renewed.spec?.holderIdentity).toBe('me');
    const both = await Promise.allSettled(['one', 'two'].map((name) => replaceWith(name, renewed.metadata)));
    const [lost] = both.filter(({ status }) => status === 'rejected') as PromiseRejectedResult[];
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(lost?.reason).toMatchObject({ code: 409 });
  });

  test('writes an event in one API and reads it in the other', async () => {
    await core().createNamespacedEvent({
      namespace: 'default',
      body: {
        metadata: { name: 'noticed' },
        involvedObject: { kind: 'ConfigMap', name: 'typed', namespace: 'default' },
        reason: 'Noticed',
        message: 'it was noticed',
        type: 'Normal',
      },
    });
    const event = await config
      .makeApiClient(EventsV1Api)
      .readNamespacedEvent({ namespace: 'default', name: 'noticed' });
    expect([event.note, event.regarding?.name]).toEqual(['it was noticed', 'typed']);
  });

  test('asks for the version and for permission', async () => {
    expect((await config.makeApiClient(VersionApi).getCode()).major).toBe('1');
    const review = await config.makeApiClient(AuthorizationV1Api).createSelfSubjectAccessReview({
      body: { spec: { resourceAttributes: { verb: 'list', resource: 'secrets' } } },
    });
    expect(review.status?.allowed).toBe(true);
  });

  test('finds a kind it does not know beforehand by discovery', async () => {
    const objects = KubernetesObjectApi.makeApiClient(config);
    const body = { ...widget('dynamic'), metadata: { name: 'dynamic', namespace: 'default' } };
    await objects.create(body);
    const listed = await objects.list('demo.vendorplane.dev/v1alpha1', 'Widget', 'default');
    expect(listed.items.map(({ metadata }) => metadata?.name)).toContain('dynamic');
  });
});

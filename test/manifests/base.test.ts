import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { Command } from 'commander';
import { afterAll, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { createMetrics } from '../../src/cli/controller/measured/metrics.ts';
import { addFlags, type Options } from '../../src/cli/controller/options.ts';
import { startTestCluster } from '../support/cluster.ts';
import {
  applyText,
  describeWithKubectl,
  find,
  kustomize,
  kustomizeText,
  type Rendered,
} from './kustomize.ts';

const ROOT = resolve(import.meta.dirname, '../..');
const BASE = join(ROOT, 'manifests/base');
const OVERLAY = mkdtempSync(join(tmpdir(), 'overlay-'));

afterAll(() => rmSync(OVERLAY, { recursive: true, force: true }));

interface Container {
  readonly args: readonly string[];
  readonly image: string;
  readonly ports: readonly { readonly name: string; readonly containerPort: number }[];
  readonly livenessProbe: { readonly httpGet: { readonly path: string; readonly port: string } };
  readonly readinessProbe: { readonly httpGet: { readonly path: string; readonly port: string } };
  readonly resources: Readonly<Record<'requests' | 'limits', Readonly<Record<string, string>>>>;
  readonly securityContext: Readonly<Record<string, unknown>>;
}

interface Deployment {
  readonly spec: {
    readonly replicas: number;
    readonly template: {
      readonly metadata: { readonly labels: Readonly<Record<string, string>> };
      readonly spec: {
        readonly terminationGracePeriodSeconds: number;
        readonly securityContext: Readonly<Record<string, unknown>>;
        readonly containers: readonly [Container];
      };
    };
  };
}

interface AlertGroups {
  readonly groups: readonly {
    readonly rules: readonly { readonly alert: string; readonly expr: string }[];
  }[];
}

function deployment(): Deployment {
  return find(kustomize(BASE), 'Deployment', 'vendorplane-controller') as Rendered & Deployment;
}

function container(): Container {
  return deployment().spec.template.spec.containers[0];
}

/** The flags as the program itself reads them; throws on one it does not know. */
function flags(): Options {
  const command = addFlags(new Command('controller')).exitOverride();
  return command.parse(container().args.slice(1), { from: 'user' }).opts();
}

describeWithKubectl('manifests/base', () => {
  test('renders what an installation needs, all of it in one namespace', () => {
    const objects = kustomize(BASE);
    expect(objects.map(({ kind }) => kind).sort()).toEqual([
      'ClusterRole',
      'ClusterRoleBinding',
      'Deployment',
      'Namespace',
      'Role',
      'RoleBinding',
      'Service',
      'ServiceAccount',
    ]);
    const namespaces = objects.flatMap(({ metadata }) => metadata.namespace ?? []);
    expect([...new Set(namespaces)]).toEqual(['vendorplane-system']);
  });

  test('the pod keeps to the restricted pod security standard, and the namespace enforces it', () => {
    const { securityContext } = deployment().spec.template.spec;
    expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(container().securityContext).toEqual({
      allowPrivilegeEscalation: false,
      privileged: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(deployment().spec.template.spec).not.toHaveProperty('hostNetwork');
    expect(deployment().spec.template.spec).not.toHaveProperty('volumes');
    const { metadata } = find(kustomize(BASE), 'Namespace', 'vendorplane-system');
    expect(metadata.labels).toMatchObject({ 'pod-security.kubernetes.io/enforce': 'restricted' });
  });

  test('says what it needs of a node', () => {
    expect(container().resources.requests).toHaveProperty('memory');
    expect(container().resources.limits).toHaveProperty('memory');
  });

  test('runs the command with flags that the program knows, and several replicas only with election', () => {
    expect(container().args[0]).toBe('controller');
    expect(flags().leaderElect).toBe(true);
    expect(deployment().spec.replicas).toBeGreaterThan(1);
  });

  test('probes and scrapers find the ports that the program opens', () => {
    const { metricsAddress, healthAddress } = flags();
    const ports = new Map(container().ports.map(({ name, containerPort }) => [name, containerPort]));
    expect(ports.get('metrics')).toBe(metricsAddress?.port);
    expect(ports.get('health')).toBe(healthAddress?.port);
    expect(container().livenessProbe.httpGet).toEqual({ path: '/healthz', port: 'health' });
    expect(container().readinessProbe.httpGet).toEqual({ path: '/readyz', port: 'health' });
    const service = find(kustomize(BASE), 'Service', 'vendorplane-metrics');
    const { selector } = service.spec as { readonly selector: object };
    expect(deployment().spec.template.metadata.labels).toMatchObject(selector);
  });

  test('the grace period leaves time to follow what was sent and to give the lease back', () => {
    const drainAndReleaseSeconds = 75 + 5;
    expect(deployment().spec.template.spec.terminationGracePeriodSeconds).toBeGreaterThan(
      drainAndReleaseSeconds,
    );
  });

  test('the image carries the version of the package', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(container().image).toBe(`vendorplane:${version}`);
  });

  test('an API server takes every object whose kind it serves, and the definitions', async () => {
    const cluster = await startTestCluster();
    try {
      const apply = (text: string): Promise<string> => applyText(cluster.kubeconfigPath, text);
      const served = kustomize(BASE).filter(({ kind }) => kind === 'Namespace');
      const documents = served.map((object) => stringify(object)).join('---\n');
      expect(await apply(documents)).toBe('namespace/vendorplane-system serverside-applied\n');
      const lines = (await apply(kustomizeText(join(ROOT, 'crds')))).trimEnd().split('\n');
      expect(lines.filter((line) => !line.endsWith(' serverside-applied'))).toEqual([]);
      expect(lines.length).toBe(kustomize(join(ROOT, 'crds')).length);
    } finally {
      await cluster.close();
    }
  });
});

describeWithKubectl('manifests/components', () => {
  function overlay(...components: readonly string[]): readonly Rendered[] {
    const path = (part: string): string => relative(OVERLAY, join(ROOT, 'manifests', part));
    const content = {
      apiVersion: 'kustomize.config.k8s.io/v1beta1',
      kind: 'Kustomization',
      namespace: 'vendorplane-system',
      resources: [path('base')],
      components: components.map((name) => path(`components/${name}`)),
    };
    writeFileSync(join(OVERLAY, 'kustomization.yaml'), stringify(content));
    return kustomize(OVERLAY);
  }

  test('the network policy speaks of the pods of the Deployment', () => {
    const policy = find(overlay('network-policy'), 'NetworkPolicy', 'vendorplane-controller');
    const { podSelector } = policy.spec as { readonly podSelector: { readonly matchLabels: object } };
    expect(deployment().spec.template.metadata.labels).toMatchObject(podSelector.matchLabels);
  });

  test('the archive stands on a volume that the controller is told of', () => {
    const rendered = overlay('archive');
    const { spec } = find(rendered, 'Deployment', 'vendorplane-controller') as unknown as {
      spec: {
        template: { spec: { containers: [{ args: string[]; volumeMounts: { mountPath: string }[] }] } };
      };
    };
    const [{ args, volumeMounts }] = spec.template.spec.containers;
    expect(args).toContain(`--archive-dir=${volumeMounts[0]?.mountPath}`);
    expect(rendered.map(({ kind }) => kind)).toContain('PersistentVolumeClaim');
  });

  test('every alert goes by metrics, and by label values, that the program has', async () => {
    const { groups } = find(overlay('monitoring'), 'PrometheusRule', 'vendorplane').spec as AlertGroups;
    const { registry } = createMetrics('0', 'host', 'vendorplane-controller');
    const known = new Set(registry.getMetricsAsArray().map(({ name }) => name));
    const page = await registry.metrics();
    const rules = groups.flatMap(({ rules }) => rules);
    expect(rules.length).toBeGreaterThan(5);
    for (const { alert, expr } of rules) {
      const names = expr.match(/\b(?:vendorplane|leader|controller|workqueue|rest)_[a-z_]+\b/g) ?? [];
      expect(
        names.filter((name) => !known.has(name)),
        alert,
      ).toEqual([]);
      // Outcomes and ports are closed lists, so they must stand on the page from the start.
      for (const [pair] of expr.matchAll(/\b(?:outcome|port)="[^"]+"/g)) expect(page, alert).toContain(pair);
    }
  });
});

test('the image copies every file that the program reads at run time, and the context lets it pass', () => {
  const dockerfile = readFileSync(join(ROOT, 'Dockerfile'), 'utf8');
  const final = dockerfile.slice(dockerfile.lastIndexOf('\nFROM '));
  const ignore = readFileSync(join(ROOT, '.dockerignore'), 'utf8');
  for (const path of ['package.json', 'node_modules', 'dist', 'manifests/examples'])
    expect(final).toContain(path);
  expect(final).toMatch(/^USER 65532:65532$/m);
  for (const [, sources = ''] of dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)) {
    for (const source of sources.split(' ')) expect(ignore).toContain(`!${source.split('/')[0]}`);
  }
});

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { createMetrics } from '../../src/cli/controller/measured/metrics.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** The usual figures of a Node process come from the library and are described there. */
const OF_THE_PROCESS = /^(?:process|nodejs)_/;

test('docs/metrics.md has every metric with its type and labels, and none that does not exist', async () => {
  const { registry } = createMetrics('0', 'host', 'lead');
  const metrics = await registry.getMetricsAsJSON();
  const own = metrics
    .filter(({ name }) => !OF_THE_PROCESS.test(name))
    .map(({ name, type }) => `${name} ${String(type)}`);
  const rows = readFileSync(join(ROOT, 'docs/metrics.md'), 'utf8').matchAll(
    /^\| `(\w+)` \| (\w+) \| (.*?) \|/gm,
  );
  expect([...rows].map(([, name, type]) => `${name} ${type}`).sort()).toEqual(own.sort());
});

test('docs/metrics.md names the labels that a metric has', async () => {
  const { registry } = createMetrics('0', 'host', 'lead');
  const text = await registry.metrics();
  const rows = readFileSync(join(ROOT, 'docs/metrics.md'), 'utf8').matchAll(
    /^\| `(\w+)` \| \w+ \| (.*?) \|/gm,
  );
  for (const [, name = '', labels = ''] of rows) {
    const line = text
      .split('\n')
      .find((one) => one.startsWith(`${name}{`) || one.startsWith(`${name}_count{`));
    // Figures of accounts have no series before there is an account.
    if (line === undefined) continue;
    const told = [...labels.matchAll(/`(\w+)`/g)].map(([, label = '']) => label);
    expect([...line.matchAll(/(\w+)="/g)].map(([, label = '']) => label).sort(), name).toEqual(told.sort());
  }
});

test('docs/operations.md says what to do about every alert, and of no other', () => {
  const rules = parse(readFileSync(join(ROOT, 'manifests/components/monitoring/alerts.yaml'), 'utf8')) as {
    readonly spec: { readonly groups: readonly { readonly rules: readonly { readonly alert: string }[] }[] };
  };
  const alerts = rules.spec.groups.flatMap((group) => group.rules.map(({ alert }) => alert));
  const rows = readFileSync(join(ROOT, 'docs/operations.md'), 'utf8').matchAll(/^\| (Vendorplane\w+) \|/gm);
  expect([...rows].map(([, alert]) => alert)).toEqual(alerts);
});

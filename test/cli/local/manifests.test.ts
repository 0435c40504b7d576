import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { readManifests } from '../../../src/cli/local/manifests.ts';
import { packageFile } from '../../../src/cli/version.ts';

let dir = '';
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function read(files: Readonly<Record<string, string>>) {
  dir = mkdtempSync(join(tmpdir(), 'manifests-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
  return readManifests(dir);
}

const CLAIM = `apiVersion: vendorplane.dev/v1alpha1
kind: DeviceClaim
metadata: {name: c}
spec:
  customerRef: {name: acme}
  devices:
  - {imei: "490154203237518"}
`;

describe('the manifests of a folder', () => {
  test('come in the order in which they refer to each other, whatever their files are called', () => {
    const object = (kind: string, apiVersion = 'v1'): string =>
      `{apiVersion: ${apiVersion}, kind: ${kind}, metadata: {name: x}}\n`;
    const found = read({
      'a.yaml': CLAIM,
      'b.yml': `${object('Namespace')}---\n${object('ConfigMap')}---\n---\n`,
      'c.json': '{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "x"}}',
      'notes.txt': 'not a manifest: [',
    });
    expect(found.map((each) => each.object.kind)).toEqual([
      'Namespace',
      'Secret',
      'ConfigMap',
      'DeviceClaim',
    ]);
    expect(found.map(({ line }) => line)).toEqual([1, 1, 3, 1]);
  });

  test('that ship as the example are all good', () => {
    expect(readManifests(packageFile('manifests/examples')).length).toBeGreaterThanOrEqual(7);
  });

  test.each([
    ['broken YAML', 'kind: [DeviceClaim\nmetadata: {}\n', /bad\.yaml:2:\d+: /],
    [
      'the same key twice',
      CLAIM.replace('metadata:', 'kind: Customer\nmetadata:'),
      /bad\.yaml:3:1: .*unique/,
    ],
    ['a list', '- 1\n- 2\n', /bad\.yaml:1: not a Kubernetes object/],
    [
      'a value that is not allowed',
      `${CLAIM}  releasePolicy: Delete\n`,
      /bad\.yaml:8:18: DeviceClaim c: spec\.releasePolicy must be one of Unclaim, Keep/,
    ],
    [
      'a wrong type in a list',
      CLAIM.replace('"490154203237518"', '490154203237518'),
      /bad\.yaml:7:12: DeviceClaim c: spec\.devices\[0\]\.imei must be string/,
    ],
    [
      'a field that is missing stands where its parent does',
      CLAIM.replace('  customerRef: {name: acme}\n', ''),
      /bad\.yaml:5:3: DeviceClaim c: spec\.customerRef is required/,
    ],
    ['a version nobody knows is left to the API server', CLAIM.replace('v1alpha1', 'v9'), undefined],
  ])('%s', (_what, text, says) => {
    if (says === undefined) expect(read({ 'bad.yaml': text })).toHaveLength(1);
    else expect(() => read({ 'bad.yaml': text })).toThrow(says);
  });
});

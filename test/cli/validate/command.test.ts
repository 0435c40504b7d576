import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageFile } from '../../../src/cli/version.ts';
import { bePatient } from '../../support/patience.ts';
import { runProgram } from '../../support/run.ts';

bePatient();

let dir = '';
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'validate-'));
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const run = (...args: readonly string[]) => runProgram(['validate', ...args], dir);

const WARNED = `apiVersion: vendorplane.dev/v1alpha1
kind: DeviceClaim
metadata: {name: phones}
spec:
  customerRef: {name: acme}
  devicesFrom: [{configMapKeyRef: {name: order, key: devices.csv}}]
---
apiVersion: vendorplane.dev/v1alpha1
kind: Customer
metadata: {name: acme}
spec: {accountRef: {name: google}, companyName: Acme GmbH}
---
apiVersion: vendorplane.dev/v1alpha1
kind: VendorAccount
metadata: {name: google}
spec:
  vendor: GoogleZeroTouch
  mode: Observe
  googleZeroTouch: {partnerId: "1", credentialsSecretRef: {name: key}}
`;

describe.concurrent('vendorplane validate', () => {
  test('finds in the examples just the mistake that is there to be seen', async () => {
    const found = await run('-f', packageFile('manifests/examples'), '-o', 'json');
    expect(found).toMatchObject({ code: 1, stderr: '' });
    const { findings } = JSON.parse(found.stdout) as {
      readonly findings: readonly { readonly message: string; readonly resource: string }[];
    };
    // Those whose manifests say that devices fail.
    expect(new Set(findings.map(({ resource }) => resource))).toEqual(
      new Set(['DeviceClaim/fleet/acme-scanners']),
    );
  });

  test('prints file, line and column, and ends with 0 unless warnings count', async () => {
    const file = join(dir, 'warned.yaml');
    writeFileSync(file, WARNED);
    const found = await run('-f', file);
    expect(found).toMatchObject({ code: 0, stderr: '' });
    expect(found.stdout).toContain(`${file}:6:42  warning   DeviceClaim/phones  ConfigMap order`);
    expect(await run('-f', file, '--strict', '-o', 'markdown')).toMatchObject({ code: 1, stderr: '' });
  });

  test('says so when nothing is wrong', async () => {
    const file = join(dir, 'good.yaml');
    writeFileSync(file, WARNED.slice(WARNED.indexOf('---')));
    expect(await run('-f', file)).toMatchObject({
      code: 0,
      stdout: 'nothing is wrong with 2 objects\n',
      stderr: '',
    });
  });

  test.each([
    {
      why: 'there is no such folder',
      args: ['-f', '/nowhere'],
      code: 1,
      says: /^vendorplane: \/nowhere cannot be read\n$/,
    },
    { why: 'nothing is named', args: [], code: 2, says: /-f, --filename/ },
  ])('fails when $why', async ({ args, code, says }) => {
    const failed = await run(...args);
    expect(failed).toMatchObject({ code, stdout: '' });
    expect(failed.stderr).toMatch(says);
  });
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { validate } from '../../../src/cli/validate/validate.ts';

let dir = '';
afterEach(() => rmSync(dir, { recursive: true, force: true }));

/** Validates a folder with these files. Findings read as `file:line:column severity resource: message`. */
async function check(files: Readonly<Record<string, string>>, recursive = false): Promise<readonly string[]> {
  dir = mkdtempSync(join(tmpdir(), 'validate-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  const { findings } = await validate([dir], recursive);
  return findings.map(({ place, severity, resource, message }) => {
    const file = place.file.slice(dir.length + 1);
    return `${file}:${place.line}:${place.column} ${severity} ${resource}: ${message}`;
  });
}

const ACCOUNT = `apiVersion: vendorplane.dev/v1alpha1
kind: VendorAccount
metadata: {name: google, namespace: fleet}
spec:
  vendor: GoogleZeroTouch
  mode: Enforce
  googleZeroTouch: {partnerId: "1234567890", credentialsSecretRef: {name: key}}
`;
const KNOX = `apiVersion: vendorplane.dev/v1alpha1
kind: VendorAccount
metadata: {name: knox, namespace: fleet}
spec:
  vendor: SamsungKnox
  mode: Enforce
  samsungKnox: {resellerId: "2345678901", endpoint: "https://knox.example", authentication: OAuth, credentialsSecretRef: {name: knox}}
`;
const CUSTOMER = `apiVersion: vendorplane.dev/v1alpha1
kind: Customer
metadata: {name: acme, namespace: fleet}
spec: {accountRef: {name: google}, companyName: Acme GmbH}
`;

const claim = (name: string, body: string): string => `apiVersion: vendorplane.dev/v1alpha1
kind: DeviceClaim
metadata: {name: ${name}, namespace: fleet}
spec:
  customerRef: {name: acme}
${body}`;

const DEVICES = '  devices:\n  - {imei: "490154203237518", manufacturer: Google}\n';
const FLEET = { 'account.yaml': ACCOUNT, 'customer.yaml': CUSTOMER };

test('manifests that belong together have nothing wrong, whatever else stands beside them', async () => {
  const others = '{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}}\n---\n---\n# nothing\n';
  const found = await check({ ...FLEET, 'claim.yaml': claim('phones', DEVICES), 'others.yaml': others });
  expect(found).toEqual([]);
});

describe('one object by itself', () => {
  test.each<{ why: string; file: string; found: RegExp }>([
    { why: 'is no YAML', file: 'kind: [DeviceClaim\nmetadata: {}\n', found: /^bad\.yaml:2:\d+ error : / },
    { why: 'is no object', file: 'replicas: 3\n', found: /^bad\.yaml:1:1 error : is no Kubernetes object/ },
    {
      why: 'has a value that is none of those allowed',
      file: ACCOUNT.replace('mode: Enforce', 'mode: enforce'),
      found:
        /^bad\.yaml:6:9 error VendorAccount\/fleet\/google: spec\.mode must be one of Observe, Plan, Enforce$/,
    },
    {
      why: 'has a field that nobody knows',
      file: claim('phones', `${DEVICES}  releasepolicy: Keep\n`),
      found: /^bad\.yaml:\d+:\d+ error .*: spec\.releasepolicy is not a known field$/,
    },
    {
      why: 'has a number where digits must not be lost',
      file: claim('phones', '  devices:\n  - {imei: 049015420323751}\n'),
      found:
        /^bad\.yaml:7:12 error .*: spec\.devices\[0\]\.imei is a number and must be text; write it in quotes: "049015420323751"$/,
    },
    {
      why: 'breaks a rule between fields',
      file: KNOX.replace(/ {2}samsungKnox.*\n/, ''),
      found:
        /^bad\.yaml:5:3 error VendorAccount\/fleet\/knox: spec\.samsungKnox .*only if, vendor is Samsung/,
    },
    {
      why: 'has a kind of ours that does not exist',
      file: '{apiVersion: vendorplane.dev/v1alpha1, kind: Device, metadata: {name: x}}\n',
      found: /^bad\.yaml:1:\d+ error Device\/x: vendorplane\.dev\/v1alpha1 has no kind Device$/,
    },
    {
      why: 'has a version that is not served',
      file: '{apiVersion: vendorplane.dev/v1, kind: Customer, metadata: {name: x}}\n',
      found: /^bad\.yaml:1:\d+ error Customer\/x: vendorplane\.dev\/v1 is not served/,
    },
    {
      why: 'has a name that no object can have',
      file: CUSTOMER.replace('name: acme,', 'name: Acme GmbH,'),
      found: /^bad\.yaml:3:18 error .*: "Acme GmbH" is no name of an object$/,
    },
  ])('that $why', async ({ file, found }) => {
    const [first, ...more] = await check({ 'bad.yaml': file });
    expect(more).toEqual([]);
    expect(first).toMatch(found);
  });

  test('of a List is looked at as if it stood alone', async () => {
    const item = CUSTOMER.replaceAll(/^/gm, '  ')
      .replace('  apiVersion', '- apiVersion')
      .replace('Acme GmbH', '7');
    const list = `apiVersion: v1\nkind: List\nitems:\n${item}`;
    expect(await check({ 'account.yaml': ACCOUNT, 'list.yaml': list })).toEqual([
      'list.yaml:7:51 error Customer/fleet/acme: spec.companyName is a number and must be text; write it in quotes: "7"',
    ]);
  });
});

describe('references', () => {
  test('must name what is among the manifests, in the same namespace', async () => {
    const elsewhere = ACCOUNT.replace('namespace: fleet', 'namespace: other');
    const found = await check({ 'account.yaml': elsewhere, 'customer.yaml': CUSTOMER });
    expect(found).toEqual([
      'customer.yaml:4:27 error Customer/fleet/acme: spec.accountRef.name: there is no VendorAccount google (fleet) among these manifests',
    ]);
  });

  test('to what is there and wrong are not told as missing', async () => {
    const wrong = ACCOUNT.replace('Enforce', 'enforce');
    const found = await check({ 'account.yaml': wrong, 'customer.yaml': CUSTOMER });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^account\.yaml:6:9/);
  });

  test('are looked for in sub-folders when asked for', async () => {
    const files = { 'accounts/google.yaml': ACCOUNT, 'customer.yaml': CUSTOMER };
    expect(await check(files)).toHaveLength(1);
    rmSync(dir, { recursive: true });
    expect(await check(files, true)).toEqual([]);
  });

  test('one name for two objects, and one login for two accounts, are told', async () => {
    const twin = ACCOUNT.replace('name: google,', 'name: twin,');
    const found = await check({ 'a.yaml': ACCOUNT, 'b.yaml': ACCOUNT, 'c.yaml': twin });
    expect(found.map((line) => line.replace(/ error.*?: /, ' '))).toEqual([
      expect.stringMatching(/^b\.yaml:3:18 stands at .*a\.yaml:3 already/),
      expect.stringMatching(/^b\.yaml:5:11 stands for the same login as VendorAccount\/fleet\/google/),
      expect.stringMatching(/^c\.yaml:5:11 stands for the same login as VendorAccount\/fleet\/google/),
    ]);
  });
});

const SOURCE = '  devicesFrom:\n  - configMapKeyRef: {name: order, key: devices.csv}\n';
const orderOf = (csv: string): string =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: order, namespace: fleet}\ndata:\n  devices.csv: |\n${csv.replaceAll(/^/gm, '    ').trimEnd()}\n`;

describe('devices', () => {
  test('that cannot exist, or stand there twice, are told where they stand', async () => {
    const body = `${DEVICES}  - {imei: "490154203237519"}\n  - {serialNumber: ZX1G22, imei2: "490154203237518"}\n`;
    expect(await check({ ...FLEET, 'claim.yaml': claim('phones', body) })).toEqual([
      expect.stringMatching(/^claim\.yaml:8:5 error DeviceClaim\/fleet\/phones: INVALID_DEVICE_IMEI: /),
      expect.stringMatching(
        /^claim\.yaml:9:5 error .*: imei:490154203237518 stands at .*claim\.yaml:7 already/,
      ),
    ]);
  });

  test('of a list in a ConfigMap are told by the line they stand in', async () => {
    const order = orderOf('imei,manufacturer\n490154203237518,Google\n490154203237519,Google\na,b,c\n');
    expect(await check({ ...FLEET, 'claim.yaml': claim('phones', SOURCE), 'order.yaml': order })).toEqual([
      expect.stringMatching(/^order\.yaml:8:1 error DeviceClaim\/fleet\/phones: INVALID_DEVICE_IMEI: /),
      expect.stringMatching(
        /^order\.yaml:9:1 error .*: line 4 of order\/devices\.csv has 3 values for 2 columns/,
      ),
    ]);
  });

  test('of a packed list are looked at, too', async () => {
    const packed = gzipSync('imei\n490154203237519\n').toString('base64');
    const order = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: order, namespace: fleet}\nbinaryData:\n  devices.csv.gz: ${packed}\n`;
    const source = SOURCE.replace('devices.csv', 'devices.csv.gz');
    const found = await check({ ...FLEET, 'claim.yaml': claim('phones', source), 'order.yaml': order });
    expect(found).toEqual([expect.stringMatching(/^order\.yaml:5:19 error .*: INVALID_DEVICE_IMEI: /)]);
  });

  test('of a list that is not there, or has no such key, or no known column', async () => {
    const missing = await check({ ...FLEET, 'claim.yaml': claim('phones', SOURCE) });
    expect(missing).toEqual([
      expect.stringMatching(/^claim\.yaml:7:29 warning .*: ConfigMap order is not among these manifests/),
    ]);
    rmSync(dir, { recursive: true });
    const columns = await check({
      ...FLEET,
      'claim.yaml': claim('phones', SOURCE),
      'order.yaml': orderOf('colour\nred\n'),
    });
    expect(columns).toEqual([
      expect.stringMatching(/^claim\.yaml:7:41 error .*: the header line names "colour"/),
    ]);
  });

  test('with the same mistake in every row are told once for all', async () => {
    const rows = Array.from({ length: 300 }, (_, n) => `49015420323${n}`).join('\n');
    const found = await check({
      ...FLEET,
      'claim.yaml': claim('phones', SOURCE),
      'order.yaml': orderOf(`imei\n${rows}\n`),
    });
    expect(found).toHaveLength(21);
    expect(found.at(-1)).toMatch(/and 280 more like these$/);
  });

  test('that two claims of one account want are told once, with their number', async () => {
    const two = `${DEVICES}  - {serialNumber: ZX1G22, manufacturer: Motorola, model: moto g}\n`;
    const found = await check({ ...FLEET, 'a.yaml': claim('first', two), 'b.yaml': claim('second', two) });
    expect(found).toEqual([
      'b.yaml:7:5 error DeviceClaim/fleet/second: imei:490154203237518 is declared by DeviceClaim/fleet/first, too; only one of the two can have it (and 1 more devices like it)',
    ]);
  });

  test('that claims of two accounts want are only warned of, as Samsung’s on a Google account are', async () => {
    const phone = DEVICES.replace('Google', 'samsung');
    const found = await check({
      ...FLEET,
      'a.yaml': claim('google-phones', phone),
      'knox.yaml': `${KNOX}---\n${CUSTOMER.replaceAll('name: acme,', 'name: acme-knox,').replace('name: google', 'name: knox')}`,
      'z.yaml': claim('knox-phones', phone).replace(
        'customerRef: {name: acme}',
        'customerRef: {name: acme-knox}',
      ),
    });
    expect(found).toEqual([
      expect.stringMatching(
        /^a\.yaml:7:5 warning DeviceClaim\/fleet\/google-phones: imei:490154203237518 is Samsung's/,
      ),
      expect.stringMatching(
        /^z\.yaml:7:5 warning .*: imei:490154203237518 is declared by DeviceClaim\/fleet\/google-phones for VendorAccount\/fleet\/google, too; no conflict is detected/,
      ),
    ]);
  });
});

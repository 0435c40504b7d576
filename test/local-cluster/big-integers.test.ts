import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type LocalCluster, startLocalCluster } from '../../src/local-cluster/server.ts';
import { type Received, send } from './replay/send.ts';

/** Integers of Go have 64 bits; numbers of JavaScript are exact up to 2^53. */
const BIG = '9223372036854775807';
const THINGS = '/apis/test.dev/v1/namespaces/default/things';

const DEFINITION = {
  metadata: { name: 'things.test.dev' },
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  spec: {
    group: 'test.dev',
    scope: 'Namespaced',
    names: { plural: 'things', kind: 'Thing' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        additionalPrinterColumns: [{ name: 'Count', type: 'integer', jsonPath: '.spec.count' }],
        schema: {
          openAPIV3Schema: {
            type: 'object',
            properties: {
              spec: {
                type: 'object',
                'x-kubernetes-validations': [{ rule: '!has(self.count) || self.count != 9007199254740995' }],
                properties: {
                  count: { type: 'integer', format: 'int64' },
                  small: { type: 'integer', maximum: 9_007_199_254_740_992 },
                  any: { type: 'integer', minimum: -(2 ** 63), maximum: 2 ** 63 },
                  free: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
                },
              },
            },
          },
        },
      },
    ],
  },
};

const PROPERTIES = '/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties';

let cluster: LocalCluster;
let dataDir: string;

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'integers-'));
  cluster = await startLocalCluster({ dataDir });
  const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  expect((await send(cluster.url, { method: 'POST', path, body: DEFINITION })).status).toBe(201);
});

afterEach(async () => {
  await cluster.close();
  rmSync(dataDir, { recursive: true, force: true });
});

function thing(spec: string, name = 'a'): string {
  return `{"apiVersion":"test.dev/v1","kind":"Thing","metadata":{"name":"${name}"},"spec":${spec}}`;
}

function create(spec: string): Promise<Received> {
  return send(cluster.url, { method: 'POST', path: THINGS, body: thing(spec) });
}

async function read(accept = 'application/json'): Promise<string> {
  return (await send(cluster.url, { method: 'GET', path: `${THINGS}/a`, headers: { accept } })).text;
}

test('an integer of 64 bits comes back digit by digit, also after a restart', async () => {
  const { status, text } = await create(`{"count":${BIG},"free":{"deep":[9007199254740993]}}`);
  expect([status, text]).toEqual([201, expect.stringContaining(`"count":${BIG}`)]);
  expect(await read()).toContain('"deep":[9007199254740993]');
  expect(await read('application/yaml')).toContain(`count: ${BIG}`);
  await cluster.close();
  cluster = await startLocalCluster({ dataDir });
  expect(await read()).toContain(`"count":${BIG}`);
});

test('a column of integers shows all its digits', async () => {
  await create(`{"count":${BIG}}`);
  expect(await read('application/json;as=Table;v=v1;g=meta.k8s.io')).toContain(`"cells":["a",${BIG}]`);
});

test('patches change it, and what is equal to it is no change', async () => {
  await create(`{"count":${BIG}}`);
  const patch = (type: string, body: string) =>
    send(cluster.url, { method: 'PATCH', path: `${THINGS}/a`, headers: { 'Content-Type': type }, body });
  const version = ({ body }: Received) =>
    (body as { metadata: { resourceVersion: string } }).metadata.resourceVersion;
  const same = await patch('application/merge-patch+json', `{"spec":{"count":${BIG}}}`);
  const tested = await patch(
    'application/json-patch+json',
    `[{"op":"test","path":"/spec/count","value":${BIG}}]`,
  );
  expect(version(tested)).toBe(version(same));
  const lower = await patch('application/merge-patch+json', '{"spec":{"count":9223372036854775806}}');
  expect(lower.text).toContain('"count":9223372036854775806');
  expect(Number(version(lower))).toBeGreaterThan(Number(version(same)));
});

test('server-side apply from YAML keeps it, and sees a difference in its last digit as a conflict', async () => {
  const apply = (manager: string, count: string) =>
    send(cluster.url, {
      method: 'PATCH',
      path: `${THINGS}/a?fieldManager=${manager}`,
      headers: { 'Content-Type': 'application/apply-patch+yaml' },
      body: `apiVersion: test.dev/v1\nkind: Thing\nmetadata: {name: a}\nspec: {count: ${count}}\n`,
    });
  expect((await apply('one', BIG)).text).toContain(`"count":${BIG}`);
  expect((await apply('two', BIG)).status).toBe(200);
  expect((await apply('two', '9223372036854775806')).status).toBe(409);
});

test('limits and rules see its exact value', async () => {
  expect((await create('{"small":9007199254740992}')).status).toBe(201);
  expect((await create('{"small":9007199254740993}')).text).toContain('should be less than or equal to');
  expect((await create('{"count":9007199254740995}')).text).toContain('failed rule');
});

test('limits of a definition are floats, as in Go', async () => {
  const patch = [
    { op: 'replace', path: `${PROPERTIES}/any/maximum`, value: 'MAX' },
    { op: 'add', path: `${PROPERTIES}/free/maxProperties`, value: 'MAX' },
  ];
  const { status } = await send(cluster.url, {
    method: 'PATCH',
    path: '/apis/apiextensions.k8s.io/v1/customresourcedefinitions/things.test.dev',
    headers: { 'Content-Type': 'application/json-patch+json' },
    body: JSON.stringify(patch).replaceAll('"MAX"', BIG),
  });
  expect(status).toBe(200);
  expect((await create(`{"any":${BIG},"free":{"a":1}}`)).status).toBe(201);
});

test('an integer beyond 64 bits is a float, and no value of an integer field', async () => {
  expect((await create('{"count":9223372036854775808}')).status).toBe(422);
  await create('{"free":{"huge":123456789012345678901234567890}}');
  expect(await read()).toContain('"huge":1.2345678901234568e+29');
});

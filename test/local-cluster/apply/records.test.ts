import { describe, expect, test } from 'vitest';
import { serverSideApply } from '../../../src/local-cluster/apply/server-side-apply.ts';
import { trackUpdate } from '../../../src/local-cluster/apply/track-update.ts';
import type { KubeObject } from '../../../src/local-cluster/object.ts';
import type { JsonSchema } from '../../../src/local-cluster/schema/schema.ts';
import { stepNamed, transcript } from '../schema/recorded.ts';

const TEXT: JsonSchema = { type: 'string' };
const SCHEMA: JsonSchema = {
  type: 'object',
  properties: { data: { type: 'object', additionalProperties: TEXT } },
};

function thing(data: Readonly<Record<string, string>>, metadata: KubeObject['metadata'] = {}): KubeObject {
  return { apiVersion: 'demo/v1', kind: 'Thing', metadata: { name: 't', uid: 'u', ...metadata }, data };
}

function managersOf(object: KubeObject): readonly string[] {
  return (object.metadata.managedFields ?? []).map(
    (entry) => `${entry.manager} ${entry.operation} ${entry.time}`,
  );
}

function apply(live: KubeObject, applied: KubeObject, manager: string): ReturnType<typeof serverSideApply> {
  return serverSideApply({ live, applied, manager, force: false, schema: SCHEMA, subresource: '', now: '9' });
}

describe('the record of a plain write', () => {
  test('leaves out the structs an empty built-in object carries anyway', () => {
    const namespace: JsonSchema = {
      type: 'object',
      properties: {
        spec: {
          type: 'object',
          'x-vendorplane-zero': {},
          properties: { finalizers: { type: 'array', items: TEXT } },
        },
        status: {
          type: 'object',
          'x-vendorplane-zero': {},
          properties: { phase: { ...TEXT, 'x-vendorplane-zero': '' } },
        },
      },
    };
    const { response } = stepNamed(transcript('06-server-side-apply'), 'core: Namespace by apply');
    const { managedFields, ...metadata } = response.body.metadata;
    const live = { ...response.body, metadata, status: { phase: '' } };
    const result = serverSideApply({
      live,
      applied: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 't06-applied' } },
      manager: 'alice',
      force: false,
      schema: namespace,
      subresource: '',
      now: '<time>',
    });
    expect(result.ok && result.object.metadata.managedFields).toEqual(managedFields);
  });

  test('is kept, times included, when nothing changes', () => {
    const created = trackUpdate(undefined, thing({ a: '1' }), 'one', '', SCHEMA, '1');
    expect(trackUpdate(created, thing({ a: '1' }), 'two', '', SCHEMA, '2')).toEqual(created);
  });

  test('can be switched off by the client, and stays off', () => {
    const created = trackUpdate(undefined, thing({ a: '1' }), 'one', '', SCHEMA, '1');
    const off = trackUpdate(created, thing({ a: '1' }, { managedFields: [{}] }), 'one', '', SCHEMA, '2');
    expect(off.metadata.managedFields).toBeUndefined();
    expect(
      trackUpdate(off, thing({ a: '2' }), 'one', '', SCHEMA, '3').metadata.managedFields,
    ).toBeUndefined();
  });

  test('joins the oldest writers once there are more than ten', () => {
    let object = trackUpdate(undefined, thing({ k0: '1' }), 'm0', '', SCHEMA, '00');
    for (let writer = 1; writer <= 11; writer += 1) {
      const data = { ...(object['data'] as Record<string, string>), [`k${writer}`]: '1' };
      object = trackUpdate(
        object,
        { ...object, data },
        `m${writer}`,
        '',
        SCHEMA,
        String(writer).padStart(2, '0'),
      );
    }
    expect(managersOf(object)).toHaveLength(10);
    expect(managersOf(object)[0]).toBe('ancient-changes Update 02');
    const ancient = object.metadata.managedFields?.[0]?.fieldsV1?.['f:data'] as object;
    expect(Object.keys(ancient)).toEqual(['.', 'f:k0', 'f:k1', 'f:k2']);
  });
});

describe('kubectl after its client-side apply', () => {
  const annotation = 'kubectl.kubernetes.io/last-applied-configuration';
  const before = { apiVersion: 'demo/v1', kind: 'Thing', metadata: { name: 't' }, data: { a: '1', b: '1' } };
  const metadata = { annotations: { [annotation]: JSON.stringify(before) } };
  const created = trackUpdate(
    undefined,
    thing({ a: '1', b: '1' }, metadata),
    'kubectl-client-side-apply',
    '',
    SCHEMA,
    '1',
  );
  const config = (data: Readonly<Record<string, string>>): KubeObject => ({ ...before, data });

  test('may change what it had applied, and the annotation follows', () => {
    const result = apply(created, config({ a: '2', b: '<1>' }), 'kubectl');
    if (!result.ok) throw new Error(result.message);
    expect(result.object['data']).toEqual({ a: '2', b: '<1>' });
    expect(result.object.metadata.annotations?.[annotation]).toBe(
      '{"apiVersion":"demo/v1","data":{"a":"2","b":"\\u003c1\\u003e"},"kind":"Thing","metadata":{"name":"t"}}\n',
    );
  });

  test('may not change what somebody else changed since', () => {
    const edited = trackUpdate(created, { ...created, data: { a: '7', b: '1' } }, 'editor', '', SCHEMA, '2');
    const result = apply(edited, config({ a: '2', b: '2' }), 'kubectl');
    expect(!result.ok && result.message).toBe(
      'Apply failed with 1 conflict: conflict with "editor" using demo/v1: .data.a',
    );
  });

  test('is the only manager with that right', () => {
    const result = apply(created, config({ a: '2', b: '1' }), 'somebody');
    expect(!result.ok && result.kind).toBe('conflict');
  });
});

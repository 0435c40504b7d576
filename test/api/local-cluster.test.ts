import { describe, expect, test } from 'vitest';
import { KINDS } from '../../src/api/group.ts';
import { checkSchema, compileSchema } from '../../src/local-cluster/schema/schema.ts';
import { MANIFESTS } from './manifests.ts';
import { RULE_CASES } from './rule-cases.ts';
import { rootSchema } from './schema-nodes.ts';

/** The embedded API server judges schemas and objects as kube-apiserver does; ours must pass there too. */
describe('the embedded API server', () => {
  test.each(KINDS)('accepts the definition of %s', (kind) => {
    expect(checkSchema(rootSchema(kind))).toEqual([]);
  });

  test.each(MANIFESTS)('accepts the good $kind $metadata.name', (manifest) => {
    const schema = compileSchema(rootSchema(manifest.kind));
    expect(schema.prune(manifest).unknownFields).toEqual([]);
    expect(schema.validate(schema.applyDefaults(manifest))).toEqual([]);
  });

  test.each(RULE_CASES.filter(({ broken }) => broken === undefined))('lets $kind pass: $why', (each) => {
    expect(verdict(each)).toEqual([]);
  });

  test.each(RULE_CASES.filter(({ broken }) => broken !== undefined))('refuses $kind: $why', (each) => {
    expect(verdict(each)).toContainEqual({
      reason: 'FieldValueInvalid',
      field: each.broken?.path,
      message: expect.stringMatching(each.broken?.says as RegExp),
    });
  });
});

function verdict({ kind, object, old }: (typeof RULE_CASES)[number]) {
  const schema = compileSchema(rootSchema(kind));
  return schema.validate(
    schema.applyDefaults(object),
    old === undefined ? undefined : schema.applyDefaults(old),
  );
}

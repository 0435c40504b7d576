import { assert, jsonValue, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseYaml } from '../../../src/local-cluster/wire/yaml.ts';

/** A line break in front: no JSON text of a client, so it goes the way of YAML. */
const asYaml = (json: string) => parseYaml(`\n${json}`);

describe('YAML that is JSON', () => {
  test('is read as YAML would be', () => {
    const same = property(jsonValue(), (value) => {
      const json = JSON.stringify({ value });
      expect(parseYaml(json)).toEqual(asYaml(json));
    });
    assert(same, { numRuns: 500 });
  });

  test('keeps integers of 64 bits exact', () => {
    const json = '{"counter":9223372036854775807}';
    expect(JSON.stringify(parseYaml(json))).toBe(JSON.stringify(asYaml(json)));
    expect(JSON.stringify(parseYaml(json))).toContain('9223372036854775807');
  });

  test('has its equal keys told by their lines', () => {
    expect(parseYaml('{"spec":{"vendor":"a",\n"vendor":"b"}}')).toEqual({
      ok: true,
      value: { spec: { vendor: 'b' } },
      duplicates: ['line 2: key "vendor" already set in map'],
    });
  });
});

test('a flow map that is not JSON is read as YAML', () => {
  expect(parseYaml('{kind: Lease, spec: {}}')).toMatchObject({ value: { kind: 'Lease', spec: {} } });
});

import { describe, expect, test } from 'vitest';
import { applyJsonPatch } from '../../../src/local-cluster/patch/json-patch.ts';

const TARGET = { a: { b: [1, 2, 3] }, 'x/y': 1, 'm~n': 2 };

describe('a JSON patch', () => {
  test.each<[string, unknown, unknown]>([
    ['inserts before an index', [{ op: 'add', path: '/a/b/1', value: 9 }], [1, 9, 2, 3]],
    ['appends at the index of the length', [{ op: 'add', path: '/a/b/3', value: 9 }], [1, 2, 3, 9]],
    ['removes from a list', [{ op: 'remove', path: '/a/b/0' }], [2, 3]],
    ['moves within a list', [{ op: 'move', from: '/a/b/0', path: '/a/b/-' }], [2, 3, 1]],
    ['copies to the end', [{ op: 'copy', from: '/a/b/0', path: '/a/b/-' }], [1, 2, 3, 1]],
    ['takes null as a value', [{ op: 'replace', path: '/a/b', value: null }], null],
  ])('%s', (_name, operations, expected) => {
    expect(applyJsonPatch(TARGET, operations)).toEqual({
      ok: true,
      value: { ...TARGET, a: { b: expected } },
    });
  });

  test('reads ~1 as a slash and ~0 as a tilde', () => {
    const operations = [
      { op: 'test', path: '/x~1y', value: 1 },
      { op: 'test', path: '/m~0n', value: 2 },
    ];
    expect(applyJsonPatch(TARGET, operations)).toEqual({ ok: true, value: TARGET });
  });

  test.each<[string, unknown]>([
    ['is no list', { op: 'remove', path: '/a' }],
    ['inserts past the end', [{ op: 'add', path: '/a/b/4', value: 9 }]],
    ['replaces past the end', [{ op: 'replace', path: '/a/b/3', value: 9 }]],
    ['writes an index with a leading zero', [{ op: 'replace', path: '/a/b/01', value: 9 }]],
    ['goes below a number', [{ op: 'add', path: '/x~1y/z', value: 9 }]],
    ['lacks its value', [{ op: 'add', path: '/z' }]],
    ['names the whole document', [{ op: 'replace', path: '', value: {} }]],
    ['moves what is not there', [{ op: 'move', from: '/z', path: '/y' }]],
    ['has no object for an operation', ['remove']],
    ['reaches for what every object inherits', [{ op: 'remove', path: '/constructor' }]],
  ])('does not apply when it %s', (_name, operations) => {
    expect(applyJsonPatch(TARGET, operations).ok).toBe(false);
  });

  test('leaves the target alone, also when a later operation fails', () => {
    const before = structuredClone(TARGET);
    const result = applyJsonPatch(TARGET, [
      { op: 'remove', path: '/a/b/0' },
      { op: 'test', path: '/a/b/0', value: 7 },
    ]);
    expect(result.ok).toBe(false);
    expect(TARGET).toEqual(before);
  });
});

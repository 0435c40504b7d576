import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const PAGE = readFileSync(join(ROOT, 'docs/reasons.md'), 'utf8');

/** Every match of the pattern's groups in the sources of these rooms, each once. */
function found(rooms: readonly string[], pattern: RegExp): readonly string[] {
  const files = rooms.flatMap((room) =>
    readdirSync(join(ROOT, 'src', room), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join(ROOT, 'src', room, file), 'utf8')),
  );
  const matches = files.flatMap((text) => [...text.matchAll(pattern)].map(([, word]) => word as string));
  return [...new Set(matches)].sort();
}

const isTold = (word: string): boolean => new RegExp(`\\b${word}\\b`).test(PAGE);

test('every reason of a condition or an event stands on the page of reasons', () => {
  const reasons = found(
    ['controllers'],
    /(?:reason: |stalled\(\s*|missingReference\(\s*)'([A-Z][A-Za-z]+)'/g,
  );
  expect(reasons.length).toBeGreaterThan(25);
  expect(reasons.filter((reason) => !isTold(reason))).toEqual([]);
});

test('every code that the program itself gives stands on the page of reasons', () => {
  const codes = found(['domain', 'engine', 'http', 'vendors', 'controllers'], /code: '([A-Z][A-Z_]+)'/g);
  expect(codes.length).toBeGreaterThan(30);
  expect(codes.filter((code) => !isTold(code))).toEqual([]);
});

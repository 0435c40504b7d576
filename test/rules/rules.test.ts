import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { RULES } from './rules.ts';

const TESTS = fileURLToPath(new URL('..', import.meta.url));

/** Every sentence of the public contract names the test that would fail without it, and that test is there. */
describe.each(Object.entries(RULES))('%s', (_kind, rules) => {
  test.each(rules)('$says', ({ file, test: title }) => {
    // Cases of rules stand in a file of their own, which the test of rules reads.
    const path = [`${TESTS}${file}`, `${TESTS}${file.replace('.test.ts', '.ts')}`].find(existsSync);
    expect(path, `test/${file}`).toBeDefined();
    expect(readFileSync(path ?? '', 'utf8')).toContain(title);
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { generateApi } from '../../scripts/generate-api.ts';

const API = resolve(import.meta.dirname, '../../src/api');

test('the generated files are what the definitions say: run `npm run generate` after editing crds/', async () => {
  const generated = await generateApi();
  const committed = readdirSync(API).filter((file) => file.endsWith('.generated.ts'));
  expect(committed.sort()).toEqual([...generated.keys()].sort());
  for (const [file, text] of generated) {
    expect(readFileSync(join(API, file), 'utf8') === text, `${file} is up to date`).toBe(true);
  }
});

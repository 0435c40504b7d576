import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

/**
 * The house, as docs/architecture.md draws it: which room may import what.
 *
 * `rooms` are folders of src/, `packages` are npm packages (`node:` stands for every built-in module).
 * A room with `walls` keeps its sub-folders apart: vendors/a never imports vendors/b. Those that are `common` serve the
 * others, and import none of them.
 */
interface Room {
  readonly rooms: readonly string[];
  readonly packages: readonly string[] | 'any';
  readonly walls?: true;
  readonly common?: readonly string[];
}

const TABLE: Readonly<Record<string, Room>> = {
  domain: { rooms: [], packages: [] },
  ports: { rooms: ['domain'], packages: [] },
  engine: { rooms: ['domain', 'ports'], packages: [] },
  http: { rooms: ['ports'], packages: ['undici', 'node:'] },
  vendors: { rooms: ['domain', 'ports', 'http'], packages: ['node:', 'ajv', 'fast-xml-parser'], walls: true },
  archive: { rooms: ['domain', 'ports'], packages: ['node:'] },
  kube: { rooms: ['ports'], packages: ['@kubernetes/client-node', 'undici', 'yaml', 'node:'] },
  api: { rooms: [], packages: ['ajv', 'ajv-formats', 'yaml', 'node:'] },
  controllers: {
    rooms: ['domain', 'ports', 'engine', 'api', 'kube'],
    packages: ['node:', 'csv-parse'],
    walls: true,
    common: ['lists'],
  },
  observability: { rooms: ['ports'], packages: ['pino', 'prom-client', 'node:'] },
  config: { rooms: ['ports'], packages: ['node:'] },
  simulators: { rooms: [], packages: ['node:'], walls: true },
  'local-cluster': {
    rooms: [],
    packages: ['node:', 'yaml', 'ajv', 'ajv-formats', '@marcbachmann/cel-js'],
  },
  cli: {
    rooms: [
      'domain',
      'ports',
      'engine',
      'http',
      'vendors',
      'archive',
      'kube',
      'api',
      'controllers',
      'observability',
      'config',
      'simulators',
      'local-cluster',
    ],
    packages: 'any',
  },
};

const SRC = resolve(dirname(fileURLToPath(import.meta.url)), '../src');
const IMPORT =
  /^\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)|^\s*import\s+['"]([^'"]+)['"]/gm;

function sourceFiles(): string[] {
  return readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(SRC, file));
}

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return [...text.matchAll(IMPORT)].map((match) => (match[1] ?? match[2] ?? match[3]) as string);
}

/** Which rule this import breaks, in words, or undefined. */
function offence(file: string, specifier: string): string | undefined {
  const [room, wing] = relative(SRC, file).split(sep) as [string, string];
  const rule = TABLE[room];
  if (rule === undefined) return `the room ${room} is not in the table`;
  if (!specifier.startsWith('.')) {
    if (rule.packages === 'any') return undefined;
    const allowed = rule.packages.some((name) =>
      name === 'node:'
        ? specifier.startsWith('node:')
        : specifier === name || specifier.startsWith(`${name}/`),
    );
    return allowed ? undefined : `${room} may not import the package ${specifier}`;
  }
  const target = relative(SRC, resolve(dirname(file), specifier)).split(sep);
  if (target[0] === '..') return `imports leave src: ${specifier}`;
  if (target[0] === room) {
    // A file directly in the room is shared by its wings; another wing's files are not.
    const isCommon = rule.common?.includes(target[1] as string) === true;
    const crossesWall = rule.walls === true && target.length > 2 && target[1] !== wing && !isCommon;
    return crossesWall ? `${room}/${wing} may not import ${room}/${target[1]}` : undefined;
  }
  return rule.rooms.includes(target[0] as string) ? undefined : `${room} may not import ${target[0]}`;
}

describe('the import table', () => {
  test('every room stands in the table and every room of the table stands', () => {
    const rooms = readdirSync(SRC, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect(rooms.sort()).toEqual(Object.keys(TABLE).sort());
  });

  test('no file imports what its room may not see', () => {
    const offences = sourceFiles().flatMap((file) =>
      importsOf(file)
        .map((specifier) => offence(file, specifier))
        .filter((found) => found !== undefined)
        .map((found) => `${relative(SRC, file)}: ${found}`),
    );
    expect(offences).toEqual([]);
  });

  test('a forbidden import is told apart from an allowed one', () => {
    expect(offence(join(SRC, 'domain/x.ts'), 'node:fs')).toBeDefined();
    expect(offence(join(SRC, 'vendors/a/x.ts'), '../b/y.ts')).toBeDefined();
    expect(offence(join(SRC, 'vendors/a/x.ts'), '../../ports/y.ts')).toBeUndefined();
    expect(offence(join(SRC, 'simulators/a/x.ts'), '../../vendors/a/y.ts')).toBeDefined();
    expect(offence(join(SRC, 'engine/x.ts'), '../kube/y.ts')).toBeDefined();
    expect(offence(join(SRC, 'controllers/a/x.ts'), '../lists/y.ts')).toBeUndefined();
    expect(offence(join(SRC, 'controllers/lists/x.ts'), '../a/y.ts')).toBeDefined();
  });
});

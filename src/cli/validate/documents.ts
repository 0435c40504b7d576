import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, isScalar, LineCounter, parseAllDocuments } from 'yaml';
import type { KubeObject } from '../../kube/object.ts';
import { Sentence } from '../exit.ts';
import { offsetOf } from '../local/violation.ts';
import type { Finding, Place } from './finding.ts';

/** An object of a manifest, and where its fields stand. */
export interface ManifestObject {
  readonly object: KubeObject;
  /** Where a field stands, for example `spec.devices[3].imei`; where its parent does when it is missing. */
  placeOf(path: string): Place;
  /** Where a line, counted from 1, of the text under a key of a ConfigMap stands; without a line, where its key does. */
  placeOfData(key: string, line?: number): Place;
  /** A number as it is written: digits that a number loses stand here. */
  sourceOf(path: string): string | undefined;
}

/** Everything that was read. */
export interface Manifests {
  readonly objects: readonly ManifestObject[];
  /** What is no object at all. */
  readonly findings: readonly Finding[];
}

/** Reads files, and the `.yaml`, `.yml` and `.json` files of folders, as kubectl apply -f does. */
export function readManifests(paths: readonly string[], recursive: boolean): Manifests {
  const files = paths.flatMap((path) => filesOf(path, recursive));
  const read = files.map(readFile);
  return {
    objects: read.flatMap(({ objects }) => objects),
    findings: read.flatMap(({ findings }) => findings),
  };
}

function filesOf(path: string, recursive: boolean): readonly string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const names = readdirSync(path, { recursive, encoding: 'utf8' });
    const files = names.filter((name) => /\.(ya?ml|json)$/.test(name)).sort();
    if (files.length > 0) return files.map((name) => join(path, name));
  } catch {
    throw new Sentence(`${path} cannot be read`);
  }
  throw new Sentence(`${path} holds no .yaml, .yml or .json file`);
}

function readFile(file: string): Manifests {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Sentence(`${file} cannot be read`);
  }
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines, version: '1.1' });
  const objects: ManifestObject[] = [];
  const findings: Finding[] = [];
  for (const document of documents) {
    const error = document.errors[0];
    const at = (offset: number): Place => placeAt(file, lines, offset);
    if (error !== undefined) {
      const message = error.message.split('\n')[0] ?? 'is no YAML';
      findings.push({ place: at(error.pos[0]), severity: 'error', resource: '', message });
      continue;
    }
    const object: unknown = document.toJS();
    if (object === null) continue;
    for (const { value, path } of unwrap(object)) {
      if (isObject(value)) objects.push(manifestObject(value, path, document, at));
      else findings.push({ place: at(offsetOf(document, path)), ...NO_OBJECT });
    }
  }
  return { objects, findings };
}

const NO_OBJECT = {
  severity: 'error',
  resource: '',
  message: 'is no Kubernetes object: apiVersion, kind or metadata.name is missing',
} as const;

/** The items of a v1 List, else the object itself; `path` is where it stands in its document. */
function unwrap(object: unknown): readonly { readonly value: unknown; readonly path: string }[] {
  const { kind, apiVersion, items } = object as {
    readonly kind?: unknown;
    readonly apiVersion?: unknown;
    readonly items?: unknown;
  };
  if (kind !== 'List' || apiVersion !== 'v1' || !Array.isArray(items)) return [{ value: object, path: '' }];
  return items.map((value: unknown, index) => ({ value, path: `items[${index}]` }));
}

function manifestObject(
  object: KubeObject,
  root: string,
  document: Document,
  at: (offset: number) => Place,
): ManifestObject {
  const whole = (path: string): string => (root === '' ? path : path === '' ? root : `${root}.${path}`);
  const nodeAt = (path: string): unknown => document.getIn(keysOf(whole(path)), true);
  return {
    object,
    placeOf: (path) => at(offsetOf(document, whole(path))),
    placeOfData: (key, line) => {
      const fields = ['data', 'binaryData'].map((field) => [...keysOf(root), field, key]);
      const node = fields.map((path) => document.getIn(path, true)).find((found) => found !== undefined);
      if (!isScalar(node)) return at(offsetOf(document, whole('data')));
      const place = at(node.range?.[0] ?? 0);
      // The text of a literal block begins in the line after its mark.
      if (node.type !== 'BLOCK_LITERAL' || line === undefined) return place;
      return { ...place, line: place.line + line, column: 1 };
    },
    sourceOf: (path) => {
      const node = nodeAt(path);
      return isScalar(node) && typeof node.value === 'number' ? node.source : undefined;
    },
  };
}

function keysOf(path: string): readonly (string | number)[] {
  return [...path.matchAll(/[^.[\]]+/g)].map(([key]) => (/^\d+$/.test(key) ? Number(key) : key));
}

function placeAt(file: string, lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { file, line, column: col };
}

function isObject(value: unknown): value is KubeObject {
  const { kind, apiVersion, metadata } = (value ?? {}) as Partial<KubeObject>;
  return typeof kind === 'string' && typeof apiVersion === 'string' && typeof metadata?.name === 'string';
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { LineCounter, parseAllDocuments } from 'yaml';
import type { KubeObject } from '../../kube/object.ts';
import { Sentence } from '../exit.ts';
import { findViolation } from './violation.ts';

/** An object of a manifest file, and where it stands. */
export interface Manifest {
  readonly file: string;
  /** Line of its first key, counted from 1. */
  readonly line: number;
  readonly object: KubeObject;
}

/** What is applied first: later kinds refer to earlier ones. */
const ORDER = ['Namespace', 'Secret', 'ConfigMap', 'VendorAccount', 'Customer'];

/** Every object in the `.yaml`, `.yml` and `.json` files of a folder, not of its sub-folders, as kubectl apply -f reads it. */
export function readManifests(dir: string): readonly Manifest[] {
  const files = namesIn(dir).filter((name) => /\.(ya?ml|json)$/.test(name));
  if (files.length === 0) throw new Sentence(`${dir} holds no .yaml, .yml or .json file`);
  return files
    .sort()
    .flatMap((name) => readFile(join(dir, name)))
    .sort((a, b) => rank(a) - rank(b));
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir);
  } catch {
    throw new Sentence(`the folder ${dir} cannot be read; name another one with --manifests`);
  }
}

function readFile(file: string): readonly Manifest[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(readFileSync(file, 'utf8'), { lineCounter: lines, version: '1.1' });
  return [...documents].flatMap((document) => {
    const [error] = document.errors;
    if (error !== undefined) {
      const { line, col } = lines.linePos(error.pos[0]);
      throw new Sentence(`${file}:${line}:${col}: ${error.message.split('\n')[0]}`);
    }
    const object: unknown = document.toJS();
    if (object === null) return [];
    const { line } = lines.linePos(document.contents?.range?.[0] ?? 0);
    if (!isObject(object))
      throw new Sentence(`${file}:${line}: not a Kubernetes object: kind or metadata.name is missing`);
    const violation = findViolation(document, object);
    if (violation !== undefined) {
      const { line, col } = lines.linePos(violation.offset);
      throw new Sentence(
        `${file}:${line}:${col}: ${object.kind} ${object.metadata.name}: ${violation.message}`,
      );
    }
    return [{ file, line, object }];
  });
}

function isObject(value: unknown): value is KubeObject {
  const { kind, apiVersion, metadata } = (value ?? {}) as Partial<KubeObject>;
  return typeof kind === 'string' && typeof apiVersion === 'string' && typeof metadata?.name === 'string';
}

function rank({ object }: Manifest): number {
  const index = ORDER.indexOf(object.kind ?? '');
  return index < 0 ? ORDER.length : index;
}

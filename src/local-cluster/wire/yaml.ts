import { parseAllDocuments, stringify } from 'yaml';
import { bigInt, fromBigInts } from '../big-integer.ts';
import { parseJson } from '../json.ts';
import { duplicateKeys } from './duplicates.ts';

/** The result of reading YAML; `duplicates` name the keys that were set twice, in the words of the Go decoder. */
export type ParsedYaml =
  | { readonly ok: true; readonly value: unknown; readonly duplicates: readonly string[] }
  | { readonly ok: false; readonly message: string };

/**
 * Reads the first document of YAML 1.1 text, as kube-apiserver does: `y` is a boolean, further documents are
 * ignored, of equal keys the last wins.
 */
export function parseYaml(text: string): ParsedYaml {
  return readAsJson(text) ?? readAsYaml(text);
}

/**
 * What most clients send as YAML is JSON, which reads the same twenty times as fast. Undefined for anything else, and
 * for equal keys, which are told by their lines.
 */
function readAsJson(text: string): ParsedYaml | undefined {
  if (!text.startsWith('{')) return undefined;
  const parsed = parseJson(text);
  return parsed.ok && duplicateKeys(text).length === 0
    ? { ok: true, value: parsed.value, duplicates: [] }
    : undefined;
}

function readAsYaml(text: string): ParsedYaml {
  const [document] = parseAllDocuments(text, { version: '1.1', uniqueKeys: true, intAsBigInt: true });
  if (document === undefined || !('errors' in document)) return { ok: true, value: null, duplicates: [] };
  const broken = document.errors.find((error) => error.code !== 'DUPLICATE_KEY');
  if (broken !== undefined) {
    const line = broken.linePos?.[0].line ?? 1;
    return {
      ok: false,
      message: `yaml: line ${line}: ${GO_WORDS[broken.code] ?? 'did not find expected key'}`,
    };
  }
  const duplicates = document.errors.map((error) => {
    const line = error.linePos?.[0].line ?? 1;
    return `line ${line}: key "${keyAt(text, error.pos[0])}" already set in map`;
  });
  return { ok: true, value: fromBigInts(document.toJS()), duplicates };
}

const GO_WORDS: Readonly<Record<string, string>> = {
  BAD_INDENT: 'did not find expected node content',
  MISSING_CHAR: 'did not find expected node content',
  TAB_AS_INDENT: 'found character that cannot start any token',
};

function keyAt(text: string, position: number): string {
  return /^["']?([^\s:"']+)/.exec(text.slice(position))?.[1] ?? '';
}

/** Writes a value as YAML with sorted keys, readable by parsers of 1.1 and 1.2 alike. */
export function writeYaml(value: unknown): string {
  const exact = (_key: unknown, field: unknown) => bigInt(field) ?? field;
  return stringify(value, exact, { version: '1.1', sortMapEntries: true, lineWidth: 0 });
}

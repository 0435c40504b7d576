import type { LineName, LineNames } from '../domain/line/identifier.ts';
import { LINE_KINDS, parseLineName } from '../domain/line/identifier.ts';
import type { FiledProof } from '../ports/archive.ts';
import { HISTORY_NAMES, type HistoryName } from '../ports/line-histories.ts';

/** What one history was when it was written. */
export interface ManifestHistory {
  /** Name of the compressed JSON Lines beside the manifest. */
  readonly file: string;
  /** Of that file as it stands, in hexadecimal. */
  readonly sha256: string;
  readonly bytes: number;
  /** Rows of each history; the line's own record is one line more. */
  readonly records: Readonly<Record<HistoryName, number>>;
  /** The range that was asked for, both ends in it. ISO 8601. */
  readonly earliest: string;
  readonly latest: string;
  /** When it had been read back. ISO 8601. */
  readonly completedAt: string;
}

/** What stands beside an archived history, or alone for a line that has none. */
export interface Manifest {
  readonly formatVersion: 1;
  /** Which program wrote it, for example `vendorplane 0.1.0`. */
  readonly tool: string;
  readonly accountName: string;
  readonly declaredAs: LineName;
  readonly names: LineNames;
  readonly history?: ManifestHistory;
  readonly gone?: FiledProof;
}

export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** Reads a manifest; undefined for what is none of this version. */
export function readManifest(text: string): Manifest | undefined {
  const value = parse(text);
  if (!isObject(value) || value['formatVersion'] !== 1) return undefined;
  const { tool, accountName, declaredAs, names, history, gone } = value;
  const isSound =
    typeof tool === 'string' &&
    typeof accountName === 'string' &&
    isName(declaredAs) &&
    isObject(names) &&
    Object.entries(names).every(([kind, identifier]) => isName({ kind, identifier })) &&
    (history === undefined || isHistory(history)) &&
    (gone === undefined || isProof(gone));
  return isSound ? (value as unknown as Manifest) : undefined;
}

function isName(value: unknown): boolean {
  if (!isObject(value) || typeof value['kind'] !== 'string' || typeof value['identifier'] !== 'string')
    return false;
  const isKnown = LINE_KINDS.some((kind) => kind === value['kind']);
  return isKnown && parseLineName(value['kind'], value['identifier']).ok;
}

function isHistory(value: unknown): boolean {
  if (!isObject(value) || !isObject(value['records'])) return false;
  const { records } = value;
  return (
    /^[\w.-]+\.jsonl\.gz$/.test(String(value['file'])) &&
    /^[0-9a-f]{64}$/.test(String(value['sha256'])) &&
    typeof value['bytes'] === 'number' &&
    HISTORY_NAMES.every((name) => Number.isInteger((records as Record<string, unknown>)[name])) &&
    ['earliest', 'latest', 'completedAt'].every((name) => !Number.isNaN(Date.parse(String(value[name]))))
  );
}

function isProof(value: unknown): boolean {
  return (
    isObject(value) &&
    ['Deleted', 'GoneElsewhere', 'NeverSeen'].includes(String(value['how'])) &&
    typeof value['provenAtMs'] === 'number'
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

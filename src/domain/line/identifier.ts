import type { ItemFailure, ItemKey } from '../item.ts';

/** The kinds of identifier a line can be declared by: those that stay with it after deactivation (UWS fact sheet 4). */
export const LINE_KINDS = ['esn', 'iccid', 'imei', 'meid', 'eid'] as const;

export type LineKind = (typeof LINE_KINDS)[number];

/** One identifier of a line. Never a number: leading zeros count. */
export interface LineName {
  readonly kind: LineKind;
  readonly identifier: string;
}

/** Everything that names a line, at most one of each kind. */
export type LineNames = Readonly<Partial<Record<LineKind, string>>>;

/**
 * What each kind looks like, in canonical form (UWS fact sheet 4). An ICCID has "up to 20 digits" there; one below 18
 * is a slip of the keyboard or of a spreadsheet (ITU-T E.118 knows 19, with or without its check digit and filler).
 */
const FORMATS: Readonly<Record<LineKind, { readonly pattern: RegExp; readonly says: string }>> = {
  esn: { pattern: /^\d{11}$/, says: '11 digits' },
  iccid: { pattern: /^\d{18,20}$/, says: '18 to 20 digits' },
  imei: { pattern: /^\d{14,16}$/, says: '14 to 16 digits' },
  meid: { pattern: /^[0-9A-F]{14}$/, says: '14 hexadecimal digits' },
  eid: { pattern: /^\d{32}$/, says: '32 digits' },
};

export type ParsedLineName =
  | { readonly ok: true; readonly key: ItemKey; readonly name: LineName }
  | { readonly ok: false; readonly failure: ItemFailure };

/** Canonical form of a declared line and the key it is known by, or what is wrong with it. */
export function parseLineName(kind: string, identifier: string): ParsedLineName {
  const known = LINE_KINDS.find((candidate) => candidate === kind.trim().toLowerCase());
  if (known === undefined) return refuse(`the kind ${quote(kind)} is none of ${LINE_KINDS.join(', ')}`);
  const canonical = canonicalOf(identifier);
  const { pattern, says } = FORMATS[known];
  if (!pattern.test(canonical)) {
    return refuse(`the ${known} ${quote(identifier)} is not written as ${says}; quote it in YAML`);
  }
  const name = { kind: known, identifier: canonical };
  return { ok: true, key: lineKey(name), name };
}

/** Spaces and dashes are typing aids, and the case of hexadecimal digits says nothing. */
export function canonicalOf(identifier: string): string {
  return identifier.replace(/[\s-]/g, '').toUpperCase();
}

/** How a line is filed and named to people, for example `iccid:85000022411113460014`. */
export function lineKey({ kind, identifier }: LineName): ItemKey {
  return `${kind}:${identifier}`;
}

/** The name that a key was made from; undefined for what is no key of a line. */
export function lineNameOfKey(key: ItemKey): LineName | undefined {
  const colon = key.indexOf(':');
  const parsed = parseLineName(key.slice(0, colon), key.slice(colon + 1));
  return parsed.ok ? parsed.name : undefined;
}

function refuse(message: string): ParsedLineName {
  return { ok: false, failure: { code: 'INVALID_LINE_IDENTIFIER', message, kind: 'invalid' } };
}

function quote(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text);
}

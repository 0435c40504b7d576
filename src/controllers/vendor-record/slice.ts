import { hash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { canonicalText } from '../../domain/digest.ts';
import type { ItemKey } from '../../domain/item.ts';
import type { RecordChange, RecordGroup } from '../../ports/records.ts';

/** Version of what `packSlice` writes. A slice of another version is left alone. */
export const FORMAT_VERSION = 1;

/** A slice is split beyond this, compressed (api.md: slices of at most 256 KiB; half leaves room for a batch). */
export const SPLIT_BYTES = 128 * 1024;

/** Far more than a slice can hold; anything larger is not ours. */
const MAX_TEXT_BYTES = 64 * 1024 * 1024;

/** Entries of one slice: keys under the value they share. */
export type Slice = readonly Pick<RecordGroup, 'value' | 'keys'>[];

export interface PackedSlice {
  readonly entries: number;
  readonly sha256: string;
  readonly dataGzip: string;
}

/** One line of JSON per group, keys sorted: equal slices give equal bytes, and like keys compress well. */
export function packSlice(slice: Slice): PackedSlice {
  const groups = slice.filter(({ keys }) => keys.length > 0);
  const text = groups.map(({ value, keys }) => JSON.stringify({ value, keys: [...keys].sort() })).join('\n');
  return {
    entries: groups.reduce((sum, { keys }) => sum + keys.length, 0),
    sha256: hash('sha256', text),
    // Level 9 takes eight times as long for keys like ours and gains nothing over the default.
    dataGzip: gzipSync(text).toString('base64'),
  };
}

/** The entries again; undefined when what stands there is not what was written. */
export function unpackSlice(packed: Pick<PackedSlice, 'sha256' | 'dataGzip'>): Slice | undefined {
  try {
    const bytes = gunzipSync(Buffer.from(packed.dataGzip, 'base64'), { maxOutputLength: MAX_TEXT_BYTES });
    const text = bytes.toString('utf8');
    if (hash('sha256', text) !== packed.sha256) return undefined;
    return text === '' ? [] : text.split('\n').map((line) => JSON.parse(line) as Slice[number]);
  } catch {
    return undefined;
  }
}

/** The slice with the changes made, of one key the last; a change without a value takes its key out. */
export function changeSlice(slice: Slice, changes: readonly RecordChange[]): Slice {
  const latest = new Map(changes.map(({ key, value }) => [key, value]));
  const groups = slice.map(({ value, keys }) => ({ value, keys: keys.filter((key) => !latest.has(key)) }));
  // Values may be as many as keys, so none is looked for by going through all; and most are one and the same object.
  const byText = new Map(groups.map((group) => [canonicalText(group.value), group]));
  const texts = new Map<unknown, string>();
  for (const [key, value] of latest) {
    if (value === undefined) continue;
    const text = texts.get(value) ?? canonicalText(value);
    texts.set(value, text);
    const group = byText.get(text) ?? { value, keys: [] };
    if (group.keys.length === 0 && !byText.has(text)) groups.push(group);
    byText.set(text, group);
    group.keys.push(key);
  }
  return groups;
}

/** The part of a slice whose keys lie under a longer prefix. */
export function narrowSlice(slice: Slice, prefix: string): Slice {
  const isUnder = underPrefix(prefix);
  return slice.map(({ value, keys }) => ({ value, keys: keys.filter((key) => isUnder(wordOf(key))) }));
}

/** Whether a key belongs to the slice of this prefix. */
export function liesUnder(key: ItemKey, prefix: string): boolean {
  return underPrefix(prefix)(wordOf(key));
}

/** Finds which of these prefixes, none of which lies under another, a key belongs to; the empty one when to none. */
export function sliceFinder(prefixes: ReadonlySet<string>): (key: ItemKey) => string {
  const slices = [...prefixes]
    .filter((prefix) => prefix !== '')
    .map((prefix) => ({ prefix, isIt: underPrefix(prefix) }));
  // As long as one slice holds all, there is nothing to find.
  if (slices.length === 0) return () => '';
  return (key) => {
    const word = wordOf(key);
    return slices.find(({ isIt }) => isIt(word))?.prefix ?? '';
  };
}

/** Whether a word begins with the bits of the prefix. */
function underPrefix(prefix: string): (word: number) => boolean {
  // A shift by 32 bits is one by none.
  if (prefix === '') return () => true;
  const bits = Number.parseInt(prefix, 2);
  return (word) => word >>> (32 - prefix.length) === bits;
}

/** The first 32 bits of a key's digest; slices are named by prefixes of it. */
function wordOf(key: ItemKey): number {
  return hash('sha256', key, 'buffer').readUInt32BE(0);
}

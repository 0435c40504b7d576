/**
 * A plain value as text that does not depend on the order of its keys; what is `undefined` counts as not there.
 * Values that differ give texts that differ.
 */
export function canonicalText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
  const fields = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(fields).filter((name) => fields[name] !== undefined);
  return `{${names
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalText(fields[name])}`)
    .join(',')}}`;
}

/**
 * 64 bits of a text as 16 hexadecimal digits, for noticing that something changed: not for secrets, and not against
 * somebody who looks for two texts with the same one. Two FNV-1a lanes, each stirred at the end as MurmurHash3 does.
 */
export function digestOf(text: string): string {
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    low = Math.imul(low ^ unit, 0x01000193);
    high = Math.imul(high ^ unit, 0x5bd1e995);
  }
  return stir(high ^ (low >>> 16)) + stir(low);
}

function stir(lane: number): string {
  let mixed = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0).toString(16).padStart(8, '0');
}

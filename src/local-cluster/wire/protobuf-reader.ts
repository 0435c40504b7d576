import { parseJson } from '../json.ts';

/** How a field is read: 64 bit integers beyond 2^53 do not occur in what is described. */
export type Shape =
  | 'string'
  | 'bytes'
  | 'bool'
  | 'integer'
  | 'time'
  | 'microTime'
  | 'json'
  | Message
  | { readonly mapOf: 'string' | 'bytes' }
  | { readonly listOf: 'string' | Message };

/** A message: names and shapes by field number. Fields not described are left out. */
export interface Message {
  readonly fields: Readonly<Record<number, readonly [name: string, shape: Shape]>>;
}

/** A message as the JSON object it stands for. */
export type Decoded = Record<string, unknown>;

interface Field {
  readonly number: number;
  readonly value: number | Buffer;
}

/** Splits a message into its fields. Throws RangeError when it ends in the middle of one. */
function* fieldsOf(bytes: Buffer): Generator<Field> {
  let at = 0;
  function varint(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes.readUInt8(at);
      at += 1;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }
  while (at < bytes.length) {
    const tag = varint();
    const number = Math.floor(tag / 8);
    switch (tag % 8) {
      case 0:
        yield { number, value: varint() };
        break;
      case 2: {
        const length = varint();
        if (at + length > bytes.length) throw new RangeError('the message ends inside a field');
        yield { number, value: bytes.subarray(at, at + length) };
        at += length;
        break;
      }
      default:
        throw new RangeError(`wire type ${tag % 8} does not occur in these kinds`);
    }
  }
}

/** Reads a message. Fields at their zero value are left out: the Go encoder writes them all. Throws RangeError. */
export function decodeMessage(bytes: Buffer, message: Message): Decoded {
  const result: Decoded = {};
  for (const { number, value } of fieldsOf(bytes)) {
    const [name, shape] = message.fields[number] ?? [];
    if (name === undefined || shape === undefined) continue;
    addField(result, name, shape, value);
  }
  return result;
}

function addField(result: Decoded, name: string, shape: Shape, value: number | Buffer): void {
  if (typeof value === 'number') {
    if (shape === 'bool') result[name] = value !== 0;
    else if (value !== 0) result[name] = value;
    return;
  }
  if (typeof shape === 'string') {
    const read = scalar(shape, value);
    if (read !== undefined && read !== '') result[name] = read;
  } else if ('listOf' in shape) {
    const { listOf } = shape;
    const item = typeof listOf === 'string' ? value.toString('utf8') : decodeMessage(value, listOf);
    result[name] = [...((result[name] ?? []) as unknown[]), item];
  } else if ('mapOf' in shape) {
    const entry = decodeMessage(value, { fields: { 1: ['key', 'string'], 2: ['value', shape.mapOf] } });
    result[name] = { ...(result[name] as object), [(entry['key'] ?? '') as string]: entry['value'] ?? '' };
  } else {
    result[name] = decodeMessage(value, shape);
  }
}

function scalar(shape: Extract<Shape, string>, value: Buffer): unknown {
  switch (shape) {
    case 'string':
      return value.toString('utf8');
    case 'bytes':
      return value.toString('base64');
    case 'time':
      return timeIn(value)?.replace(/\.\d+Z$/, 'Z');
    case 'microTime':
      return timeIn(value);
    case 'json': {
      const { raw = '' } = decodeMessage(value, { fields: { 1: ['raw', 'string'] } }) as { raw?: string };
      const parsed = parseJson(raw);
      return parsed.ok ? parsed.value : undefined;
    }
    case 'bool':
    case 'integer':
      return undefined;
    default:
      return shape satisfies never;
  }
}

/** RFC 3339 with six digits; undefined for the zero time, which is written as an empty message. */
function timeIn(value: Buffer): string | undefined {
  const { seconds, nanos = 0 } = decodeMessage(value, {
    fields: { 1: ['seconds', 'integer'], 2: ['nanos', 'integer'] },
  }) as { seconds?: number; nanos?: number };
  if (seconds === undefined) return undefined;
  const micros = String(Math.floor(nanos / 1_000)).padStart(6, '0');
  return `${new Date(seconds * 1_000).toISOString().slice(0, 19)}.${micros}Z`;
}

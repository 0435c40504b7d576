/** Writes protobuf messages. A field with the zero value of its type is left out, as proto3 does. */

/** A field number as the message's description gives it. */
type FieldNumber = number;

const VARINT = 0;
const FIXED64 = 1;
const LENGTH_DELIMITED = 2;

/** The fields of one message, in the order they were made, as one piece. */
export function concat(...fields: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(fields);
}

/** A field that holds text. */
export function textField(number: FieldNumber, text: string | undefined): Uint8Array {
  return text === undefined || text === '' ? EMPTY : bytesField(number, Buffer.from(text));
}

/** A repeated field of texts. */
export function textsField(number: FieldNumber, texts: readonly string[] = []): Uint8Array {
  return concat(...texts.map((text) => bytesField(number, Buffer.from(text))));
}

/** A field that holds a message; an absent one is left out, an empty one is not. */
export function messageField(number: FieldNumber, message: Uint8Array | undefined): Uint8Array {
  return message === undefined ? EMPTY : bytesField(number, message);
}

/** A field of a whole number that is not negative. */
export function integerField(number: FieldNumber, value: number | undefined): Uint8Array {
  return value === undefined || value === 0 ? EMPTY : concat(tag(number, VARINT), varint(value));
}

/** A field that is true or false. */
export function flagField(number: FieldNumber, value: boolean | undefined): Uint8Array {
  return integerField(number, value === true ? 1 : 0);
}

/** A field of a double. */
export function doubleField(number: FieldNumber, value: number | undefined): Uint8Array {
  if (value === undefined || value === 0) return EMPTY;
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return concat(tag(number, FIXED64), bytes);
}

const EMPTY: Uint8Array = Buffer.alloc(0);

function bytesField(number: FieldNumber, bytes: Uint8Array): Uint8Array {
  return concat(tag(number, LENGTH_DELIMITED), varint(bytes.length), bytes);
}

function tag(number: FieldNumber, wireType: number): Uint8Array {
  return varint(number * 8 + wireType);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) + 0x80);
  return Uint8Array.from([...bytes, rest]);
}

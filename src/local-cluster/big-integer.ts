/**
 * An integer that fits into 64 bits, as those of Go do, but not into a number of JavaScript. It is kept as its JSON
 * text, which JSON.stringify writes as it stands; everywhere else it is a scalar like a number.
 */
export interface BigInteger {
  readonly rawJSON: string;
}

/** JSON with the access to source texts that Node has and the type library lacks. */
const SOURCES = JSON as unknown as {
  rawJSON(text: string): BigInteger;
  isRawJSON(value: unknown): value is BigInteger;
  parse(text: string, revive: (key: string, value: unknown, at: { source?: string }) => unknown): unknown;
};

/** 2^53 has 16 digits: text without that many in a row holds nothing that JSON.parse would round. */
const LONG_NUMBER = /\d{16}/;

/** True for an integer beyond 2^53. */
export function isBigInteger(value: unknown): value is BigInteger {
  return SOURCES.isRawJSON(value);
}

/** JSON.parse that keeps 64 bit integers exact; larger ones become floats, as in Go. Throws SyntaxError. */
export function parseExact(text: string): unknown {
  if (!LONG_NUMBER.test(text)) return JSON.parse(text);
  return SOURCES.parse(text, (_key, value, { source = '' }) =>
    typeof value === 'number' && /^-?\d+$/.test(source) ? exactInteger(BigInt(source)) : value,
  );
}

/** The value with every BigInt in it as a JSON number, exact up to 64 bits. */
export function fromBigInts(value: unknown): unknown {
  if (typeof value === 'bigint') return exactInteger(value);
  if (Array.isArray(value)) return value.map(fromBigInts);
  if (typeof value !== 'object' || value === null || isBigInteger(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, fromBigInts(field)]));
}

/** The integer in a value that is one, else undefined: for comparisons, which mix BigInt and number exactly. */
export function bigInt(value: unknown): bigint | undefined {
  return isBigInteger(value) ? BigInt(value.rawJSON) : undefined;
}

function exactInteger(value: bigint): number | BigInteger {
  const number = Number(value);
  const fits = BigInt.asIntN(64, value) === value;
  return Number.isSafeInteger(number) || !fits ? number : SOURCES.rawJSON(String(value));
}

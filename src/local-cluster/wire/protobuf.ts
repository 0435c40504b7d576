/**
 * Reads the protobuf bodies kubectl sends for built-in kinds. Only what it creates is described here; field numbers
 * are those of the `generated.proto` files of k8s.io/api and k8s.io/apimachinery.
 */

type Shape = 'string' | 'bytes' | 'bool' | 'strings' | Message | MapOf;
type MapOf = { readonly mapOf: 'string' | 'bytes' };
interface Message {
  readonly fields: Readonly<Record<number, readonly [name: string, shape: Shape]>>;
}

const OBJECT_META: Message = {
  fields: {
    1: ['name', 'string'],
    2: ['generateName', 'string'],
    3: ['namespace', 'string'],
    5: ['uid', 'string'],
    6: ['resourceVersion', 'string'],
    11: ['labels', { mapOf: 'string' }],
    12: ['annotations', { mapOf: 'string' }],
    14: ['finalizers', 'strings'],
  },
};

const RESOURCE_ATTRIBUTES: Message = {
  fields: {
    1: ['namespace', 'string'],
    2: ['verb', 'string'],
    3: ['group', 'string'],
    4: ['version', 'string'],
    5: ['resource', 'string'],
    6: ['subresource', 'string'],
    7: ['name', 'string'],
  },
};

const ACCESS_REVIEW_SPEC: Message = {
  fields: {
    1: ['resourceAttributes', RESOURCE_ATTRIBUTES],
    2: ['nonResourceAttributes', { fields: { 1: ['path', 'string'], 2: ['verb', 'string'] } }],
  },
};

const KINDS: Readonly<Record<string, Message>> = {
  'v1 Namespace': {
    fields: { 1: ['metadata', OBJECT_META], 2: ['spec', { fields: { 1: ['finalizers', 'strings'] } }] },
  },
  'v1 ConfigMap': {
    fields: {
      1: ['metadata', OBJECT_META],
      2: ['data', { mapOf: 'string' }],
      3: ['binaryData', { mapOf: 'bytes' }],
      4: ['immutable', 'bool'],
    },
  },
  'v1 Secret': {
    fields: {
      1: ['metadata', OBJECT_META],
      2: ['data', { mapOf: 'bytes' }],
      3: ['type', 'string'],
      4: ['stringData', { mapOf: 'string' }],
      5: ['immutable', 'bool'],
    },
  },
  'authorization.k8s.io/v1 SelfSubjectAccessReview': {
    fields: { 1: ['metadata', OBJECT_META], 2: ['spec', ACCESS_REVIEW_SPEC] },
  },
  'authorization.k8s.io/v1 SelfSubjectRulesReview': {
    fields: { 1: ['metadata', OBJECT_META], 2: ['spec', { fields: { 1: ['namespace', 'string'] } }] },
  },
  'authentication.k8s.io/v1 SelfSubjectReview': { fields: { 1: ['metadata', OBJECT_META] } },
};

/** The bytes before every Kubernetes protobuf body: "k8s" and zero. */
const MAGIC = Buffer.from([0x6b, 0x38, 0x73, 0x00]);

const UNKNOWN: Message = {
  fields: {
    1: ['typeMeta', { fields: { 1: ['apiVersion', 'string'], 2: ['kind', 'string'] } }],
    2: ['raw', 'bytes'],
  },
};

type Decoded = Record<string, unknown>;

/** The body as the JSON object it stands for, or undefined when it is of a kind not described here or is broken. */
export function decodeProtobuf(body: Buffer): Decoded | undefined {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  try {
    const envelope = decodeMessage(body.subarray(MAGIC.length), UNKNOWN);
    const type = (envelope['typeMeta'] ?? {}) as { apiVersion?: string; kind?: string };
    const message = KINDS[`${type.apiVersion} ${type.kind}`];
    if (message === undefined) return undefined;
    const raw = Buffer.from((envelope['raw'] ?? '') as string, 'base64');
    return { apiVersion: type.apiVersion, kind: type.kind, ...decodeMessage(raw, message) };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

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

/** Fields at their zero value are left out: the Go encoder writes them all. */
function decodeMessage(bytes: Buffer, message: Message): Decoded {
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
  } else if (shape === 'string' || shape === 'bytes') {
    if (value.length > 0) result[name] = value.toString(shape === 'string' ? 'utf8' : 'base64');
  } else if (shape === 'strings') {
    result[name] = [...((result[name] ?? []) as string[]), value.toString('utf8')];
  } else if (typeof shape === 'object' && 'mapOf' in shape) {
    const entry = decodeMessage(value, { fields: { 1: ['key', 'string'], 2: ['value', shape.mapOf] } });
    result[name] = { ...(result[name] as object), [(entry['key'] ?? '') as string]: entry['value'] ?? '' };
  } else if (typeof shape === 'object' && 'fields' in shape) {
    result[name] = decodeMessage(value, shape);
  }
}

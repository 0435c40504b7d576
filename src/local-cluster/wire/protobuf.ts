import { protobufKind } from './protobuf-kinds.ts';
import { type Decoded, decodeMessage, type Message } from './protobuf-reader.ts';

/** The bytes before every Kubernetes protobuf body: "k8s" and zero. */
const MAGIC = Buffer.from([0x6b, 0x38, 0x73, 0x00]);

const UNKNOWN: Message = {
  fields: {
    1: ['typeMeta', { fields: { 1: ['apiVersion', 'string'], 2: ['kind', 'string'] } }],
    2: ['raw', 'bytes'],
  },
};

/** The body as the JSON object it stands for, or undefined when it is of a kind not described here or is broken. */
export function decodeProtobuf(body: Buffer): Decoded | undefined {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) return undefined;
  try {
    const envelope = decodeMessage(body.subarray(MAGIC.length), UNKNOWN);
    const type = (envelope['typeMeta'] ?? {}) as { apiVersion?: string; kind?: string };
    const message = protobufKind(type.apiVersion ?? '', type.kind ?? '');
    if (message === undefined) return undefined;
    const raw = Buffer.from((envelope['raw'] ?? '') as string, 'base64');
    return { apiVersion: type.apiVersion, kind: type.kind, ...decodeMessage(raw, message) };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

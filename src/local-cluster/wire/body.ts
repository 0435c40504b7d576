import type { IncomingMessage } from 'node:http';
import { isObject, parseJson } from '../json.ts';
import type { JsonObject } from '../object.ts';
import { badRequest, tooLarge, unsupportedMediaType } from '../status.ts';
import { duplicateKeys } from './duplicates.ts';
import { JSON_TYPE, OBJECT_MEDIA_TYPES, PROTOBUF_TYPE, parseMediaType, YAML_TYPE } from './media-types.ts';
import { decodeProtobuf } from './protobuf.ts';
import { parseYaml } from './yaml.ts';

/** Longest request body, in bytes: the limit of kube-apiserver (04-validation, "request body over 3 MiB"). */
const MAX_BODY_BYTES = 3 * 1024 * 1024;

/** Collects the body. Throws 413 beyond the limit, without reading on. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw tooLarge(`limit is ${MAX_BODY_BYTES}`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** A body read as an object, with what a strict reader holds against its text. */
export interface ReadObject {
  readonly object: JsonObject;
  /** Complaints such as `duplicate field "spec.vendor"`; empty for a clean text. */
  readonly complaints: readonly string[];
}

/** Reads the body of a POST or PUT of `kind`. Throws 400 or 415. */
export function readObject(body: Buffer, contentType: string | undefined, kind: string): ReadObject {
  switch (parseMediaType(contentType ?? JSON_TYPE).type) {
    case JSON_TYPE:
    case '':
      return fromJson(body.toString('utf8'), kind);
    case YAML_TYPE:
      return fromYaml(body.toString('utf8'), kind);
    case PROTOBUF_TYPE: {
      const object = decodeProtobuf(body);
      if (object === undefined) throw unsupportedMediaType([JSON_TYPE, YAML_TYPE]);
      return { object: object as JsonObject, complaints: [] };
    }
    default:
      throw unsupportedMediaType(OBJECT_MEDIA_TYPES);
  }
}

function fromJson(text: string, kind: string): ReadObject {
  const parsed = parseJson(text);
  if (!parsed.ok)
    throw unrecognized(text, kind, `couldn't get version/kind; json parse error: ${parsed.message}`);
  if (!isObject(parsed.value)) {
    const type = Array.isArray(parsed.value) ? 'array' : typeof parsed.value;
    const message = `json: cannot unmarshal ${type} into Go value of type struct`;
    throw unrecognized(text, kind, `couldn't get version/kind; json parse error: ${message}`);
  }
  return { object: parsed.value, complaints: duplicateKeys(text).map((path) => `duplicate field "${path}"`) };
}

function fromYaml(text: string, kind: string): ReadObject {
  const parsed = parseYaml(text);
  if (!parsed.ok) throw unrecognized(text, kind, `error converting YAML to JSON: ${parsed.message}`);
  if (!isObject(parsed.value)) throw unrecognized(text, kind, `couldn't get version/kind; not an object`);
  const complaints = parsed.duplicates.map((duplicate) => `yaml: unmarshal errors:\n  ${duplicate}`);
  return { object: parsed.value, complaints };
}

/** 400 for a body whose kind is missing where it is needed. */
export function kindMissing(text: string, kind: string): Error {
  return unrecognized(text, kind, `Object 'Kind' is missing in '${text}'`);
}

function unrecognized(text: string, kind: string, why: string): Error {
  const shown = text.length > 30 ? `${text.slice(0, 30)} ...` : text === '' ? '<empty>' : text;
  return badRequest(`the object provided is unrecognized (must be of type ${kind}): ${why} (${shown})`);
}

import { onlyMediaTypes } from '../status.ts';
import { JSON_TYPE, type MediaType, OBJECT_MEDIA_TYPES, parseAccept, YAML_TYPE } from './media-types.ts';

/** The form an answer takes: which serialisation, and which rendering of the object. */
export interface Rendering {
  readonly format: 'json' | 'yaml';
  readonly as: 'object' | 'table' | 'partial' | 'partialList';
  /** apiVersion of the Table or PartialObjectMetadata. */
  readonly apiVersion: 'meta.k8s.io/v1' | 'meta.k8s.io/v1beta1';
}

const PLAIN: Rendering = { format: 'json', as: 'object', apiVersion: 'meta.k8s.io/v1' };

const RENDERINGS: Readonly<Record<string, Rendering['as']>> = {
  Table: 'table',
  PartialObjectMetadata: 'partial',
  PartialObjectMetadataList: 'partialList',
};

/** The first acceptable rendering, in the order of the header. Throws 406 when there is none. */
export function negotiate(accept: string | undefined): Rendering {
  for (const clause of parseAccept(accept)) {
    const rendering = renderingFor(clause);
    if (rendering !== undefined) return rendering;
  }
  throw onlyMediaTypes(OBJECT_MEDIA_TYPES);
}

/** As `negotiate`, for a stream of events, which is JSON only. */
export function negotiateStream(accept: string | undefined): Rendering {
  for (const clause of parseAccept(accept)) {
    const rendering = renderingFor(clause);
    if (rendering?.format === 'json') return rendering;
  }
  throw onlyMediaTypes(['application/json;stream=watch', 'application/vnd.kubernetes.protobuf;stream=watch']);
}

/** The serialisation for a Status, which is sent even to those who accept nothing we have. */
export function statusFormat(accept: string | undefined): 'json' | 'yaml' {
  return parseAccept(accept).find((clause) => formatOf(clause) !== undefined)?.type === YAML_TYPE
    ? 'yaml'
    : 'json';
}

function formatOf(clause: MediaType): Rendering['format'] | undefined {
  if (clause.type === JSON_TYPE || clause.type === '*/*' || clause.type === 'application/*') return 'json';
  return clause.type === YAML_TYPE ? 'yaml' : undefined;
}

function renderingFor(clause: MediaType): Rendering | undefined {
  const format = formatOf(clause);
  if (format === undefined) return undefined;
  const { as, g, v } = clause.parameters;
  if (as === undefined) return { ...PLAIN, format };
  const rendering = RENDERINGS[as];
  if (rendering === undefined || g !== 'meta.k8s.io') return undefined;
  return v === 'v1' || v === 'v1beta1'
    ? { format, as: rendering, apiVersion: `meta.k8s.io/${v}` }
    : undefined;
}

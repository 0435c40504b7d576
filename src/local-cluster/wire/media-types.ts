/** One clause of an Accept header, or a Content-Type: `application/json;as=Table;v=v1;g=meta.k8s.io`. */
export interface MediaType {
  /** Lower case, without parameters. */
  readonly type: string;
  readonly parameters: Readonly<Record<string, string>>;
}

export const JSON_TYPE = 'application/json';
export const YAML_TYPE = 'application/yaml';
export const PROTOBUF_TYPE = 'application/vnd.kubernetes.protobuf';

/** What every resource can be answered as, in the order messages name it. */
export const OBJECT_MEDIA_TYPES = [JSON_TYPE, YAML_TYPE, PROTOBUF_TYPE] as const;

/** Reads a list of media types; an absent or empty header accepts anything. */
export function parseAccept(header: string | undefined): readonly MediaType[] {
  const clauses = (header ?? '').split(',').map((clause) => clause.trim());
  const types = clauses.filter((clause) => clause !== '').map(parseMediaType);
  return types.length === 0 ? [{ type: '*/*', parameters: {} }] : types;
}

/** Reads one media type with its parameters. */
export function parseMediaType(clause: string): MediaType {
  const [type = '', ...rest] = clause.split(';').map((part) => part.trim());
  const parameters = rest.map((part): [string, string] => {
    const [key = '', ...value] = part.split('=');
    return [key.toLowerCase(), value.join('=')];
  });
  return { type: type.toLowerCase(), parameters: Object.fromEntries(parameters) };
}

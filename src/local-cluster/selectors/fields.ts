import type { KubeObject } from '../object.ts';
import type { Resource } from '../resources.ts';
import { badRequest } from '../status.ts';

/** Decides over an object in its served form. */
export type FieldSelector = (object: KubeObject) => boolean;

interface Term {
  readonly path: string;
  readonly equal: boolean;
  readonly value: string;
}

/** Parses a field selector of a resource. Throws 400 for text it cannot read and for fields the resource lacks. */
export function parseFieldSelector(text: string, resource: Resource): FieldSelector {
  const terms = text
    .split(',')
    .filter((term) => term !== '')
    .map((term) => parseTerm(term, text));
  const probe: KubeObject = { apiVersion: '', kind: '', metadata: {} };
  for (const { path } of terms) {
    if (resource.strategy.selectableField(probe, path) === undefined)
      throw badRequest(resource.strategy.unknownField(path));
  }
  return (object) =>
    terms.every(
      ({ path, equal, value }) => (resource.strategy.selectableField(object, path) === value) === equal,
    );
}

function parseTerm(term: string, whole: string): Term {
  const match = /^(.*?)(!=|==|=)(.*)$/.exec(term);
  if (match === null) throw badRequest(`invalid selector: '${whole}'; can't understand '${term}'`);
  const [, path = '', operator, value = ''] = match;
  return { path, equal: operator !== '!=', value };
}

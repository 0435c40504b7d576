import { type Kind } from '../../api/definitions.generated.ts';
import { RESOURCES } from '../../api/group.ts';
import { Sentence } from '../exit.ts';

/** A resource as a person names it. */
export interface NamedResource {
  readonly kind: Kind;
  readonly name: string;
}

/** Reads `dclaim/orders`: the kind by any name kubectl knows it by, then the name. */
export function parseResource(text: string): NamedResource {
  const [, word, name] = /^([^/]+)\/([^/]+)$/.exec(text) ?? [];
  if (word === undefined || name === undefined) {
    throw new Sentence(
      `${JSON.stringify(text)} names no resource; write it as kind/name, for example dclaim/orders`,
    );
  }
  const asked = word.toLowerCase();
  const found = Object.values(RESOURCES).find(({ kind, plural, shortNames, group }) =>
    [kind.toLowerCase(), plural, ...shortNames].some(
      (known) => asked === known || asked === `${known}.${group}`,
    ),
  );
  if (found === undefined) throw new Sentence(`${JSON.stringify(word)} is no kind of this program`);
  return { kind: found.kind, name };
}

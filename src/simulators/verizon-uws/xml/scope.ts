/** The namespaces bound at one place of a document: prefix to URI, the default one under the empty prefix. */
export type Scope = ReadonlyMap<string, string>;

/** What is bound before the first declaration. */
export const OUTERMOST: Scope = new Map([
  ['', ''],
  ['xml', 'http://www.w3.org/XML/1998/namespace'],
]);

/** An attribute as written: its name not yet resolved. */
export interface RawAttribute {
  readonly qname: string;
  readonly value: string;
}

/** The scope inside a tag with these attributes. */
export function enter(scope: Scope, attributes: readonly RawAttribute[]): Scope {
  const declared = attributes.flatMap(({ qname, value }): [string, string][] => {
    if (qname === 'xmlns') return [['', value]];
    return qname.startsWith('xmlns:') ? [[qname.slice('xmlns:'.length), value]] : [];
  });
  return declared.length === 0 ? scope : new Map([...scope, ...declared]);
}

export function isDeclaration({ qname }: RawAttribute): boolean {
  return qname === 'xmlns' || qname.startsWith('xmlns:');
}

/** The name split and resolved; undefined when its prefix is not bound. Attributes know no default namespace. */
export function resolveName(
  qname: string,
  scope: Scope,
  of: 'element' | 'attribute',
): { readonly namespace: string; readonly name: string } | undefined {
  const colon = qname.indexOf(':');
  const prefix = colon < 0 ? '' : qname.slice(0, colon);
  const namespace = colon < 0 && of === 'attribute' ? '' : scope.get(prefix);
  // A prefix cannot be bound to nothing (Namespaces in XML 1.0, section 2.2).
  const isBound = namespace !== undefined && (prefix === '' || namespace !== '');
  return isBound ? { namespace, name: qname.slice(colon + 1) } : undefined;
}

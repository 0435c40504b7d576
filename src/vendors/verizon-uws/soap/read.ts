import { XMLParser } from 'fast-xml-parser';
import { INSTANCE } from './names.ts';

/** An element as it was read: its name in its namespace, whatever prefix the sender chose. */
export interface Node {
  /** Empty when the element is in none. */
  readonly namespace: string;
  readonly name: string;
  /** Character data without white space at its ends; identifiers stay strings. */
  readonly text: string;
  readonly isNil: boolean;
  readonly children: readonly Node[];
}

/** What the parser makes of an element: its qualified name leads to its content, `:@` to its attributes. */
type Raw = Readonly<Record<string, readonly Raw[] | Readonly<Record<string, string>> | string>>;

/** Prefix → namespace; the empty prefix is the default namespace. */
type Scope = Readonly<Record<string, string>>;

const parser = new XMLParser({
  preserveOrder: true,
  // '09005470263' is an identifier, not a number.
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreAttributes: false,
  // Needed even for &#228;.
  htmlEntities: true,
  trimValues: true,
});

/** The deepest reply known has 9 levels; more is nobody's honest message. ASSUMED. */
const MAX_DEPTH = 64;

/**
 * The root element of a well-formed document, or undefined. A document type is refused, whatever it declares: no
 * reply of the vendor has one, web pages and attacks do.
 */
export function parseXml(text: string): Node | undefined {
  const document = text.replace(/^\uFEFF/, '');
  if (/<!DOCTYPE/i.test(document)) return undefined;
  try {
    const roots = (parser.parse(document, true) as readonly Raw[]).filter(
      (raw) => !tagOf(raw).startsWith('?'),
    );
    const [root, ...others] = roots;
    return root === undefined || others.length > 0 ? undefined : toNode(root, {}, 0);
  } catch {
    return undefined;
  }
}

function toNode(raw: Raw, outer: Scope, depth: number): Node {
  if (depth > MAX_DEPTH) throw new Error('nested too deep');
  const tag = tagOf(raw);
  const content = raw[tag] as readonly Raw[];
  const attributes = (raw[':@'] ?? {}) as Readonly<Record<string, string>>;
  const scope = { ...outer, ...declaredIn(attributes) };
  const [prefix, name] = split(tag);
  const namespace = scope[prefix];
  if (namespace === undefined && prefix !== '') throw new Error('an undeclared prefix');
  return {
    namespace: namespace ?? '',
    name,
    text: content.flatMap((part) => (typeof part['#text'] === 'string' ? [part['#text']] : [])).join(''),
    isNil: isNil(attributes, scope),
    children: content.filter((part) => !('#text' in part)).map((part) => toNode(part, scope, depth + 1)),
  };
}

function tagOf(raw: Raw): string {
  return Object.keys(raw).find((key) => key !== ':@') ?? '';
}

function declaredIn(attributes: Readonly<Record<string, string>>): Scope {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) => {
      if (name === '@_xmlns') return [['', value]];
      return name.startsWith('@_xmlns:') ? [[name.slice('@_xmlns:'.length), value]] : [];
    }),
  );
}

function isNil(attributes: Readonly<Record<string, string>>, scope: Scope): boolean {
  return Object.entries(attributes).some(([name, value]) => {
    const [prefix, local] = split(name.replace(/^@_/, ''));
    return local === 'nil' && scope[prefix] === INSTANCE && value.trim() === 'true';
  });
}

function split(qname: string): readonly [prefix: string, name: string] {
  const colon = qname.indexOf(':');
  return colon < 0 ? ['', qname] : [qname.slice(0, colon), qname.slice(colon + 1)];
}

/** The children of that name in that namespace. */
export function childrenOf(parent: Node, namespace: string, name: string): readonly Node[] {
  return parent.children.filter((child) => child.namespace === namespace && child.name === name);
}

/** The only child of that name in that namespace; undefined when there is none, or more than one. */
export function childOf(parent: Node | undefined, namespace: string, name: string): Node | undefined {
  const found = parent === undefined ? [] : childrenOf(parent, namespace, name);
  return found.length === 1 ? found[0] : undefined;
}

/** The value of the only child of that name; undefined when it is missing, nil or empty, or holds elements. */
export function textOf(parent: Node | undefined, namespace: string, name: string): string | undefined {
  const child = childOf(parent, namespace, name);
  if (child === undefined || child.isNil || child.children.length > 0 || child.text === '') return undefined;
  return child.text;
}

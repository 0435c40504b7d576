import type { XmlAttribute, XmlElement } from './element.ts';
import { resolveReferences } from './references.ts';
import { createScanner, type Scanner } from './scanner.ts';
import { enter, isDeclaration, OUTERMOST, type RawAttribute, resolveName, type Scope } from './scope.ts';

const DECLARATION = /<\?xml[ \t\n][^?]*\?>/y;
const SPACE_OR_COMMENT = /(?:[ \t\n]|<!--(?:(?!--)[^])*-->)+/y;
const COMMENT = /<!--(?:(?!--)[^])*-->/y;
const OPEN = /<([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)/y;
const ATTRIBUTE =
  /[ \t\n]+([A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)[ \t\n]*=[ \t\n]*(?:"([^"<]*)"|'([^'<]*)')/y;
const OPEN_END = /[ \t\n]*(\/?)>/y;
const CLOSE = /<\/([\w.:-]+)[ \t\n]*>/y;
const CLOSE_AHEAD = /(?=<\/)/y;
const TEXT = /[^<]+/y;
const CDATA = /<!\[CDATA\[((?:(?!\]\]>)[^])*)\]\]>/y;

/** Deeper documents are refused: the vendor's go to about ten, and recursion must end somewhere. */
const MAX_DEPTH = 64;

/**
 * Reads one XML document, strictly: what is not well-formed is an XmlError, never a guess. It reads less than XML
 * allows, and refuses the rest: no DOCTYPE, no processing instructions, names in ASCII.
 */
export function parseXml(source: string): XmlElement {
  const scanner = createScanner(source.replace(/^\uFEFF/, '').replaceAll(/\r\n?/g, '\n'));
  scanner.take(DECLARATION);
  scanner.take(SPACE_OR_COMMENT);
  const root = readElement(scanner, OUTERMOST, 1);
  scanner.take(SPACE_OR_COMMENT);
  return scanner.atEnd() ? root : scanner.fail('end of document expected');
}

function readElement(scanner: Scanner, outer: Scope, depth: number): XmlElement {
  if (depth > MAX_DEPTH) scanner.fail('too deep');
  const qname = scanner.expect(OPEN, 'an element')[1] as string;
  const written = readAttributes(scanner);
  const scope = enter(outer, written);
  const name = resolveName(qname, scope, 'element') ?? scanner.fail(`unbound prefix of ${qname}`);
  const attributes = resolvedAttributes(scanner, written, scope);
  const isEmpty = scanner.expect(OPEN_END, 'the end of a tag')[1] === '/';
  if (isEmpty) return { ...name, attributes, children: [], text: '' };
  const content = readContent(scanner, scope, depth);
  if (scanner.expect(CLOSE, `</${qname}>`)[1] !== qname) scanner.fail(`</${qname}> expected before this`);
  return { ...name, attributes, ...content };
}

function readAttributes(scanner: Scanner): readonly RawAttribute[] {
  const found: RawAttribute[] = [];
  for (let match = scanner.take(ATTRIBUTE); match !== undefined; match = scanner.take(ATTRIBUTE)) {
    const qname = match[1] as string;
    if (found.some((other) => other.qname === qname)) scanner.fail(`${qname} twice`);
    const value = resolveReferences((match[2] ?? match[3] ?? '').replaceAll(/[\t\n]/g, ' '));
    found.push({ qname, value: value ?? scanner.fail('a bad reference or character') });
  }
  return found;
}

function resolvedAttributes(
  scanner: Scanner,
  written: readonly RawAttribute[],
  scope: Scope,
): readonly XmlAttribute[] {
  const seen = new Set<string>();
  return written
    .filter((attribute) => !isDeclaration(attribute))
    .map(({ qname, value }) => {
      const name = resolveName(qname, scope, 'attribute') ?? scanner.fail(`unbound prefix of ${qname}`);
      const expanded = `${name.namespace} ${name.name}`;
      if (seen.has(expanded)) scanner.fail(`${qname} twice`);
      seen.add(expanded);
      return { ...name, value };
    });
}

function readContent(scanner: Scanner, scope: Scope, depth: number): Pick<XmlElement, 'children' | 'text'> {
  const children: XmlElement[] = [];
  let text = '';
  while (scanner.take(CLOSE_AHEAD) === undefined) {
    const piece = readText(scanner);
    if (piece !== undefined) text += piece;
    else if (scanner.take(COMMENT) === undefined) children.push(readElement(scanner, scope, depth + 1));
  }
  return { children, text };
}

/** The text or CDATA section at this place; undefined when something else stands there. */
function readText(scanner: Scanner): string | undefined {
  const cdata = scanner.take(CDATA);
  const raw = cdata === undefined ? scanner.take(TEXT)?.[0] : undefined;
  if (raw === undefined) return cdata?.[1];
  if (raw.includes(']]>')) scanner.fail('"]]>" in a text');
  return resolveReferences(raw) ?? scanner.fail('a bad reference or character');
}

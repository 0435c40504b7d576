/** The element with content that is XML already; an empty content gives the short form. */
export function element(
  qname: string,
  content: string,
  attributes: Readonly<Record<string, string>> = {},
): string {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${escapeXml(value)}"`);
  const open = `<${qname}${written.join('')}`;
  return content === '' ? `${open}/>` : `${open}>${content}</${qname}>`;
}

/** The element with a text; undefined is written as nil, the way the vendor says that there is no value. */
export function textElement(qname: string, text: string | undefined): string {
  return text === undefined ? element(qname, '', { 'i:nil': 'true' }) : element(qname, escapeXml(text));
}

/** The text as XML content or attribute value. */
export function escapeXml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ESCAPES[character] as string);
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

import { failed, ok, type Result } from '../../../ports/failure.ts';

/** An element to be written: its qualified name, and either its children in their order or its value. */
export interface Element {
  readonly name: string;
  readonly content: string | readonly Element[];
}

/** Characters the vendor refuses in any value (fact sheet 1). */
const FORBIDDEN = /['<\\]/;

/** Characters that XML 1.0 itself cannot carry (section 2.2, Char). */
const NO_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

export function element(name: string, content: string | readonly Element[]): Element {
  return { name, content };
}

/**
 * The text of an element. Fails with `rejected` when a value has a character that the vendor refuses; the message
 * names the element, never the value.
 */
export function write({ name, content }: Element): Result<string> {
  if (typeof content === 'string') {
    if (FORBIDDEN.test(content) || NO_XML.test(content)) return failed(refusal(name));
    return ok(content === '' ? `<${name}/>` : `<${name}>${escape(content)}</${name}>`);
  }
  let inner = '';
  for (const child of content) {
    const written = write(child);
    if (!written.ok) return written;
    inner += written.value;
  }
  return ok(`<${name}>${inner}</${name}>`);
}

function escape(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function refusal(name: string) {
  return {
    kind: 'rejected',
    code: 'INPUT_INVALID.Request.InvalidCharacter',
    message: `the value of ${name.replace(/^.*:/, '')} has a character that Verizon refuses (an apostrophe, < or \\) or that XML cannot carry`,
  } as const;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** What XML 1.0 (2.2) allows below U+FFFE; the rest of a text is characters outside this class. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;

/** The text with its references resolved; undefined for an unknown one, a bare ampersand or a forbidden character. */
export function resolveReferences(raw: string): string | undefined {
  let good = true;
  const text = raw.replaceAll(/&([^;&]*;)?/g, (_all, inner: string | undefined) => {
    const character = inner === undefined ? undefined : referenced(inner.slice(0, -1));
    good &&= character !== undefined;
    return character ?? '';
  });
  return good && !FORBIDDEN.test(text) ? text : undefined;
}

function referenced(name: string): string | undefined {
  const [, hex, decimal] = /^#(?:x([0-9a-fA-F]{1,6})|(\d{1,7}))$/.exec(name) ?? [];
  if (hex === undefined && decimal === undefined) return NAMED[name];
  const codePoint = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
  return codePoint <= 0x10_ff_ff ? String.fromCodePoint(codePoint) : undefined;
}

/** Headers whose values say nothing about anybody. Every other value is hidden: a list of secrets is never complete. */
const PLAIN_HEADERS: ReadonlySet<string> = new Set([
  'accept',
  'content-length',
  'content-type',
  'date',
  'host',
  'location',
  'retry-after',
  'server',
  'user-agent',
]);

const HIDDEN = '[hidden]';

/** Longest text of somebody else's that is repeated in a message of ours. */
const MAX_QUOTED_CHARACTERS = 200;

/** A URL that may be logged: without user, password and fragment, with the names but not the values of its query. */
export function redactUrl(address: string | URL): string {
  if (!URL.canParse(String(address))) return HIDDEN;
  const url = new URL(address);
  const names = [...new Set(url.searchParams.keys())].map(encodeURIComponent);
  return `${url.origin}${url.pathname}${names.length === 0 ? '' : `?${names.map((name) => `${name}=…`).join('&')}`}`;
}

/** Headers that may be logged: names in lower case, values only of those known to be harmless. */
export function redactHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const key = name.toLowerCase();
      const text = key === 'location' && typeof value === 'string' ? redactUrl(value) : String(value);
      return [key, PLAIN_HEADERS.has(key) ? text : HIDDEN];
    }),
  );
}

/**
 * A vendor's own words, fit for a message: one line, at most 200 characters, and without anything long enough
 * to be a token, a key or a request id (24 characters of the base64 and hexadecimal alphabets in a row), or stands
 * where credentials stand in a header, and without e-mail addresses.
 */
export function redactText(text: string): string {
  const line = text
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .replace(/\S+@\S+/g, HIDDEN)
    .replace(/\b(Bearer|Basic) \S+/gi, `$1 ${HIDDEN}`)
    .replace(/[A-Za-z0-9+/=._~-]{24,}/g, HIDDEN);
  return line.length > MAX_QUOTED_CHARACTERS ? `${line.slice(0, MAX_QUOTED_CHARACTERS)}…` : line;
}

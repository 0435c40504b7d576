import { randomInt } from 'node:crypto';

/** Rules for the words of metadata: k8s.io/apimachinery, util/validation. Each returns what is wrong, if anything. */

const SUBDOMAIN = '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*';
const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const QUALIFIED = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
const LABEL_VALUE = '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?';
const CONFIG_KEY = '[-._a-zA-Z0-9]+';

const MAX_SUBDOMAIN_CHARACTERS = 253;
const MAX_LABEL_CHARACTERS = 63;

function matches(text: string, pattern: string): boolean {
  return new RegExp(`^(?:${pattern})$`).test(text);
}

/** A DNS subdomain, as names of most objects are. */
export function checkSubdomain(text: string): readonly string[] {
  const wrong = [];
  if (text.length > MAX_SUBDOMAIN_CHARACTERS)
    wrong.push(`must be no more than ${MAX_SUBDOMAIN_CHARACTERS} characters`);
  if (!matches(text, SUBDOMAIN)) {
    wrong.push(
      "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start " +
        `and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '${SUBDOMAIN}')`,
    );
  }
  return wrong;
}

/** A DNS label, as names of namespaces are. */
export function checkDnsLabel(text: string): readonly string[] {
  if (text.includes('.')) return ['must not contain dots'];
  const wrong = [];
  if (text.length > MAX_LABEL_CHARACTERS)
    wrong.push(`must be no more than ${MAX_LABEL_CHARACTERS} characters`);
  if (!matches(text, LABEL)) {
    wrong.push(
      "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end " +
        `with an alphanumeric character (e.g. 'my-name',  or '123-abc', regex used for validation is '${LABEL}')`,
    );
  }
  return wrong;
}

/** A name that only has to fit into a path. */
export function checkPathSegment(text: string): readonly string[] {
  if (text === '.' || text === '..') return [`may not be '${text}'`];
  return ['/', '%']
    .filter((character) => text.includes(character))
    .map((character) => `may not contain '${character}'`);
}

/** A key of labels or annotations, or a finalizer: a name, with a DNS prefix if it has a slash. */
export function checkQualifiedName(text: string): readonly string[] {
  const parts = text.split('/');
  if (parts.length > 2) {
    return [
      `a qualified name must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an ` +
        `alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is ` +
        `'${QUALIFIED}') with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const name = parts.at(-1) ?? '';
  const wrong = [];
  if (parts.length === 2) {
    if (parts[0] === '') wrong.push('prefix part must be non-empty');
    else wrong.push(...checkSubdomain(parts[0] as string).map((why) => `prefix part ${why}`));
  }
  if (name === '') wrong.push('name part must be non-empty');
  else if (name.length > MAX_LABEL_CHARACTERS)
    wrong.push(`name part must be no more than ${MAX_LABEL_CHARACTERS} bytes`);
  if (!matches(name, QUALIFIED)) {
    wrong.push(
      "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric " +
        `character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '${QUALIFIED}')`,
    );
  }
  return wrong;
}

/** The value of a label. */
export function checkLabelValue(text: string): readonly string[] {
  if (text.length > MAX_LABEL_CHARACTERS) return [`must be no more than ${MAX_LABEL_CHARACTERS} bytes`];
  if (matches(text, LABEL_VALUE)) return [];
  return [
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and " +
      "end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is " +
      `'${LABEL_VALUE}')`,
  ];
}

/** A key of a ConfigMap or Secret. */
export function checkConfigKey(text: string): readonly string[] {
  if (text === '.' || text === '..') return [`must not be '${text}'`];
  if (text.length > MAX_SUBDOMAIN_CHARACTERS)
    return [`must be no more than ${MAX_SUBDOMAIN_CHARACTERS} characters`];
  if (matches(text, CONFIG_KEY)) return [];
  return [
    "a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  " +
      `or 'key-name', regex used for validation is '${CONFIG_KEY}')`,
  ];
}

/** Without vowels and look-alikes, so that no words appear: k8s.io/apimachinery, util/rand. */
const NAME_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** Longest prefix that leaves room for five characters in a DNS label. */
const MAX_GENERATED_PREFIX_CHARACTERS = 58;

/** A name from a generateName prefix. */
export function generateName(prefix: string): string {
  const suffix = Array.from({ length: 5 }, () => NAME_ALPHABET[randomInt(NAME_ALPHABET.length)]).join('');
  return prefix.slice(0, MAX_GENERATED_PREFIX_CHARACTERS) + suffix;
}

/** `<rv-5>`, `<uid-1>`, `<continue>`, `<time>`, and the long hashes of discovery and OpenAPI documents. */
const PLACEHOLDER =
  /<rv-\d+>|<uid-\d+>|<continue>|<time>|<time-micro>|<5 random(?: of [a-z0-9]+)?>|<host>:<port>|[0-9A-F]{128}/g;

const SHAPES: Readonly<Record<string, string>> = {
  rv: '\\d+',
  uid: '[0-9a-z-]+',
  continue: '[A-Za-z0-9_-]+',
  time: '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ',
  'time-micro': '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z',
  '5 random': '[a-z0-9]{5}',
  host: '127\\.0\\.0\\.1:\\d+',
  hash: '[0-9A-F]{128}',
};

/** What the placeholders of one transcript stand for in one replay. */
export interface Bindings {
  /** Whether the text has the recorded form; binds what it names for the first time, and remembers it only then. */
  matches(recorded: string, actual: string): boolean;
  /** The recorded text of a request with its placeholders filled in. */
  fill(recorded: string): string;
  /** Forgets what was bound while something was found different. */
  attempt(compare: () => string | undefined): string | undefined;
  /** All continue tokens seen, oldest first. */
  readonly tokens: readonly string[];
}

export function createBindings(): Bindings {
  const known = new Map<string, string>();
  const tokens: string[] = [];

  function agrees(placeholder: string, actual: string): boolean {
    const kind = kindOf(placeholder);
    if (kind !== 'rv' && kind !== 'uid' && kind !== 'hash') return true;
    const bound = known.get(placeholder);
    if (bound !== undefined) return bound === actual;
    if (kind === 'hash') return true;
    // Different placeholders are different values, and versions keep their order.
    return [...known].every(([other, value]) => {
      if (kindOf(other) !== kind) return true;
      if (kind === 'uid') return value !== actual;
      return Math.sign(numberOf(other) - numberOf(placeholder)) === Math.sign(Number(value) - Number(actual));
    });
  }

  return {
    tokens,
    attempt(compare) {
      const before = new Map(known);
      const different = compare();
      if (different === undefined) return undefined;
      known.clear();
      for (const [placeholder, value] of before) known.set(placeholder, value);
      return different;
    },
    matches(recorded, actual) {
      const placeholders = recorded.match(PLACEHOLDER) ?? [];
      const found = new RegExp(`^${pattern(recorded)}$`, 's').exec(actual)?.slice(1);
      if (found === undefined) return false;
      if (!placeholders.every((placeholder, index) => agrees(placeholder, found[index] as string)))
        return false;
      for (const [index, placeholder] of placeholders.entries()) {
        known.set(placeholder, found[index] as string);
        if (placeholder === '<continue>') tokens.push(found[index] as string);
      }
      return true;
    },
    fill: (recorded) =>
      recorded.replace(PLACEHOLDER, (placeholder) => {
        if (placeholder === '<continue>') return tokens.at(-1) ?? placeholder;
        if (placeholder === '<time>') return '2026-01-01T00:00:00Z';
        const bound = known.get(placeholder);
        if (bound !== undefined) return bound;
        if (kindOf(placeholder) === 'uid')
          return `00000000-0000-0000-0000-${placeholder.replace(/\D/g, '').padStart(12, '0')}`;
        return kindOf(placeholder) === 'rv' ? guessVersion(numberOf(placeholder), known) : placeholder;
      }),
  };
}

function kindOf(placeholder: string): string {
  if (/^[0-9A-F]{128}$/.test(placeholder)) return 'hash';
  return /^<(rv|uid|continue|time-micro|time|5 random|host)/.exec(placeholder)?.[1] ?? '';
}

function numberOf(placeholder: string): number {
  return Number(placeholder.replace(/\D/g, ''));
}

function pattern(recorded: string): string {
  let text = '';
  let from = 0;
  for (const match of recorded.matchAll(PLACEHOLDER)) {
    text += `${literally(recorded.slice(from, match.index))}(${SHAPES[kindOf(match[0])]})`;
    from = match.index + match[0].length;
  }
  return text + literally(recorded.slice(from));
}

function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** A version no answer has shown: older than all that were, or newer than all. */
function guessVersion(number: number, known: ReadonlyMap<string, string>): string {
  const versions = [...known].filter(([placeholder]) => kindOf(placeholder) === 'rv');
  const newest = Math.max(0, ...versions.map(([, value]) => Number(value)));
  const isNewest = versions.every(([placeholder]) => numberOf(placeholder) < number);
  return isNewest && versions.length > 0 ? String(newest + 100_000) : String(number);
}

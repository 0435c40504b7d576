/** A pattern that does not compile, with the text of Go's regexp/syntax as far as we can tell the cause. */
export interface PatternFailure {
  readonly error: string;
}

const POSIX: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  ascii: '\\x00-\\x7F',
  blank: '\\t ',
  digit: '0-9',
  lower: 'a-z',
  punct: '!-\\/:-@\\[-`{-~',
  space: '\\t\\n\\v\\f\\r ',
  upper: 'A-Z',
  word: '0-9A-Za-z_',
  xdigit: '0-9A-Fa-f',
};

/** Compiles a pattern of Go's RE2 dialect; what JavaScript has and RE2 has not (lookaround, back references) is refused. */
export function compilePattern(pattern: string): RegExp | PatternFailure {
  const perl = /\(\?(?:=|!|<=|<!)/.exec(pattern)?.[0];
  if (perl !== undefined) return { error: `invalid or unsupported Perl syntax: \`${perl}\`` };
  const reference = /(?:^|[^\\])(?:\\\\)*(\\[1-9])/.exec(pattern)?.[1];
  if (reference !== undefined) return { error: `invalid escape sequence: \`${reference}\`` };

  const inline = /^\(\?([ims]+)\)/.exec(pattern);
  const flags = inline?.[1] ?? '';
  const source = translate(pattern.slice(inline?.[0].length ?? 0));
  // With `u` a dot is a code point, as in Go; but `u` refuses harmless escapes such as `\-`, so it is tried first.
  for (const mode of [`${flags}u`, flags]) {
    try {
      return new RegExp(source, mode);
    } catch {}
  }
  return { error: goReason(pattern) };
}

function translate(pattern: string): string {
  return pattern
    .replaceAll('\\A', '^')
    .replaceAll('\\z', '$')
    .replaceAll('(?P<', '(?<')
    .replace(/\[:(\w+):\]/g, (whole, name: string) => POSIX[name] ?? whole)
    .replace(/\\(p)([A-Z])/g, '\\$1{$2}');
}

/** Names the commonest mistakes as Go does. */
function goReason(pattern: string): string {
  const openClass = unclosedClass(pattern);
  if (openClass !== undefined) return `missing closing ]: \`${openClass}\``;
  const repeat = /^[*+?]/.exec(pattern)?.[0] ?? /\(([*+?])/.exec(pattern)?.[1];
  if (repeat !== undefined) return `missing argument to repetition operator: \`${repeat}\``;
  const bare = pattern.replace(/\\./g, '');
  const depth = bare.split('(').length - bare.split(')').length;
  if (depth < 0) return `unexpected ): \`${pattern}\``;
  return `missing closing ): \`${pattern}\``;
}

/** The rest of the pattern from a `[` that nothing closes. */
function unclosedClass(pattern: string): string | undefined {
  let open = -1;
  for (let i = 0; i < pattern.length; i += 1) {
    if (pattern[i] === '\\') i += 1;
    else if (open < 0 && pattern[i] === '[') open = i;
    else if (open >= 0 && pattern[i] === ']' && i > open + 1) open = -1;
  }
  return open < 0 ? undefined : pattern.slice(open);
}

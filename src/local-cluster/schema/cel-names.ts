const RESERVED: ReadonlySet<string> = new Set(
  'true false null in as break const continue else for function if import let loop package namespace return var void while'.split(
    ' ',
  ),
);

const ESCAPES: readonly (readonly [string, string])[] = [
  ['__', '__underscores__'],
  ['.', '__dot__'],
  ['-', '__dash__'],
  ['/', '__slash__'],
];

/**
 * The name a field goes by in a rule: itself where it is an identifier, escaped where Kubernetes defines how
 * (`my-field` is `my__dash__field`, `in` is `__in__`), undefined where no rule can reach it.
 */
export function celName(field: string): string | undefined {
  if (RESERVED.has(field)) return `__${field}__`;
  const escaped = ESCAPES.reduce((name, [from, to]) => name.replaceAll(from, to), field);
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(escaped) ? escaped : undefined;
}

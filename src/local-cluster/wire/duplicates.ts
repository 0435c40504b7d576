/**
 * Paths of the keys that occur twice in one object of valid JSON text, such as `spec.vendor`, in the order met.
 * JSON.parse keeps the last of them silently; strict field validation has to know.
 */
export function duplicateKeys(text: string): readonly string[] {
  const found: string[] = [];
  const containers: Container[] = [];
  for (const token of text.matchAll(TOKEN)) {
    const container = containers.at(-1);
    switch (token[0]) {
      case '{':
        containers.push({ keys: new Set(), index: 0, key: undefined });
        break;
      case '[':
        containers.push({ keys: undefined, index: 0, key: undefined });
        break;
      case '}':
      case ']':
        containers.pop();
        break;
      case ',':
        if (container !== undefined) container.index += 1;
        break;
      default:
        if (container?.keys === undefined || token[2] === undefined) break;
        container.key = JSON.parse(token[1] as string) as string;
        if (container.keys.has(container.key)) found.push(pathOf(containers));
        container.keys.add(container.key);
    }
  }
  return found;
}

/** Punctuation, or a string with the colon that makes it a key. Numbers and literals fall through. */
const TOKEN = /[{}[\],]|("(?:[^"\\]|\\.)*")(\s*:)?/g;

interface Container {
  /** Keys seen; undefined in a list. */
  readonly keys: Set<string> | undefined;
  index: number;
  key: string | undefined;
}

function pathOf(containers: readonly Container[]): string {
  const steps = containers.map((container) =>
    container.keys === undefined ? `[${container.index}]` : `.${container.key ?? ''}`,
  );
  return steps.join('').replace(/^\./, '');
}

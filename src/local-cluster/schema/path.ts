/** The key of a map entry, where it is written in brackets. */
interface MapKey {
  readonly key: string;
}

/** One step down an object: a field by name, a list item by index, a map entry by key. */
export type Segment = string | number | MapKey;

/** A path as a violation names it: `spec.items[0].settings[key].name`. The root is empty. */
export function dotted(path: readonly Segment[]): string {
  return path.reduce<string>((text, segment) => {
    if (typeof segment === 'string') return child(text, segment);
    return `${text}[${typeof segment === 'number' ? segment : segment.key}]`;
  }, '');
}

/** The path of a field below another path. */
export function child(path: string, name: string): string {
  return path === '' ? name : `${path}.${name}`;
}

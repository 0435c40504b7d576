/** An element as it was read: prefixes are resolved, so that two spellings of one name are the same name. */
export interface XmlElement {
  /** Namespace URI; empty when there is none. */
  readonly namespace: string;
  /** Local name. */
  readonly name: string;
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  /** The text directly inside, with references resolved; white space as sent. */
  readonly text: string;
}

export interface XmlAttribute {
  readonly namespace: string;
  readonly name: string;
  readonly value: string;
}

/** Every element of that local name at or below the root, in document order. */
export function findAll(root: XmlElement, name: string): readonly XmlElement[] {
  const own = root.name === name ? [root] : [];
  return [...own, ...root.children.flatMap((child) => findAll(child, name))];
}

/** The first child of that local name, whatever its namespace. */
export function childNamed(parent: XmlElement, name: string): XmlElement | undefined {
  return parent.children.find((child) => child.name === name);
}

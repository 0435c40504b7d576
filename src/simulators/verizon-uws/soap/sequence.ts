import { CODES, unreadable, VendorFault } from '../vendor-fault.ts';
import type { XmlElement } from '../xml/element.ts';
import { INSTANCE } from './names.ts';

/** Characters no value may contain (1). */
const FORBIDDEN_CHARACTERS = /['<\\]/;

/**
 * The children of an element, taken in the order of the contract. What is missing, misplaced, misspelt or in
 * another namespace ends in `DeserializationFailed` (1). An element that is nil counts as absent.
 */
export interface Sequence {
  /** The next child if it has this name. */
  optional(name: string): XmlElement | undefined;
  required(name: string): XmlElement;
  /** All next children of this name. */
  many(name: string): readonly XmlElement[];
  /** The text of an optional child; undefined also when it is empty, as in the vendor's sample (5). */
  optionalText(name: string): string | undefined;
  /** The text of a required child; it may be empty. */
  text(name: string): string;
}

/**
 * Reads an element's children from first to last; a child that is left over is a fault.
 *
 * @param namespaces those the children may have: one where a document prints it, more where none does.
 */
export function readSequence<T>(
  parent: XmlElement,
  namespaces: readonly string[],
  read: (sequence: Sequence) => T,
): T {
  if (parent.text.trim() !== '') throw unreadable(`Text inside ${parent.name}.`);
  let next = 0;

  function take(name: string): XmlElement | undefined {
    const child = parent.children[next];
    if (child === undefined || child.name !== name || !namespaces.includes(child.namespace)) return undefined;
    next += 1;
    return child;
  }

  function required(name: string): XmlElement {
    const child = take(name);
    if (child === undefined || isNil(child)) throw unreadable(`${name} is expected in ${parent.name}.`);
    return child;
  }

  function optional(name: string): XmlElement | undefined {
    const child = take(name);
    return child === undefined || isNil(child) ? undefined : child;
  }

  const result = read({
    optional,
    required,
    many(name) {
      const found: XmlElement[] = [];
      for (let child = take(name); child !== undefined; child = take(name)) found.push(child);
      return found;
    },
    optionalText(name) {
      const child = optional(name);
      const text = child === undefined ? '' : textOf(child);
      return text === '' ? undefined : text;
    },
    text: (name) => textOf(required(name)),
  });
  const rest = parent.children[next];
  if (rest !== undefined) throw unreadable(`${rest.name} is not expected there in ${parent.name}.`);
  return result;
}

/** The value of an element without children; throws `InvalidCharacter` for a forbidden one. */
function textOf(leaf: XmlElement): string {
  if (leaf.children.length > 0) throw unreadable(`${leaf.name} holds a value, not elements.`);
  if (FORBIDDEN_CHARACTERS.test(leaf.text)) {
    throw new VendorFault(CODES.invalidCharacter, `${leaf.name} contains an invalid character.`);
  }
  return leaf.text;
}

function isNil({ attributes }: XmlElement): boolean {
  return attributes.some(
    ({ namespace, name, value }) => namespace === INSTANCE && name === 'nil' && value.trim() === 'true',
  );
}

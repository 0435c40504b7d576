import { unreadable } from '../vendor-fault.ts';
import type { XmlElement } from '../xml/element.ts';
import { SOAP, V2 } from './names.ts';

/** A request's envelope, opened. */
export interface Envelope {
  /** The session token of the header without padding; undefined when there is none. */
  readonly token: string | undefined;
  /** The only child of the body. */
  readonly operation: XmlElement;
}

/** Opens a SOAP 1.1 envelope: an optional header, then a body with one child. Throws `DeserializationFailed`. */
export function openEnvelope(root: XmlElement): Envelope {
  if (root.namespace !== SOAP || root.name !== 'Envelope')
    throw unreadable('A SOAP 1.1 envelope is expected.');
  const parts = root.children.map((part) => (part.namespace === SOAP ? part.name : ''));
  const expected = parts.length === 2 ? ['Header', 'Body'] : ['Body'];
  if (parts.join() !== expected.join()) throw unreadable('A header and a body are expected.');
  const body = root.children.at(-1) as XmlElement;
  const operation = body.children[0];
  if (operation === undefined || body.children.length > 1) throw unreadable('One operation is expected.');
  return { token: tokenIn(root.children), operation };
}

/** The header's token; the vendor's own sample pads it with a space (3). */
function tokenIn([header]: readonly XmlElement[]): string | undefined {
  const token = header?.children.find(({ namespace, name }) => namespace === V2 && name === 'token');
  const text = token?.text.trim() ?? '';
  return text === '' ? undefined : text;
}

import { element, textElement } from '../xml/write.ts';

/** Pieces that several replies share. */

/** A time on the wire: xs:dateTime in UTC with milliseconds; undefined is nil. */
export function timeElement(qname: string, ms: number | undefined): string {
  return textElement(qname, ms === undefined ? undefined : new Date(ms).toISOString());
}

/** Keys and values; the name of one pair is ASSUMED (fact sheet 6.2 has only Key and Value). */
export function pairs(
  qname: string,
  pairName: string,
  entries: readonly (readonly [string, string | undefined])[],
): string {
  const written = entries.map(([key, value]) =>
    element(pairName, textElement('a:Key', key) + textElement('a:Value', value)),
  );
  return element(qname, written.join(''));
}

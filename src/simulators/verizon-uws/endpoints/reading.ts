import { checkedIdentifier, type Identifier, type Kind } from '../identifiers.ts';
import { COMMON, contractOf } from '../soap/names.ts';
import { readSequence } from '../soap/sequence.ts';
import { CODES, unreadable, VendorFault } from '../vendor-fault.ts';
import type { XmlElement } from '../xml/element.ts';

/** Times from first to last, both included, in milliseconds. */
export interface TimeRange {
  readonly earliestMs: number;
  readonly latestMs: number;
}

/** The devices of a `DeviceList`, each by the identifiers it is named with, at least one (fact sheet 5). */
export function readDeviceList(
  list: XmlElement,
  allowed: readonly Kind[],
): readonly (readonly Identifier[])[] {
  const collections = readSequence(list, [COMMON], (sequence) => sequence.many('DeviceIdentifierCollection'));
  return collections.map((collection) => {
    const named = readSequence(collection, [COMMON], (sequence) => sequence.required('DeviceIdentifiers'));
    const identifiers = readSequence(named, [COMMON], (sequence) => sequence.many('DeviceIdentifier'));
    if (identifiers.length === 0) throw unreadable('DeviceIdentifier is expected in DeviceIdentifiers.');
    return identifiers.map((identifier) => readIdentifier(identifier, allowed));
  });
}

/** A kind and a value, in this order, which is not the alphabet's (1). */
export function readIdentifier(parent: XmlElement, allowed: readonly Kind[]): Identifier {
  return readSequence(parent, [COMMON], (sequence) =>
    checkedIdentifier(sequence.text('Kind'), sequence.text('Identifier'), allowed),
  );
}

/**
 * The content of a filter. No document prints the namespace of what is inside filters, so the service's and the
 * common one are both taken. ASSUMED.
 */
const FILTER_NAMESPACES = [contractOf('DeviceService'), contractOf('CarrierService'), COMMON];

/** `Earliest` and `Latest`, both required (6.1, 9). */
export function readTimeRange(filter: XmlElement): TimeRange {
  const range = readSequence(filter, FILTER_NAMESPACES, (sequence) => ({
    earliestMs: timeIn(sequence.text('Earliest')),
    latestMs: timeIn(sequence.text('Latest')),
  }));
  if (range.earliestMs > range.latestMs) throw invalidValue('Earliest is later than Latest.');
  return range;
}

/** A custom field to select by (6.1). */
export interface CustomFieldFilter {
  readonly name: string;
  readonly value: string;
}

export function readCustomFieldFilter(filter: XmlElement): CustomFieldFilter {
  return readSequence(filter, FILTER_NAMESPACES, (sequence) => ({
    name: sequence.text('Name'),
    value: sequence.text('Value'),
  }));
}

/** A value nothing can be done with; the vendor has no better code for it (10). */
export function invalidValue(message: string): VendorFault {
  return new VendorFault(CODES.unexpectedError, message);
}

/** A count, 0 or more. */
export function countIn(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw invalidValue(`${text} is not a number.`);
  return Number(text);
}

/** An xs:dateTime; without a zone it is taken as UTC. ASSUMED. */
function timeIn(text: string): number {
  const [, zone] = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? ['', ''];
  const timeMs = zone === '' ? Number.NaN : Date.parse(zone === undefined ? `${text}Z` : text);
  if (Number.isNaN(timeMs)) throw invalidValue(`${text} is not a time.`);
  return timeMs;
}

import type { JsonObject } from '../json.ts';
import type { Settings } from './options.ts';
import { objectIn, textIn } from './proto-json.ts';

/** Metadata entries of a device. */
export type Entries = Readonly<Record<string, string>>;

/** The keys of Android devices (2.6). */
const ANDROID_KEYS = new Set(['phonenumber', 'ordernumber']);

/** Reads `deviceMetadata.entries`; an empty value stays, for it deletes. Throws on values that are no strings. */
export function readEntries(deviceMetadata: JsonObject | undefined): Entries {
  const entries = deviceMetadata === undefined ? {} : (objectIn(deviceMetadata, 'entries') ?? {});
  return Object.fromEntries(Object.keys(entries).map((key) => [key, textIn(entries, key) ?? '']));
}

/** Why the entries cannot be stored, or undefined when they can. */
export function metadataProblem(
  entries: Entries,
  unknownKeys: Settings['unknownMetadataKeys'],
): string | undefined {
  const unknown = Object.keys(entries).find((key) => !ANDROID_KEYS.has(key));
  if (unknown === undefined || unknownKeys !== 'reject') return undefined;
  return `Invalid metadata key "${unknown}" for an Android device.`;
}

/** What is stored after a write: given keys are set, an empty value removes its key, others stay (2.6). */
export function mergedEntries(
  stored: Entries,
  given: Entries,
  unknownKeys: Settings['unknownMetadataKeys'],
): Entries {
  const kept = Object.entries({ ...stored, ...given }).filter(
    ([key, value]) => value !== '' && (unknownKeys !== 'drop' || ANDROID_KEYS.has(key)),
  );
  return Object.fromEntries(kept);
}

/** Whether a write would change nothing. */
export function sameEntries(left: Entries, right: Entries): boolean {
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => left[key] === right[key]);
}

import { parseImei, parseMeid } from '../../domain/device/identifier.ts';
import type { ItemKey } from '../../domain/item.ts';

/** What a person looks for: an identifier as it stands on the device, or a key as it stands in the journal. */
export interface Sought {
  readonly text: string;
  /** Whether an item of this key is meant. */
  matches(key: ItemKey): boolean;
  /** Whether this declared identifier is meant, also when it is a wrong one. */
  isWritten(identifier: string): boolean;
}

/**
 * Reads what is looked for: `490154203237518`, `imei:490154203237518`, `serial:ZX1G22`, a MEID in either of its
 * forms, or any other key. Capitals count for nothing, nor do the dashes and spaces of IMEIs and MEIDs.
 */
export function parseSought(text: string): Sought {
  const [, word, rest] = /^([a-z][a-z0-9]*):(.+)$/i.exec(text) ?? [];
  const kind = word?.toLowerCase();
  const name = rest ?? text;
  const names = new Set([name, ...canonicalForms(name)].map((form) => form.toLowerCase()));
  return {
    text,
    matches: (key) => {
      const colon = key.indexOf(':');
      if (kind !== undefined && kind !== key.slice(0, colon)) return false;
      const value = key.slice(colon + 1);
      return names.has(value.toLowerCase()) || names.has(lastPart(value).toLowerCase());
    },
    isWritten: (identifier) => names.has(identifier.trim().toLowerCase()),
  };
}

function canonicalForms(name: string): readonly string[] {
  return [parseImei(name), parseMeid(name)].flatMap((parsed) => (parsed.ok ? [parsed.value] : []));
}

/** A serial number stands behind manufacturer and model. */
function lastPart(value: string): string {
  const last = value.slice(value.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

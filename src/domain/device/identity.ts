import type { ItemFailure, ItemKey } from '../item.ts';
import { parseImei, parseMeid, parseSerial } from './identifier.ts';

/** The identifiers and names of one device, as declared or as the vendor lists them. Never numbers. */
export interface DeviceIdentity {
  readonly imei?: string;
  readonly imei2?: string;
  readonly serialNumber?: string;
  readonly meid?: string;
  /** Equals `android.os.Build.MANUFACTURER`. */
  readonly manufacturer?: string;
  /** Equals `android.os.Build.MODEL`. */
  readonly model?: string;
}

export type ParsedIdentity =
  | { readonly ok: true; readonly key: ItemKey; readonly identity: DeviceIdentity }
  | { readonly ok: false; readonly failure: ItemFailure };

/**
 * Canonical form of a declared device and the key it is known by, or the first thing wrong with it.
 * Names are kept exactly as written (vendors compare them exactly); only identifiers are made canonical.
 */
export function parseIdentity(declared: DeviceIdentity): ParsedIdentity {
  const parsed = {
    imei: declared.imei === undefined ? undefined : parseImei(declared.imei),
    imei2: declared.imei2 === undefined ? undefined : parseImei(declared.imei2),
    meid: declared.meid === undefined ? undefined : parseMeid(declared.meid),
    serialNumber: declared.serialNumber === undefined ? undefined : parseSerial(declared.serialNumber),
  };
  for (const identifier of Object.values(parsed)) {
    if (identifier !== undefined && !identifier.ok) {
      return { ok: false, failure: { ...pick(identifier), kind: 'invalid' } };
    }
  }
  // Filled field by field: spreading would leave a second object behind each of a million devices.
  const identity: { -readonly [Name in keyof DeviceIdentity]: string } = {};
  if (parsed.imei?.ok === true) identity.imei = parsed.imei.value;
  if (parsed.imei2?.ok === true) identity.imei2 = parsed.imei2.value;
  if (parsed.meid?.ok === true) identity.meid = parsed.meid.value;
  if (parsed.serialNumber?.ok === true) identity.serialNumber = parsed.serialNumber.value;
  if (declared.manufacturer !== undefined) identity.manufacturer = declared.manufacturer;
  if (declared.model !== undefined) identity.model = declared.model;
  const [key] = identityKeys(identity);
  if (key === undefined) {
    return {
      ok: false,
      failure: {
        code: 'INVALID_IDENTIFIER_SET',
        message: 'a device needs an imei, a meid or a serialNumber',
        kind: 'invalid',
      },
    };
  }
  return { ok: true, key, identity };
}

/**
 * Every key a device may be known by, the one it is filed under first: IMEI, then the second IMEI, MEID, and
 * the serial number, which is unique only together with manufacturer and model (library objects, serialNumber).
 * Matching of serials ignores case, as the vendor's search does (zero-touch findByIdentifier).
 */
export function identityKeys(identity: DeviceIdentity): readonly ItemKey[] {
  const keys: ItemKey[] = [];
  if (identity.imei !== undefined) keys.push(keyOf('imei', identity.imei));
  if (identity.imei2 !== undefined) keys.push(keyOf('imei', identity.imei2));
  if (identity.meid !== undefined) keys.push(keyOf('meid', identity.meid));
  if (identity.serialNumber !== undefined) {
    const maker = [identity.manufacturer ?? '', identity.model ?? ''].map(encodeURIComponent).join('/');
    keys.push(`serial:${maker}/${encodeURIComponent(identity.serialNumber.toUpperCase())}`);
  }
  return keys;
}

/** Joined and not added: a sum of strings keeps its parts beside the whole for as long as it lives. */
function keyOf(kind: string, name: string): ItemKey {
  return [kind, name].join(':');
}

/** The identifiers of a device without its maker and model, which at some vendors tell no device from another. */
export function identifiersOf({
  manufacturer: _maker,
  model: _model,
  ...named
}: DeviceIdentity): DeviceIdentity {
  return named;
}

/** The identity that a key was made from, a serial number in capitals: what a device is certainly known by. */
export function identityOfKey(key: ItemKey): DeviceIdentity {
  const colon = key.indexOf(':');
  const [kind, name] = [key.slice(0, colon), key.slice(colon + 1)];
  if (kind === 'imei') return { imei: name };
  if (kind === 'meid') return { meid: name };
  const [manufacturer = '', model = '', serialNumber = ''] = name.split('/').map(decodeURIComponent);
  return {
    serialNumber,
    ...(manufacturer === '' ? {} : { manufacturer }),
    ...(model === '' ? {} : { model }),
  };
}

/** How a device is named to people, for example `imei:490154203237518` or `serial:ZX1G22`. */
export function describeIdentity(declared: DeviceIdentity): string {
  if (declared.imei !== undefined) return `imei:${declared.imei}`;
  if (declared.meid !== undefined) return `meid:${declared.meid}`;
  if (declared.serialNumber !== undefined) return `serial:${declared.serialNumber}`;
  return declared.imei2 === undefined ? 'a device without identifier' : `imei:${declared.imei2}`;
}

function pick(refused: { readonly code: string; readonly message: string }): {
  readonly code: string;
  readonly message: string;
} {
  return { code: refused.code, message: refused.message };
}

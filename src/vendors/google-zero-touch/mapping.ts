import type { DesiredDevice, DeviceRow } from '../../domain/device/facts.ts';
import { parseImei, parseMeid } from '../../domain/device/identifier.ts';
import { type DeviceIdentity, identityKeys } from '../../domain/device/identity.ts';
import type { ItemKey } from '../../domain/item.ts';
import {
  type WireClaim,
  type WireDevice,
  type WireIdentifier,
  type WireMetadataUpdate,
  type WireUnclaim,
  ZERO_TOUCH,
} from './wire.ts';

/** The metadata key of an order number (guides/metadata, Android). */
const ORDER_NUMBER = 'ordernumber';

const IDENTIFIERS = ['imei', 'imei2', 'meid', 'serialNumber', 'manufacturer', 'model'] as const;

/** A device as Google writes it. The two have the same fields by the same names. */
export function toWire(identity: DeviceIdentity): WireIdentifier {
  return pick(identity, IDENTIFIERS);
}

/**
 * A device as Google lists it, its identifiers made canonical where they can be, so that they give the same
 * keys as the declared ones. Google's `meid2` is not kept: nothing declares one.
 */
export function fromWire(identifier: WireIdentifier): DeviceIdentity {
  const known: DeviceIdentity = pick(identifier, IDENTIFIERS);
  return {
    ...known,
    ...canonical('imei', known.imei, parseImei),
    ...canonical('imei2', known.imei2, parseImei),
    ...canonical('meid', known.meid, parseMeid),
  };
}

/** A row of the device list. Claims on other sections than zero-touch are not ours to see. */
export function toRow(device: WireDevice): DeviceRow {
  const claim = device.claims?.find(({ sectionType }) => sectionType === ZERO_TOUCH);
  // Google leaves an empty value out: what is not there is none.
  const orderNumber = device.deviceMetadata?.entries?.[ORDER_NUMBER] ?? '';
  return {
    identity: fromWire(device.deviceIdentifier ?? {}),
    observed: {
      ...(claim?.ownerCompanyId === undefined ? {} : { companyId: claim.ownerCompanyId }),
      orderNumber,
    },
  };
}

/** A claim names everything known of the device: what is registered is what its first boot is matched with. */
export function toClaim(identity: DeviceIdentity, desired: DesiredDevice): WireClaim {
  const { configurationId } = desired.vendorParams;
  return {
    deviceIdentifier: toWire(identity),
    sectionType: ZERO_TOUCH,
    customerId: desired.companyId,
    ...(desired.orderNumber === undefined ? {} : { deviceMetadata: orderNumberOf(desired) }),
    ...(configurationId === undefined ? {} : { configurationId }),
  };
}

export function toUnclaim(identity: DeviceIdentity, key: ItemKey): WireUnclaim {
  return { deviceIdentifier: naming(identity, key), sectionType: ZERO_TOUCH };
}

/** An order number that is no longer declared is removed: Google takes an empty value for that. */
export function toMetadataUpdate(
  identity: DeviceIdentity,
  key: ItemKey,
  desired: DesiredDevice,
): WireMetadataUpdate {
  return { deviceIdentifier: naming(identity, key), deviceMetadata: orderNumberOf(desired) };
}

/**
 * What to search a device by: its strongest identifier and nothing that could be spelled differently in
 * Google's record, but for a serial number, which names a device only with its manufacturer and model.
 */
export function searchBy(identity: DeviceIdentity): WireIdentifier {
  if (identity.imei !== undefined) return { imei: identity.imei };
  if (identity.meid !== undefined) return { meid: identity.meid };
  return pick(identity, ['serialNumber', 'manufacturer', 'model']);
}

/** Whether a row is the device asked for: they share a key. */
export function isSameDevice(row: DeviceRow, identity: DeviceIdentity): boolean {
  const wanted = new Set(identityKeys(identity));
  return identityKeys(row.identity).some((key) => wanted.has(key));
}

/**
 * The identifiers that name a device already registered: those of the key it is filed under. Later additions to
 * the declaration may not be in Google's record.
 */
function naming(identity: DeviceIdentity, key: ItemKey): WireIdentifier {
  const sets = [
    ['imei', 'imei2', 'manufacturer'],
    ['meid', 'manufacturer'],
    ['serialNumber', 'manufacturer', 'model'],
  ] as const;
  const named = sets.map((names) => pick(identity, names)).find((set) => identityKeys(set).includes(key));
  return named ?? toWire(identity);
}

function orderNumberOf(desired: DesiredDevice): { readonly entries: Readonly<Record<string, string>> } {
  return { entries: { [ORDER_NUMBER]: desired.orderNumber ?? '' } };
}

/** The named fields that are there; an empty one is as good as absent. */
function pick(from: WireIdentifier, names: readonly (keyof WireIdentifier)[]): WireIdentifier {
  const present = names.flatMap((name) => {
    const value = from[name];
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  return Object.fromEntries(present);
}

function canonical(
  name: keyof DeviceIdentity,
  value: string | undefined,
  parse: (text: string) => { readonly ok: boolean; readonly value?: string },
): DeviceIdentity {
  const parsed = value === undefined ? undefined : parse(value);
  return parsed?.value === undefined ? {} : { [name]: parsed.value };
}

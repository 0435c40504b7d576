import type { DeviceIdentifier } from './identifiers.ts';
import { insertId, removeId } from './sorted-ids.ts';
import type { Claim, DeviceRecord } from './store.ts';

/** Finds devices by hardware and by owner without looking at all of them. */
export interface DeviceIndex {
  add(device: DeviceRecord): void;
  remove(device: DeviceRecord): void;
  /** The one device this hardware is, as registration sees it: serial numbers are case-sensitive. */
  byHardware(id: DeviceIdentifier): number | undefined;
  /** Devices that may fit a lookup, as finding sees it: serial numbers in any case. A superset, ascending. */
  candidates(id: DeviceIdentifier): readonly number[];
  /** Devices a reseller holds for an owner in a section, ascending. */
  held(resellerId: string, ownerCompanyId: string, sectionType: string): readonly number[];
}

export function createDeviceIndex(): DeviceIndex {
  const hardware = new Map<string, number>();
  const lookups = new Map<string, number[]>();
  const holdings = new Map<string, number[]>();

  return {
    add(device) {
      for (const key of hardwareKeys(device.identifier)) hardware.set(key, device.deviceId);
      for (const key of lookupKeys(device.identifier)) insertUnder(lookups, key, device.deviceId);
      for (const claim of device.claims) insertUnder(holdings, holdingKey(claim), device.deviceId);
    },
    remove(device) {
      for (const key of hardwareKeys(device.identifier)) {
        if (hardware.get(key) === device.deviceId) hardware.delete(key);
      }
      for (const key of lookupKeys(device.identifier)) removeUnder(lookups, key, device.deviceId);
      for (const claim of device.claims) removeUnder(holdings, holdingKey(claim), device.deviceId);
    },
    byHardware: (id) =>
      queryKeys(id)
        .map((key) => hardware.get(key))
        .find((found) => found !== undefined),
    candidates(id) {
      const [first] = lookupKeys(id);
      return first === undefined ? [] : (lookups.get(first) ?? []);
    },
    held: (resellerId, ownerCompanyId, sectionType) =>
      holdings.get(holdingKey({ resellerId, ownerCompanyId, sectionType })) ?? [],
  };
}

/** Everything a device is known by. */
function hardwareKeys(id: DeviceIdentifier): string[] {
  return [...cellularKeys(id), ...productKeys(id)];
}

/** What a device is asked for by: its IMEIs and MEIDs; only without them manufacturer, model and serial (4). */
function queryKeys(id: DeviceIdentifier): string[] {
  const cellular = cellularKeys(id);
  return cellular.length > 0 ? cellular : productKeys(id);
}

function productKeys({ manufacturer, model, serialNumber }: DeviceIdentifier): string[] {
  const complete = manufacturer !== undefined && model !== undefined && serialNumber !== undefined;
  return complete ? [`product:${manufacturer}|${model}|${serialNumber}`] : [];
}

function lookupKeys(id: DeviceIdentifier): string[] {
  const serial = id.serialNumber === undefined ? [] : [`serial:${id.serialNumber.toLowerCase()}`];
  return [...cellularKeys(id), ...serial];
}

function cellularKeys(id: DeviceIdentifier): string[] {
  const imeis = [id.imei, id.imei2].filter((imei) => imei !== undefined).map((imei) => `imei:${imei}`);
  const meids = [id.meid, id.meid2].filter((meid) => meid !== undefined);
  return [...imeis, ...meids.map((meid) => `meid:${meid.toUpperCase()}`)];
}

function holdingKey(claim: Claim): string {
  return `${claim.resellerId}|${claim.ownerCompanyId}|${claim.sectionType}`;
}

function insertUnder(index: Map<string, number[]>, key: string, id: number): void {
  const ids = index.get(key);
  if (ids === undefined) index.set(key, [id]);
  else insertId(ids, id);
}

function removeUnder(index: Map<string, number[]>, key: string, id: number): void {
  const ids = index.get(key);
  if (ids === undefined) return;
  removeId(ids, id);
  if (ids.length === 0) index.delete(key);
}

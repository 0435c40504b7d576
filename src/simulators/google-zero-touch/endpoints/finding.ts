import type { JsonObject } from '../../json.ts';
import { IDENTIFIER_SHAPE } from '../batch-verbs.ts';
import type { Call, Endpoint } from '../call.ts';
import { companyRefusal, sectionRefusal } from '../checks.ts';
import { isVisible } from '../holding.ts';
import { type DeviceIdentifier, lookupProblem, readIdentifier } from '../identifiers.ts';
import { MAX_OWNERS_PER_FIND, MAX_PAGE_ITEMS } from '../limits.ts';
import { pageReply } from '../paging.ts';
import { int64, int64In, listIn, objectIn, omitUnset, textIn } from '../proto-json.ts';
import { refusalError } from '../refusal.ts';
import type { DeviceRecord } from '../store.ts';
import { invalidArgument, notFound } from '../vendor-error.ts';

/** The reads of devices. They show only what this reseller registered (2.5). */
export const findingEndpoints: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/v1/partners/{partnerId}/devices:findByIdentifier',
    endpoint: 'devices.findByIdentifier',
    role: 'list',
    shape: { deviceIdentifier: IDENTIFIER_SHAPE, limit: true, pageToken: true },
    handle: findByIdentifier,
  },
  {
    method: 'POST',
    path: '/v1/partners/{partnerId}/devices:findByOwner',
    endpoint: 'devices.findByOwner',
    role: 'list',
    shape: {
      customerId: true,
      googleWorkspaceCustomerId: true,
      sectionType: true,
      limit: true,
      pageToken: true,
    },
    handle: findByOwner,
  },
  {
    method: 'POST',
    path: '/v1/partners/{partnerId}/devices:getSimLockState',
    endpoint: 'devices.getSimLockState',
    role: 'read',
    shape: { deviceIdentifier: IDENTIFIER_SHAPE },
    handle: getSimLockState,
  },
  {
    method: 'GET',
    path: '/v1/partners/{partnerId}/devices/{deviceId}',
    endpoint: 'devices.get',
    role: 'read',
    handle: getDevice,
  },
];

function findByIdentifier(call: Call): JsonObject {
  const wanted = wantedIdentifier(call);
  const found = call.reads.index
    .candidates(wanted)
    .map((id) => call.reads.device(id) as DeviceRecord)
    .filter((device) => isVisible(device, call.partnerId) && fits(device.identifier, wanted));
  return pageReply(call, {
    field: 'devices',
    scope: `identifier/${call.partnerId}/${JSON.stringify(wanted)}`,
    lists: [found.map(({ deviceId }) => deviceId)],
    ...pageOf(call),
  });
}

function findByOwner(call: Call): JsonObject {
  const owners = [...new Set(listIn(call.body, 'customerId').map((id) => int64(id, 'customer_id')))];
  const sectionType = textIn(call.body, 'sectionType');
  checkOwners(call, owners, sectionType);
  return pageReply(call, {
    field: 'devices',
    scope: `owner/${call.partnerId}/${sectionType}/${owners.join(',')}`,
    lists: owners.map((owner) => call.reads.index.held(call.partnerId, owner, sectionType as string)),
    ...pageOf(call),
  });
}

function checkOwners(call: Call, owners: readonly string[], sectionType: string | undefined): void {
  if (owners.length === 0) throw invalidArgument('At least one customer id is required.');
  if (owners.length > MAX_OWNERS_PER_FIND) throw invalidArgument('Too many customer ids.');
  const refusals = [
    sectionRefusal(sectionType),
    ...owners.map((owner) => companyRefusal(call.reads, call.partnerId, owner)),
  ];
  const refusal = refusals.find((one) => one !== undefined);
  if (refusal !== undefined) throw refusalError(refusal, call.sim.settings);
}

/** The fact sheet does not describe the answer; the enum stands in the vendor's published reference. */
function getSimLockState(call: Call): JsonObject {
  const id = call.reads.index.byHardware(wantedIdentifier(call));
  const device = id === undefined ? undefined : call.reads.device(id);
  const lock = device?.claims.find(({ sectionType }) => sectionType === 'SECTION_TYPE_SIM_LOCK');
  if (lock === undefined) return { simLockState: 'UNLOCKED' };
  return {
    simLockState: lock.resellerId === call.partnerId ? 'LOCKED_TO_PARTNER' : 'LOCKED_TO_OTHER_PARTNER',
  };
}

function getDevice(call: Call): JsonObject {
  const device = call.reads.device(Number(int64(call.params['deviceId'], 'device_id')));
  if (device === undefined || !isVisible(device, call.partnerId)) throw notFound('The device is not found.');
  return shownDevice(device, call.partnerId);
}

function wantedIdentifier({ body }: Call): DeviceIdentifier {
  const wanted = readIdentifier(objectIn(body, 'deviceIdentifier') ?? {});
  const problem = lookupProblem(wanted);
  if (problem !== undefined) throw invalidArgument(problem);
  return wanted;
}

/** The limit is required, 1 to 100 (2.5). */
function pageOf(call: Call) {
  const limit = Number(int64In(call.body, 'limit') ?? 0);
  if (limit < 1 || limit > MAX_PAGE_ITEMS) {
    throw invalidArgument(`Invalid limit: it must be from 1 to ${MAX_PAGE_ITEMS}.`);
  }
  return {
    limit,
    pageToken: textIn(call.body, 'pageToken'),
    show: (id: number) => shownDevice(call.reads.device(id) as DeviceRecord, call.partnerId),
  };
}

/** Every given field must fit; an IMEI or MEID may be either of the device's two, a serial number in any case. */
function fits(has: DeviceIdentifier, wanted: DeviceIdentifier): boolean {
  const imeis = [undefined, has.imei, has.imei2];
  const meids = [undefined, upper(has.meid), upper(has.meid2)];
  return (
    imeis.includes(wanted.imei) &&
    imeis.includes(wanted.imei2) &&
    meids.includes(upper(wanted.meid)) &&
    meids.includes(upper(wanted.meid2)) &&
    [undefined, upper(has.serialNumber)].includes(upper(wanted.serialNumber)) &&
    [undefined, has.manufacturer].includes(wanted.manufacturer) &&
    [undefined, has.model].includes(wanted.model)
  );
}

function upper(text: string | undefined): string | undefined {
  return text?.toUpperCase();
}

/** The device as the vendor's Device: only our claims, and never a configuration (8.1). */
function shownDevice(device: DeviceRecord, partnerId: string): JsonObject {
  const hasMetadata = Object.keys(device.metadata).length > 0;
  return omitUnset({
    name: `partners/${partnerId}/devices/${device.deviceId}`,
    deviceId: String(device.deviceId),
    deviceIdentifier: device.identifier,
    deviceMetadata: hasMetadata ? { entries: device.metadata } : undefined,
    claims: device.claims.filter(({ resellerId }) => resellerId === partnerId),
  });
}

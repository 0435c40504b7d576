import { faultOf } from '../../fault-box.ts';
import { accountsInScope, requireDevice } from '../access.ts';
import type { Call, Endpoint } from '../call.ts';
import type { Device } from '../device.ts';
import { NAMING_KINDS } from '../identifiers.ts';
import { MAX_LISTED_DEVICES } from '../limits.ts';
import { readSequence } from '../soap/sequence.ts';
import { stateNamed } from '../states.ts';
import { CODES, VendorFault } from '../vendor-fault.ts';
import { deviceInformation } from '../wire/device-information.ts';
import { element, textElement } from '../xml/write.ts';
import {
  type CustomFieldFilter,
  countIn,
  readCustomFieldFilter,
  readIdentifier,
  readTimeRange,
  type TimeRange,
} from './reading.ts';
import { stallOrPass } from './stalling.ts';

/** Lines one by one and by the thousand (fact sheet 6). */
export const deviceEndpoints: readonly Endpoint[] = [
  { service: 'DeviceService', operation: 'GetDeviceList', role: 'list', handle: getDeviceList },
  { service: 'DeviceService', operation: 'GetDeviceInformation', role: 'read', handle: getDeviceInformation },
];

function getDeviceInformation(call: Call): string {
  const identifier = readSequence(call.input, [call.contract], (sequence) =>
    readIdentifier(sequence.required('Device'), NAMING_KINDS),
  );
  const device = requireDevice(call, [identifier]);
  return element('a:Device', deviceInformation(device, call.sim.settings));
}

/** What a list is asked for. */
interface Listing {
  readonly accountName: string | undefined;
  readonly created: TimeRange | undefined;
  readonly customField: CustomFieldFilter | undefined;
  readonly groupName: string | undefined;
  readonly servicePlan: string | undefined;
  readonly state: string | undefined;
  /** Undefined: by time of creation. */
  readonly after: number | undefined;
  readonly limit: number;
}

function getDeviceList(call: Call): string {
  const listing = readListing(call);
  stallOrPass(call, false);
  const accounts = accountsInScope(call, listing.accountName);
  const found = call.reads
    .devices()
    .filter((device) => accounts.includes(device.accountName) && isWanted(device, listing));
  const { page, isComplete } = cut([...found], listing, call);
  const items = page.map((device) =>
    element('a:DeviceInformation', deviceInformation(device, call.sim.settings)),
  );
  const { deviceListWrapper: wrapper } = call.sim.settings;
  const list = wrapper === 'none' ? items.join('') : element(`a:${wrapper}`, items.join(''));
  return list + textElement('a:IsComplete', String(isComplete));
}

/** The elements in alphabetical order (1); the names of the last but one three are ASSUMED (6.1). */
function readListing({ input, contract }: Call): Listing {
  return readSequence(input, [contract], (sequence) => {
    const accountName = sequence.optionalText('AccountName');
    const created = sequence.optional('CreatedAtFilter');
    const customField = sequence.optional('DeviceCustomFieldFilter');
    const groupName = sequence.optionalText('DeviceGroupName');
    const servicePlan = sequence.optionalText('DeviceServicePlanFilter');
    const state = sequence.optionalText('DeviceStateFilter');
    const after = sequence.optionalText('LargestDeviceIdSeen');
    const limit = sequence.optionalText('MaxNumberOfDevices');
    return {
      accountName,
      created: created === undefined ? undefined : readTimeRange(created),
      customField: customField === undefined ? undefined : readCustomFieldFilter(customField),
      groupName,
      servicePlan,
      state: state === undefined ? undefined : knownState(state),
      after: after === undefined ? undefined : countIn(after),
      limit: limit === undefined ? MAX_LISTED_DEVICES : Math.min(countIn(limit), MAX_LISTED_DEVICES),
    };
  });
}

function knownState(name: string): string {
  const state = stateNamed(name);
  if (state === undefined) throw new VendorFault(CODES.stateInvalid, `The device state ${name} is invalid.`);
  return state;
}

function isWanted(device: Device, { created, customField, ...listing }: Listing): boolean {
  const { groupName = device.groupName, servicePlan = device.servicePlan, state = device.state } = listing;
  if (device.groupName !== groupName || device.servicePlan !== servicePlan || device.state !== state)
    return false;
  if (customField !== undefined && device.customFields[customField.name] !== customField.value) return false;
  if (created === undefined) return true;
  return created.earliestMs <= device.createdAtMs && device.createdAtMs <= created.latestMs;
}

/** One page in the listing's order, as faults leave it. */
function cut(
  found: readonly Device[],
  { after, limit }: Listing,
  { faults }: Call,
): { readonly page: readonly Device[]; readonly isComplete: boolean } {
  const ordered =
    after === undefined ? found.toSorted((left, right) => left.createdAtMs - right.createdAtMs) : found;
  const next = after === undefined ? 0 : ordered.findIndex(({ deviceId }) => deviceId > after);
  if (next < 0) return { page: [], isComplete: true };
  const start = Math.max(0, next - (faultOf(faults, 'overlappingPages')?.items ?? 0));
  const page = ordered.slice(start, start + limit);
  const kept = Math.max(0, page.length - (faultOf(faults, 'shortRead')?.items ?? 0));
  return { page: page.slice(0, kept), isComplete: start + limit >= ordered.length };
}

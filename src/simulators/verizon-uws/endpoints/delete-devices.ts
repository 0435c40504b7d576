import { faultOf } from '../../fault-box.ts';
import { accountsInScope, deviceNamed, deviceNotFound } from '../access.ts';
import type { Call, Endpoint } from '../call.ts';
import { deleteDevice } from '../deletions.ts';
import type { Device } from '../device.ts';
import { DELETABLE_KINDS, type Identifier } from '../identifiers.ts';
import { MAX_DELETED_DEVICES } from '../limits.ts';
import type { Settings } from '../options.ts';
import { readSequence } from '../soap/sequence.ts';
import { CODES, VendorFault } from '../vendor-fault.ts';
import { type DeleteResult, deleteResults } from '../wire/delete-results.ts';
import { readDeviceList } from './reading.ts';

/** Printed (fact sheet 5). */
const NO_ACCESS = 'The user does not have access to delete the device.';

/** Not documented (5). ASSUMED. */
const UNKNOWN = 'The device was not found.';

/** Deletes up to 100 lines with all their history, each for itself (5). There is no way back. */
export const deleteEndpoints: readonly Endpoint[] = [
  { service: 'DeviceService', operation: 'DeleteDevices', role: 'writeBatch', handle: deleteDevices },
];

function deleteDevices(call: Call): string {
  const { accountName, devices } = readSequence(call.input, [call.contract], (sequence) => ({
    accountName: sequence.optionalText('AccountName'),
    devices: readDeviceList(sequence.required('DeviceList'), DELETABLE_KINDS),
  }));
  const accounts = accountName === undefined ? undefined : accountsInScope(call, accountName);
  refuseWhole(call, devices);
  const results = devices.map((identifiers) => deleteOne(call, identifiers, accounts));
  const missing = faultOf(call.faults, 'missingResults')?.items ?? 0;
  return deleteResults(results.slice(0, Math.max(0, results.length - missing)), call.sim.settings);
}

/** What refuses the whole call before anything is deleted: nothing documents it, knobs and ASSUMED (5). */
function refuseWhole({ sim }: Call, devices: readonly (readonly Identifier[])[]): void {
  if (devices.length === 0 || devices.length > MAX_DELETED_DEVICES) {
    throw new VendorFault(CODES.numberOfDevices, `1 to ${MAX_DELETED_DEVICES} devices are expected.`);
  }
  if (sim.settings.unknownDevice === 'itemFailed') return;
  const unknown = devices.find((identifiers) => deviceNamed(sim.store, identifiers) === undefined);
  if (unknown !== undefined) throw deviceNotFound(unknown);
}

function deleteOne(
  call: Call,
  identifiers: readonly Identifier[],
  accounts: readonly string[] | undefined,
): DeleteResult {
  const identifier = identifiers[0] as Identifier;
  const device = deviceNamed(call.sim.store, identifiers);
  const message = orderedFailure(call) ?? (device === undefined ? UNKNOWN : refusal(call, device, accounts));
  if (device !== undefined && message === undefined) erase(call, device);
  return { identifier, message };
}

/** The failure a fault has ordered for this device, or undefined. */
function orderedFailure({ sim, faults }: Call): string | undefined {
  const partial = faultOf(faults, 'partialFailure');
  if (partial === undefined || sim.random.fraction() >= partial.ratio) return undefined;
  return partial.perDeviceStatus ?? notDeactivated(sim.settings);
}

/** Why the line is not deleted, or undefined. */
function refusal(
  { sim, user }: Call,
  device: Device,
  accounts: readonly string[] | undefined,
): string | undefined {
  if (!user.accounts.includes(device.accountName) || !device.isDeletable) return NO_ACCESS;
  // A line of another account of the same login is not in the account that was named. ASSUMED.
  if (accounts?.includes(device.accountName) === false) return UNKNOWN;
  return device.state === 'deactive' ? undefined : notDeactivated(sim.settings);
}

function notDeactivated({ notDeactivatedWording }: Settings): string {
  return `The device is not in ${notDeactivatedWording} state.`;
}

function erase({ sim, user, entry, nowMs }: Call, device: Device): void {
  const deletion = deleteDevice(sim, device, { atMs: nowMs, by: user.username, ledgerSeq: entry.seq });
  sim.deletions.push(deletion);
  sim.ledger.addEffect(entry.seq, { change: 'deleted', ...deletion });
}

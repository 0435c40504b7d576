import type { JsonObject } from '../../json.ts';
import { CLAIM_SHAPE, METADATA_SHAPE, readClaim, readName, UNCLAIM_SHAPE } from '../batch-verbs.ts';
import type { Call, Endpoint } from '../call.ts';
import { claim, type Outcome, unclaim, updateMetadata } from '../holding.ts';
import { readEntries } from '../metadata.ts';
import { int64, objectIn, textIn } from '../proto-json.ts';
import { refusalError } from '../refusal.ts';
import type { DeviceRecord } from '../store.ts';
import { invalidArgument } from '../vendor-error.ts';

/** The synchronous writes: one device each. */
export const claimEndpoints: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/v1/partners/{partnerId}/devices:claim',
    endpoint: 'devices.claim',
    role: 'write',
    shape: CLAIM_SHAPE,
    handle: claimDevice,
  },
  {
    method: 'POST',
    path: '/v1/partners/{partnerId}/devices:unclaim',
    endpoint: 'devices.unclaim',
    role: 'write',
    shape: UNCLAIM_SHAPE,
    handle: unclaimDevice,
  },
  {
    method: 'POST',
    path: '/v1/partners/{partnerId}/devices/{deviceId}/metadata',
    endpoint: 'devices.metadata',
    role: 'write',
    shape: { deviceMetadata: METADATA_SHAPE },
    handle: writeMetadata,
  },
];

function claimDevice(call: Call): JsonObject {
  const { deviceId } = done(call, claim(call.sim, call.partnerId, readClaim(call.body)));
  return { deviceId: String(deviceId), deviceName: `partners/${call.partnerId}/devices/${deviceId}` };
}

function unclaimDevice(call: Call): JsonObject {
  done(call, unclaim(call.sim, call.partnerId, readName(call.body), textIn(call.body, 'sectionType')));
  return {};
}

function writeMetadata(call: Call): JsonObject {
  const metadata = objectIn(call.body, 'deviceMetadata');
  if (metadata === undefined) throw invalidArgument('Missing device metadata.');
  const name = { deviceId: int64(call.params['deviceId'], 'device_id') };
  const device = done(call, updateMetadata(call.sim, call.partnerId, name, readEntries(metadata)));
  return Object.keys(device.metadata).length === 0 ? {} : { entries: device.metadata };
}

/** The device of a good outcome, its effect noted; a refusal becomes the vendor's error. */
function done({ sim, entry }: Call, outcome: Outcome): DeviceRecord {
  if (!outcome.ok) throw refusalError(outcome.refusal, sim.settings);
  if (outcome.effect !== undefined) sim.ledger.addEffect(entry.seq, outcome.effect);
  return outcome.device;
}

import { faultOf } from '../../fault-box.ts';
import { type HttpReply, jsonReply } from '../../http.ts';
import type { JsonObject } from '../../json.ts';
import { DEVICE_STATE } from '../assumed-wire.ts';
import { BASE_PATH, type Call, type Endpoint } from '../call.ts';
import { checkReseller } from '../checks.ts';
import { stateAt } from '../holding.ts';
import { cutPage } from '../paging.ts';
import type { DeviceRecord } from '../records.ts';
import { isComplete, type Transaction } from '../transaction.ts';
import { devicePage, shownDevice, shownTransaction, statusPage } from '../wire.ts';

/** The reads of transactions and devices. They show only what this reseller did and has. */
export const listEndpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: `${BASE_PATH}/devices/status`,
    endpoint: 'devices.status',
    role: (query) => (query.has('transactionId') ? 'readOperation' : 'list'),
    scope: 'kdp.devices:view',
    handle: listTransactions,
  },
  {
    method: 'GET',
    path: `${BASE_PATH}/devices`,
    endpoint: 'devices.list',
    role: () => 'list',
    scope: 'kdp.devices:view',
    handle: listDevices,
  },
];

/** Newest first (3.8). A transaction that is not listed yet, or never was, is an empty page. */
function listTransactions(call: Call): HttpReply {
  checkReseller(call, call.query.get('resellerId'));
  const { sim, query, faults, reads } = call;
  makeVanish(call);
  const unknown = faultOf(faults, 'unknownState');
  const found = reads.store
    .transactions()
    .filter((one) => isAskedFor(one, call))
    .reverse();
  const page = cutPage(found, query, sim.settings.maxPageItems, faults);
  return jsonReply(
    200,
    statusPage(page, (one): JsonObject => {
      const complete = isComplete(one, reads.nowMs, sim.settings.processingMs);
      const shown = shownTransaction(one, complete, sim.writeCode);
      return unknown === undefined ? shown : { ...shown, state: unknown.state };
    }),
  );
}

function isAskedFor(one: Transaction, { query, resellerId, reads }: Call): boolean {
  const isAsked = (name: 'transactionId' | 'customerId' | 'vendorId') =>
    !query.has(name) || query.get(name) === one[name];
  const isVisible = one.resellerId === resellerId && !one.vanished && one.listedFromMs <= reads.nowMs;
  return isVisible && isAsked('transactionId') && isAsked('customerId') && isAsked('vendorId');
}

/** The transaction asked for is gone from the status from now on. */
function makeVanish({ sim, query, resellerId, faults }: Call): void {
  if (faultOf(faults, 'operationDisappears') === undefined) return;
  const transaction = sim.store.transaction(resellerId, query.get('transactionId') ?? '');
  if (transaction !== undefined) transaction.vanished = true;
}

/** Oldest first; `customerId` filters, and there is no filter by identifier (9.13). */
function listDevices(call: Call): HttpReply {
  checkReseller(call, call.query.get('resellerId'));
  const { sim, query, faults, reads, resellerId } = call;
  const unknown = faultOf(faults, 'unknownState');
  const found = reads.store.listed(resellerId, query.get('customerId') ?? undefined, reads.nowMs);
  const page = cutPage(found, query, sim.settings.maxPageItems, faults);
  const show = (device: DeviceRecord) => {
    const { store, nowMs } = reads;
    const customerName = store.customer(device.customerId)?.customerName ?? '';
    const state = unknown?.state ?? DEVICE_STATE[stateAt(device, nowMs)];
    return shownDevice(device, store.hardware(device.hardwareId), state, customerName);
  };
  return jsonReply(200, devicePage(page, show, sim.writeCode));
}

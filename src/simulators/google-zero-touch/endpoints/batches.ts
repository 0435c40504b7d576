import { faultOf } from '../../fault-box.ts';
import { isObject, type JsonObject } from '../../json.ts';
import { type BatchVerb, VERBS, type Verb } from '../batch-verbs.ts';
import type { Call, Endpoint } from '../call.ts';
import { companyRefusal } from '../checks.ts';
import { int64In, listIn, refuseUnknownNames } from '../proto-json.ts';
import { refusalError } from '../refusal.ts';
import { invalidArgument, notFound, permissionDenied, VendorError } from '../vendor-error.ts';

/** The batches: accepted at once, worked on later, read as operations. */
export const batchEndpoints: readonly Endpoint[] = [
  ...(Object.keys(VERBS) as Verb[]).map(batchEndpoint),
  {
    method: 'GET',
    path: '/v1/{name=operations/**}',
    endpoint: 'operations.get',
    role: 'readOperation',
    handle: getOperation,
  },
];

function batchEndpoint(verb: Verb): Endpoint {
  return {
    method: 'POST',
    path: `/v1/partners/{partnerId}/devices:${verb}Async`,
    endpoint: `devices.${verb}Async`,
    role: 'startOperation',
    shape: { [VERBS[verb].listField]: true },
    handle: (call) => startBatch(call, verb),
  };
}

/** The first reply holds the name only (2.4, seen in the field). */
function startBatch(call: Call, verb: Verb): JsonObject {
  const { sim, partnerId } = call;
  const items = parsedItems(call, VERBS[verb]);
  if (sim.settings.unknownCustomerInBatch === 'request') checkCustomers(call, items);
  const { name } = sim.operations.start({
    name: sim.ids.operation(),
    partnerId,
    verb,
    items,
    condemned: condemnedItems(call, items.length),
    submittedAtMs: call.nowMs,
    ledgerSeq: call.entry.seq,
    stuck: faultOf(call.faults, 'operationStuck') !== undefined,
  });
  return { name };
}

/** The items that can be parsed; the others are left out, and `devicesCount` tells (2.4). */
function parsedItems({ body, sim }: Call, verb: BatchVerb): readonly JsonObject[] {
  const sent = listIn(body, verb.listField);
  if (sent.length === 0) throw invalidArgument(`The list of ${verb.listField} is empty.`);
  if (sent.length > sim.settings.maxBatchItems) {
    throw invalidArgument(`The request holds more than ${sim.settings.maxBatchItems} devices.`);
  }
  sent.forEach((item, index) => refuseUnknownNames(item, verb.shape, `${verb.listField}[${index}]`));
  return sent.filter(isObject).filter((item) => isParsable(item, verb));
}

function isParsable(item: JsonObject, verb: BatchVerb): boolean {
  try {
    verb.parse(item);
    return true;
  } catch (error) {
    if (error instanceof VendorError) return false;
    throw error;
  }
}

function checkCustomers({ sim, partnerId }: Call, items: readonly JsonObject[]): void {
  for (const item of items) {
    const customerId = int64In(item, 'customerId');
    const refusal = customerId === undefined ? undefined : companyRefusal(sim.store, partnerId, customerId);
    if (refusal !== undefined) throw refusalError(refusal, sim.settings);
  }
}

/** The items a fault of partial failure lets fail, thrown once as the batch arrives. */
function condemnedItems({ faults, sim }: Call, count: number): Record<number, string> {
  const fault = faultOf(faults, 'partialFailure');
  if (fault === undefined) return {};
  const indexes = Array.from({ length: count }, (_, index) => index);
  const status = fault.perDeviceStatus ?? 'UNKNOWN_ERROR';
  return Object.fromEntries(
    indexes.filter(() => sim.random.fraction() < fault.ratio).map((index) => [index, status]),
  );
}

function getOperation({ sim, params, partnerId, faults, nowMs }: Call): JsonObject {
  const operation = sim.operations.find(params['name'] ?? '');
  if (operation !== undefined && faultOf(faults, 'operationDisappears') !== undefined)
    operation.vanished = true;
  if (operation === undefined || operation.vanished) throw notFound('The operation is not found.');
  if (operation.partnerId !== partnerId) throw permissionDenied('The operation belongs to another reseller.');
  return sim.operations.read(operation, nowMs);
}

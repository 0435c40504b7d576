import { faultOf } from '../../fault-box.ts';
import { type HttpReply, jsonReply } from '../../http.ts';
import type { JsonObject } from '../../json.ts';
import { acknowledgement, rejection, TRANSACTION_ID } from '../assumed-wire.ts';
import { BASE_PATH, type Call, type Endpoint } from '../call.ts';
import { checkReseller } from '../checks.ts';
import { type CodeName, codeNameOf } from '../codes.ts';
import type { Verb } from '../transaction.ts';
import { invalidParam, VendorError } from '../vendor-error.ts';
import { readWrite } from '../write-request.ts';

/** Acknowledged at once, worked on later, read as transactions. */
export const writeEndpoints: readonly Endpoint[] = (['upload', 'delete'] as const).map((verb) => ({
  method: 'PUT',
  path: `${BASE_PATH}/devices/${verb}`,
  endpoint: `devices.${verb}`,
  role: () => 'startOperation',
  scope: 'kdp.devices:manage',
  handle: (call) => submit(call, verb),
}));

/** A refusal has the shape of an acknowledgement too, with the state that says so (3.5). */
function submit(call: Call, verb: Verb): HttpReply {
  const { sim, body } = call;
  try {
    if (body === undefined) throw invalidParam();
    checkReseller(call, body['resellerId']);
    const transactionId = usedTransactionId(call, body);
    start(call, verb, body, transactionId);
    return jsonReply(200, acknowledgement(transactionId, sim.writeCode));
  } catch (error) {
    if (!(error instanceof VendorError)) throw error;
    const refused = rejection(body?.['transactionId'], error.codeName, sim.settings, sim.writeCode);
    return jsonReply(error.status, refused);
  }
}

/** The caller's id for the transaction, used up by this request: no other one can have it (3.7). */
function usedTransactionId({ sim, resellerId }: Call, body: JsonObject): string {
  const transactionId = body['transactionId'];
  if (typeof transactionId !== 'string' || !TRANSACTION_ID.test(transactionId)) {
    throw new VendorError(400, 'TRANSACTION_ID_INVALID');
  }
  if (sim.store.useTransactionId(resellerId, transactionId)) return transactionId;
  throw new VendorError(400, 'TRANSACTION_ID_DUPLICATE');
}

function start(call: Call, verb: Verb, body: JsonObject, transactionId: string): void {
  const { sim, resellerId, entry, faults } = call;
  const wanted = understood(call, verb, body, transactionId);
  // The association begins with the first upload (3.4).
  if (verb === 'upload') sim.store.associate({ resellerId, customerId: wanted.customerId });
  const submittedAtMs = sim.clock.now();
  sim.processing.submit({
    ...wanted,
    transactionId,
    resellerId,
    verb,
    uploadId: sim.ids.upload(),
    condemned: condemnedDevices(call, wanted.identifiers.length),
    submittedAtMs,
    listedFromMs: submittedAtMs + sim.settings.statusLagMs,
    ledgerSeq: entry.seq,
    processed: 0,
    failures: [],
    stuck: faultOf(faults, 'operationStuck') !== undefined,
    vanished: false,
  });
}

function understood(call: Call, verb: Verb, body: JsonObject, transactionId: string) {
  const { sim, resellerId } = call;
  try {
    return readWrite(call, verb, body);
  } catch (error) {
    if (!sim.settings.rejectionUsesTransactionId) sim.store.freeTransactionId(resellerId, transactionId);
    throw error;
  }
}

/** The devices a fault of partial failure lets fail, thrown once as the request arrives. */
function condemnedDevices({ faults, sim }: Call, count: number): Record<number, CodeName> {
  const fault = faultOf(faults, 'partialFailure');
  if (fault === undefined) return {};
  const code = codeNameOf(fault.perDeviceStatus ?? '') ?? 'INTERNAL_SERVER_ERROR';
  const indexes = Array.from({ length: count }, (_, index) => index);
  return Object.fromEntries(
    indexes.filter(() => sim.random.fraction() < fault.ratio).map((index) => [index, code]),
  );
}

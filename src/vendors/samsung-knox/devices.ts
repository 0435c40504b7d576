import type { DesiredDevice, DeviceRow } from '../../domain/device/facts.ts';
import type { DeviceIdentity } from '../../domain/device/identity.ts';
import { type Failure, failed, ok, type Result } from '../../ports/failure.ts';
import type { OperationPoller } from '../../ports/operation-poller.ts';
import type { SetReader } from '../../ports/set-reader.ts';
import type { KindPorts } from '../../ports/vendor.ts';
import type { Submission, VerbTraits, WriteRequest, Writer } from '../../ports/writer.ts';
import { acknowledged, PAGE_ITEMS, STATUS_VISIBLE_MS, transactionState } from './assumed.ts';
import type { SamsungClient } from './client.ts';
import { invalidReply, rejection } from './failure.ts';
import { checkIdentity } from './identity-check.ts';
import { VISIBILITY_MS } from './limits.ts';
import { nameOf, partitionOf, toRow, uploadFields } from './mapping.ts';
import { toProgress } from './outcomes.ts';
import { placeOf, toPage } from './page.ts';
import type { Acknowledgement, WireType } from './wire.ts';

type DeviceRequest = WriteRequest<DeviceIdentity, DesiredDevice>;

/**
 * Samsung's devices as the engine sees them. One device alone cannot be read. `itemsPerRequest` bounds every batch;
 * `noteState` is told of transaction states that nobody knows, each time.
 */
export function devicePorts(
  client: SamsungClient,
  itemsPerRequest: number,
  noteState: (state: string) => void,
): KindPorts<DeviceIdentity, DesiredDevice, DeviceRow> {
  return {
    check: checkIdentity,
    sets: devicesOfCustomer(client),
    writer: deviceWriter(client, itemsPerRequest),
    poller: transactionPoller(client, noteState),
  };
}

function devicesOfCustomer(client: SamsungClient): SetReader<DeviceRow> {
  return {
    pageSize: PAGE_ITEMS,
    async readPage(customerId, cursor, signal) {
      const place = placeOf(cursor);
      const reply = await client.devices(customerId, place.pageNum, signal);
      return toPage(reply, place, ({ devices }) => (devices ?? []).map(toRow));
    },
  };
}

function deviceWriter(client: SamsungClient, itemsPerRequest: number): Writer<DeviceIdentity, DesiredDevice> {
  const traits = {
    repeat: 'afterProof',
    maxItemsPerCall: itemsPerRequest,
    visibilityMs: VISIBILITY_MS,
  } as const;
  const verbs = {
    claim: { ...traits, effect: 'additive', awaitsCustomer: true },
    unclaim: { ...traits, effect: 'destructive' },
  } as const satisfies Record<string, VerbTraits>;
  return {
    verbs,
    partition: (verb, { key, desired }) =>
      partitionOf(verb === 'unclaim' ? 'unclaim' : 'claim', key, desired),
    async send(request, signal) {
      const sent = await submit(client, request, signal);
      return sent.ok ? submission(sent.value, request.requestKey) : sent;
    },
  };
}

async function submit(
  client: SamsungClient,
  { verb, requestKey, items }: DeviceRequest,
  signal: AbortSignal,
): Promise<Result<Acknowledgement>> {
  const [first] = items;
  if (first === undefined || (verb !== 'claim' && verb !== 'unclaim')) {
    return failed({ kind: 'rejected', code: 'NOT_IMPLEMENTED', message: `Samsung devices cannot ${verb}` });
  }
  const common = {
    customerId: first.desired.companyId,
    transactionId: requestKey,
    type: nameOf(first.key).type satisfies WireType,
    devices: items.map(({ key, subject }) => nameOf(key, subject).identifier),
  };
  return verb === 'unclaim'
    ? await client.remove(common, signal)
    : await client.upload({ ...common, ...uploadFields(first.desired) }, signal);
}

/** The transaction goes by our request key: whatever became of the reply, it can be asked for. */
function submission(reply: Acknowledgement, requestKey: string): Result<Submission> {
  const said = acknowledged(reply.state);
  if (said === 'refused') return failed(rejection(reply));
  const isOurs = reply.transactionId === undefined || reply.transactionId === requestKey;
  if (said === 'unsaid' || !isOurs) return failed(invalidReply('write'));
  return ok({ is: 'accepted', operationIds: [requestKey] });
}

function transactionPoller(client: SamsungClient, noteState: (state: string) => void): OperationPoller {
  return {
    async poll(operationId, keys, signal) {
      const transaction = await client.transaction(operationId, signal);
      if (!transaction.ok) return transaction;
      if (transaction.value === undefined) return failed(NOT_SHOWN);
      const { state } = transaction.value;
      if (transactionState(state) === 'unknown') noteState(state);
      return ok(toProgress(transaction.value, keys));
    },
    ownNames: { operationIdOf: (requestKey) => requestKey, visibleAfterMs: STATUS_VISIBLE_MS },
  };
}

const NOT_SHOWN: Failure = {
  kind: 'notFound',
  code: 'NOT_FOUND',
  message: 'Samsung’s status does not show the transaction',
};

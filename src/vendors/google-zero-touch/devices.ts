import type { DesiredDevice, DeviceRow } from '../../domain/device/facts.ts';
import type { DeviceIdentity } from '../../domain/device/identity.ts';
import type { Verb } from '../../domain/item.ts';
import { failed, ok, type Result } from '../../ports/failure.ts';
import type { ItemReader } from '../../ports/item-reader.ts';
import type { OperationPoller } from '../../ports/operation-poller.ts';
import type { SetReader } from '../../ports/set-reader.ts';
import type { KindPorts } from '../../ports/vendor.ts';
import type { VerbTraits, WriteRequest, Writer } from '../../ports/writer.ts';
import type { GoogleClient } from './client.ts';
import { invalidReply } from './failure.ts';
import { checkIdentity } from './identity-check.ts';
import { PAGE_ITEMS, VISIBILITY_MS } from './limits.ts';
import { isSameDevice, searchBy, toClaim, toMetadataUpdate, toRow, toUnclaim } from './mapping.ts';
import { toProgress } from './outcomes.ts';
import { toPage } from './page.ts';
import { singleDeviceCalls } from './single-device.ts';
import { type WireOperation, ZERO_TOUCH } from './wire.ts';

type DeviceWriter = Writer<DeviceIdentity, DesiredDevice>;
type DeviceRequest = WriteRequest<DeviceIdentity, DesiredDevice>;

/** Google's devices as the engine sees them. `itemsPerRequest` bounds every batch. */
export function devicePorts(
  client: GoogleClient,
  itemsPerRequest: number,
): KindPorts<DeviceIdentity, DesiredDevice, DeviceRow> {
  return {
    check: checkIdentity,
    sets: devicesOfCompany(client),
    items: deviceByIdentifier(client),
    writer: deviceWriter(client, itemsPerRequest),
    poller: operationPoller(client),
  };
}

function devicesOfCompany(client: GoogleClient): SetReader<DeviceRow> {
  return {
    pageSize: PAGE_ITEMS,
    async readPage(companyId, cursor, signal) {
      const request = {
        customerId: [companyId],
        sectionType: ZERO_TOUCH,
        limit: String(PAGE_ITEMS),
      } as const;
      const pageToken = cursor === undefined ? {} : { pageToken: cursor };
      const reply = await client.findByOwner({ ...request, ...pageToken }, signal);
      return toPage(reply, cursor, ({ devices }) => (devices ?? []).map(toRow));
    },
  };
}

function deviceByIdentifier(client: GoogleClient): ItemReader<DeviceIdentity, DeviceRow> {
  return {
    async read(identity, signal) {
      const request = { deviceIdentifier: searchBy(identity), limit: String(PAGE_ITEMS) };
      const reply = await client.findByIdentifier(request, signal);
      if (!reply.ok) return reply;
      const rows = (reply.value.devices ?? []).map(toRow);
      const same = rows.filter((row) => isSameDevice(row, identity));
      // Only a whole and plainly empty reply says that Google has no such device.
      const isAnswer = same.length > 0 || (rows.length === 0 && reply.value.nextPageToken === undefined);
      return isAnswer ? ok(same) : failed(invalidReply('read'));
    },
  };
}

function deviceWriter(client: GoogleClient, itemsPerRequest: number): DeviceWriter {
  const traits = (effect: VerbTraits['effect']): VerbTraits => ({
    repeat: 'afterProof',
    effect,
    maxItemsPerCall: itemsPerRequest,
    visibilityMs: VISIBILITY_MS,
  });
  const singleDevices = singleDeviceCalls(client);
  return {
    verbs: { claim: traits('additive'), unclaim: traits('destructive'), updateMetadata: traits('additive') },
    partition: (verb, { desired }) => ({
      customer: desired.companyId,
      // What a look has to show when the reply is lost.
      ...(verb === 'updateMetadata' ? { orderNumber: desired.orderNumber ?? '' } : {}),
    }),
    async send(request, signal) {
      const alone = singleDevices.of(request);
      if (alone !== undefined) return alone(signal);
      const operation = await submit(client, request, signal);
      return operation.ok ? ok({ is: 'accepted', operationIds: [operation.value.name] }) : operation;
    },
  };
}

/** One request for each verb. */
const SUBMIT: {
  readonly [V in Verb]?: (
    client: GoogleClient,
    items: DeviceRequest['items'],
    signal: AbortSignal,
  ) => Promise<Result<WireOperation>>;
} = {
  claim: (client, items, signal) =>
    client.claimAsync({ claims: items.map(({ subject, desired }) => toClaim(subject, desired)) }, signal),
  unclaim: (client, items, signal) =>
    client.unclaimAsync({ unclaims: items.map(({ subject, key }) => toUnclaim(subject, key)) }, signal),
  updateMetadata: (client, items, signal) => {
    const updates = items.map(({ subject, key, desired }) => toMetadataUpdate(subject, key, desired));
    return client.updateMetadataAsync({ updates }, signal);
  },
};

async function submit(
  client: GoogleClient,
  { verb, items }: DeviceRequest,
  signal: AbortSignal,
): Promise<Result<WireOperation>> {
  const send = SUBMIT[verb];
  if (send !== undefined) return await send(client, items, signal);
  return failed({ kind: 'rejected', code: 'NOT_IMPLEMENTED', message: `devices cannot ${verb}` });
}

function operationPoller(client: GoogleClient): OperationPoller {
  return {
    async poll(operationId, keys, signal) {
      const operation = await client.getOperation(operationId, signal);
      return operation.ok ? ok(toProgress(operation.value, keys)) : operation;
    },
  };
}

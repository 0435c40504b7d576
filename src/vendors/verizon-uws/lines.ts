import type { ItemKey } from '../../domain/item.ts';
import type { LineRow, LineTypes } from '../../domain/line/facts.ts';
import type { LineName } from '../../domain/line/identifier.ts';
import type { Clock } from '../../ports/clock.ts';
import { type Failure, failed, ok, type Result } from '../../ports/failure.ts';
import type { ItemReader } from '../../ports/item-reader.ts';
import type { OperationPoller } from '../../ports/operation-poller.ts';
import type { Quota } from '../../ports/quota.ts';
import type { KindPorts } from '../../ports/vendor.ts';
import type {
  ItemOutcome,
  Submission,
  VerbTraits,
  WriteItem,
  WriteRequest,
  Writer,
} from '../../ports/writer.ts';
import type { UwsClient } from './client.ts';
import { invalidReply } from './failure.ts';
import { DEACTIVATE_VISIBILITY_MS, DELETE_VISIBILITY_MS } from './limits.ts';
import { toRow, toWireName } from './mapping.ts';
import { toOutcomes } from './outcomes.ts';
import type { DeletableDevice } from './wire.ts';

type LineItem = WriteItem<LineName, LineTypes['desired']>;

/** What the lines of one account stand on. */
export interface LineParts {
  readonly client: UwsClient;
  readonly accountName: string;
  readonly clock: Clock;
  readonly quota: Quota;
  /** Bounds every batch of deletions. */
  readonly itemsPerRequest: number;
  /** Told when a reply could be read only after the one repair that is allowed. */
  readonly noteRepair: () => void;
}

/** Verizon's lines as the engine sees them: asked for one by one, deactivated one by one, deleted in batches. */
export function linePorts(parts: LineParts): KindPorts<LineName, LineTypes['desired'], LineRow> {
  return {
    // What a name must look like is checked where it is declared.
    check: () => undefined,
    items: lineReader(parts),
    writer: lineWriter(parts),
    poller: deactivationPoller(parts),
  };
}

function lineReader({ client, accountName, clock, quota }: LineParts): ItemReader<LineName, LineRow> {
  /** "No such device" is also said to a login that has lost its rights: so a line is gone only where the account answers. */
  async function absent(signal: AbortSignal): Promise<Result<readonly LineRow[]>> {
    const account = await quota.within(() => client.askForNothing(accountName, signal), signal);
    return account.ok ? ok([]) : account;
  }

  return {
    async read(name, signal) {
      const readAtMs = clock.now();
      const device = await client.getDeviceInformation({ device: toWireName(name) }, signal);
      if (!device.ok) return device.failure.kind === 'notFound' ? await absent(signal) : device;
      const row = toRow(device.value, name, accountName, readAtMs);
      return row === undefined ? failed(invalidReply('read')) : ok([row]);
    },
  };
}

function lineWriter(parts: LineParts): Writer<LineName, LineTypes['desired']> {
  const traits = (maxItemsPerCall: number, visibilityMs: number): VerbTraits => ({
    repeat: 'afterProof',
    effect: 'irreversible',
    maxItemsPerCall,
    visibilityMs,
  });
  return {
    verbs: {
      // One line for each request, so that its status can be asked for (7).
      deactivateLine: traits(1, DEACTIVATE_VISIBILITY_MS),
      deleteLine: traits(parts.itemsPerRequest, DELETE_VISIBILITY_MS),
    },
    partition: () => ({}),
    async send(request, signal) {
      if (request.verb === 'deactivateLine') return await deactivate(parts, request, signal);
      if (request.verb === 'deleteLine') return await deleteLines(parts, request, signal);
      return failed(notOrdered(`lines cannot ${request.verb}`));
    },
  };
}

async function deactivate(
  { client }: LineParts,
  { items, mayStart }: WriteRequest<LineName, LineTypes['desired']>,
  signal: AbortSignal,
): Promise<Result<Submission>> {
  const [item, ...others] = items;
  if (item?.desired.asks !== 'deactivation' || others.length > 0) {
    return failed(notOrdered('lines are deactivated one at a time, by an order'));
  }
  const { etfWaiver } = item.desired;
  const reply = await client.deactivate({ device: toWireName(item.subject), etfWaiver }, signal, mayStart);
  return reply.ok ? ok({ is: 'accepted', operationIds: [reply.value.requestId] }) : reply;
}

/** A line that two items name is sent once: the other one is looked at, and found gone. */
async function deleteLines(
  { client, accountName, noteRepair }: LineParts,
  { items, mayStart }: WriteRequest<LineName, LineTypes['desired']>,
  signal: AbortSignal,
): Promise<Result<Submission>> {
  const devices: DeletableDevice[] = [];
  const sent: ItemKey[] = [];
  const doubled: ItemOutcome[] = [];
  const taken = new Set<string>();
  for (const item of items) {
    if (item.desired.asks !== 'deletion')
      return failed(notOrdered('lines are deleted by an order with a receipt'));
    const names = namesOf(item);
    if (names.some((name) => taken.has(name))) {
      doubled.push({ key: item.key, failure: SAME_LINE });
      continue;
    }
    for (const name of names) taken.add(name);
    sent.push(item.key);
    devices.push({ device: toWireName(item.subject), receipt: item.desired.receipt });
  }
  const reply = await client.deleteDevices({ accountName, devices }, signal, mayStart);
  if (!reply.ok) return reply;
  if (reply.value.isRepaired) noteRepair();
  return ok({ is: 'answered', outcomes: [...toOutcomes(reply.value.results, sent), ...doubled] });
}

const SAME_LINE = {
  code: 'SAME_LINE',
  message: 'the same line is deleted under another of its names in the same call, so it is looked at again',
  kind: 'passing',
} as const;

function namesOf({ subject, desired }: LineItem): readonly string[] {
  const names = desired.asks === 'deletion' ? desired.names : {};
  return [
    `${subject.kind}:${subject.identifier}`,
    ...Object.entries(names).map(([kind, identifier]) => `${kind}:${identifier}`),
  ];
}

/**
 * Asks what became of a deactivation. Only `Failed` is believed to the end: `Success` has been seen of lines that never
 * changed (14), and a request that cannot be asked about (2, 7) was taken nonetheless. Both count as taken, and the
 * line's own state says the rest.
 */
function deactivationPoller({ client, accountName }: LineParts): OperationPoller {
  return {
    async poll(requestId, keys, signal) {
      const reply = await client.getRequestStatus({ accountName, requestId }, signal);
      if (!reply.ok && !cannotBeAsked(reply.failure)) return reply;
      const status = reply.ok ? reply.value.status : 'Success';
      if (status === 'Pending') return ok({ is: 'running' });
      const failure = status === 'Failed' ? { failure: DEACTIVATION_FAILED } : {};
      return ok({ is: 'finished', outcomes: keys.map((key) => ({ key, ...failure })) });
    },
  };
}

function cannotBeAsked({ kind, code }: Failure): boolean {
  return kind === 'rejected' || kind === 'notFound' || code === 'REQUEST_FAILED.UnexpectedError';
}

const DEACTIVATION_FAILED = {
  code: 'DEACTIVATION_FAILED',
  message:
    'Verizon took the deactivation and then failed it: look at the line in the portal, and edit this resource to try again',
  kind: 'invalid',
} as const;

function notOrdered(message: string): Failure {
  return { kind: 'rejected', code: 'NOT_IMPLEMENTED', message };
}

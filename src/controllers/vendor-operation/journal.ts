import type { Verb } from '../../domain/item.ts';
import type { KubeClient } from '../../kube/client.ts';
import { asTransient } from '../../kube/failure.ts';
import { FIELD_MANAGER } from '../../kube/manager.ts';
import type { ObjectRef } from '../../kube/object.ts';
import { dayOf } from '../../kube/retention.ts';
import { type Failure, failed, ok, type Result } from '../../ports/failure.ts';
import type { Journal, JournalEntry, OperationFacts, OperationIntent } from '../../ports/journal.ts';
import { RECEIPT } from '../../ports/receipt.ts';
import {
  FINISHED_DAY_LABEL,
  OPEN_LABEL,
  SCOPE_LABEL,
  type ServedVendorOperation,
  VENDOR_OPERATIONS,
} from '../resources.ts';
import { packIntended, unpackIntended } from './intended.ts';
import { packItems, unpackItems } from './items.ts';
import { factsOf, statusOf } from './status.ts';

/** Which operations a journal keeps: those of one vendor scope, beside its account. */
export interface JournalPlace {
  readonly namespace: string;
  readonly accountName: string;
  readonly scopeHash: string;
}

/** Operations with 10,000 items each are large; a page stays under 4 MB (kube-apiserver's own advice for lists). */
const PAGE_SIZE = 20;

/** The journal as VendorOperations: one object each, created before anything is sent. */
export function createJournal(client: KubeClient, place: JournalPlace): Journal {
  return {
    open: (signal) => listOpen(client, place, signal),
    intend: (intent, signal) => intend(client, place, intent, signal),
    note: async (name, facts, signal) => {
      const ref = { namespace: place.namespace, name };
      const status = statusOf(facts);
      const options = { fieldManager: FIELD_MANAGER, force: true };
      const noted = await client.applyStatus(VENDOR_OPERATIONS, ref, status, options, signal);
      if (!noted.ok) return failed(asTransient(noted.failure));
      const { finishedAtMs } = facts;
      const closed =
        finishedAtMs === undefined ? ok(RECEIPT) : await close(client, ref, finishedAtMs, signal);
      return closed.ok ? ok(RECEIPT) : failed(asTransient(closed.failure));
    },
  };
}

/** Takes an ended operation out of the list of open ones; from its end on it is kept for the audit time. */
function close(
  client: KubeClient,
  ref: ObjectRef,
  finishedAtMs: number,
  signal: AbortSignal,
): Promise<Result<unknown>> {
  const labels = { [OPEN_LABEL]: null, [FINISHED_DAY_LABEL]: dayOf(finishedAtMs) };
  return client.mergePatch(VENDOR_OPERATIONS, ref, { metadata: { labels } }, signal);
}

async function intend(
  client: KubeClient,
  place: JournalPlace,
  intent: OperationIntent,
  signal: AbortSignal,
): Promise<Result<{ readonly name: string }>> {
  const name = `vop-${intent.requestKey}`;
  const created = await client.create(VENDOR_OPERATIONS, draft(place, name, intent), signal);
  if (created.ok) return ok({ name });
  if (created.failure.code !== 'AlreadyExists') return failed(asTransient(created.failure));
  // Our own, from an attempt whose answer was lost: the request key is unique for all time.
  const standing = await client.get(VENDOR_OPERATIONS, { namespace: place.namespace, name }, signal);
  if (!standing.ok) return failed(asTransient(standing.failure));
  return standing.value.spec.requestKey === intent.requestKey ? ok({ name }) : failed(notOurs(name));
}

function draft(place: JournalPlace, name: string, intent: OperationIntent) {
  const { verb, requestKey, partition, keys, records, asked, fence } = intent;
  return {
    metadata: {
      name,
      namespace: place.namespace,
      labels: { [SCOPE_LABEL]: place.scopeHash, [OPEN_LABEL]: 'true' },
    },
    spec: {
      accountRef: { name: place.accountName },
      verb,
      requestKey,
      partition: { ...partition },
      fence,
      ...packItems(keys),
      ...(records.length === 0 ? {} : { recordsGzip: packIntended(records) }),
      ...(asked === undefined ? {} : { asked }),
    },
  };
}

/** Every operation that has not ended. One that cannot be read stops everything: it may be under way. */
async function listOpen(
  client: KubeClient,
  place: JournalPlace,
  signal: AbortSignal,
): Promise<Result<readonly JournalEntry[]>> {
  const entries: JournalEntry[] = [];
  const labelSelector = `${SCOPE_LABEL}=${place.scopeHash},${OPEN_LABEL}=true`;
  let continueToken: string | undefined;
  do {
    const page = await client.list(
      VENDOR_OPERATIONS,
      {
        namespace: place.namespace,
        labelSelector,
        limit: PAGE_SIZE,
        ...(continueToken === undefined ? {} : { continueToken }),
      },
      signal,
    );
    if (!page.ok) return page;
    for (const operation of page.value.items) {
      const { finishedAt } = operation.status ?? {};
      if (finishedAt !== undefined) {
        // The process that noted its end was stopped before it could take it out of this list.
        const closed = await close(client, operation.metadata, Date.parse(finishedAt), signal);
        if (!closed.ok) return closed;
        continue;
      }
      const entry = entryOf(operation);
      if (entry === undefined) return failed(unreadable(operation.metadata));
      entries.push(entry);
    }
    continueToken = page.value.continueToken;
  } while (continueToken !== undefined);
  return ok(entries);
}

function entryOf({ metadata, spec, status }: ServedVendorOperation): JournalEntry | undefined {
  const keys = unpackItems(spec);
  const { requestKey, fence, partition = {}, recordsGzip, asked } = spec;
  const records = recordsGzip === undefined ? [] : unpackIntended(recordsGzip);
  if (keys === undefined || records === undefined) return undefined;
  const verb = spec.verb as Verb;
  const intent: OperationIntent = {
    requestKey,
    verb,
    partition,
    keys,
    records,
    ...(asked === undefined ? {} : { asked }),
    fence,
  };
  const facts: OperationFacts = factsOf(status);
  return { name: metadata.name, intent, facts };
}

function notOurs(name: string): Failure {
  return {
    kind: 'conflict',
    code: 'ForeignOperation',
    message: `VendorOperation ${name} stands there with another request key`,
  };
}

function unreadable({ name }: ObjectRef): Failure {
  return {
    kind: 'rejected',
    code: 'OperationUnreadable',
    message: `the items of VendorOperation ${name} cannot be read; restore the object, or resolve it by hand`,
  };
}

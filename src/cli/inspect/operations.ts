import { type ServedVendorOperation, VENDOR_OPERATIONS } from '../../controllers/resources.ts';
import { unpackItems } from '../../controllers/vendor-operation/items.ts';
import type { ItemKey } from '../../domain/item.ts';
import { parseRanges } from '../../domain/ranges.ts';
import type { KubeClient } from '../../kube/client.ts';
import { Sentence } from '../exit.ts';
import { pagesOf } from '../pages.ts';
import { type Place, selectionOf } from './records.ts';

/** What the journal says became of one item of one operation. */
export type ItemOutcome =
  /** The operation has not ended, and says nothing of the item yet. */
  | { readonly is: 'open' }
  | { readonly is: 'succeeded' }
  | { readonly is: 'failed'; readonly code: string; readonly message: string };

/** One operation, as far as it speaks of one item. */
export interface ItemOperation {
  readonly namespace: string;
  readonly name: string;
  readonly verb: string;
  /** As in its status; an operation nobody has noted anything of is `Intended`. */
  readonly state: string;
  readonly partition: Readonly<Record<string, string>>;
  readonly key: ItemKey;
  readonly outcome: ItemOutcome;
  readonly createdAt?: string;
  readonly submittedAt?: string;
  readonly finishedAt?: string;
}

/** What each operation that is still kept says of the items the filter wants, the oldest operation first. */
export async function operationsOf(
  client: KubeClient,
  place: Place,
  wants: (key: ItemKey) => boolean,
  signal: AbortSignal,
): Promise<readonly ItemOperation[]> {
  const found: ItemOperation[] = [];
  for await (const page of pagesOf(client, VENDOR_OPERATIONS, selectionOf(place), signal)) {
    for (const operation of page) found.push(...itemsOf(operation, wants));
  }
  // Names begin with the time: they sort by age (see newRequestKey).
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function itemsOf(
  operation: ServedVendorOperation,
  wants: (key: ItemKey) => boolean,
): readonly ItemOperation[] {
  const { metadata, spec, status = {} } = operation;
  const keys = unpackItems(spec);
  if (keys === undefined) {
    throw new Sentence(`the items of VendorOperation ${metadata.namespace}/${metadata.name} cannot be read`);
  }
  const wanted = keys.flatMap((key, position) => (wants(key) ? [{ key, position }] : []));
  if (wanted.length === 0) return [];
  const failures = failuresByPosition(operation);
  const { submittedAt, finishedAt } = status;
  return wanted.map(({ key, position }) => ({
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    verb: spec.verb,
    state: status.state ?? 'Intended',
    partition: spec.partition ?? {},
    key,
    outcome:
      failures.get(position) ?? (finishedAt === undefined ? { is: 'open' as const } : { is: 'succeeded' }),
    ...(metadata.creationTimestamp === undefined ? {} : { createdAt: metadata.creationTimestamp }),
    ...(submittedAt === undefined ? {} : { submittedAt }),
    ...(finishedAt === undefined ? {} : { finishedAt }),
  }));
}

function failuresByPosition({ status }: ServedVendorOperation): ReadonlyMap<number, ItemOutcome> {
  const failures = new Map<number, ItemOutcome>();
  for (const { code, message = '', items } of status?.outcomes ?? []) {
    for (const position of parseRanges(items)) failures.set(position, { is: 'failed', code, message });
  }
  return failures;
}

import type { ServedVendorOperation } from '../../src/controllers/resources.ts';
import { unpackItems } from '../../src/controllers/vendor-operation/items.ts';
import type { LedgerEntry } from '../../src/simulators/ledger.ts';

/** A write that the vendor saw. */
export interface Sent {
  readonly entry: LedgerEntry;
  readonly verb: string;
  /** In the order they were sent. */
  readonly keys: readonly string[];
  /** Keys of the items that the write changed. */
  readonly changed: ReadonlySet<string>;
  /** The name of its operation, where the vendor goes by ours. */
  readonly requestKey?: string;
  /** What the request itself says that all its items share. */
  readonly partition?: Readonly<Record<string, string>>;
}

/** With the operation of the journal that it was. */
export interface Journaled extends Sent {
  readonly operation: ServedVendorOperation;
}

/** Each write with the one operation that was its intent; and those that have none. */
export function joinOperations(
  writes: readonly Sent[],
  operations: readonly ServedVendorOperation[],
): { readonly journaled: readonly Journaled[]; readonly strays: readonly Sent[] } {
  const unsent = new Set(operations);
  const journaled: Journaled[] = [];
  const strays: Sent[] = [];
  for (const write of writes) {
    const operation = [...unsent].find((candidate) => isIntentOf(candidate, write));
    if (operation === undefined) strays.push(write);
    else {
      unsent.delete(operation);
      journaled.push({ ...write, operation });
    }
  }
  return { journaled, strays };
}

/** Objects carry their creation in whole seconds, rounded down. */
function isIntentOf(
  { metadata, spec }: ServedVendorOperation,
  { entry, verb, keys, requestKey, partition = {} }: Sent,
): boolean {
  return (
    spec.verb === verb &&
    (requestKey === undefined || spec.requestKey === requestKey) &&
    Date.parse(metadata.creationTimestamp ?? '') <= Date.parse(entry.at) &&
    Object.entries(partition).every(([name, value]) => spec.partition?.[name] === value) &&
    unpackItems(spec)?.join('\n') === keys.join('\n')
  );
}

/**
 * What is wrong with writes that come after others to the same item, as `why` tells of each pair. Routes that the vendor
 * does not have and writes without an operation are wrong in every case.
 */
export function brokenOrder(
  ledger: readonly LedgerEntry[],
  { journaled, strays }: ReturnType<typeof joinOperations>,
  why: (earlier: Journaled, later: Journaled, key: string) => string | undefined,
): readonly string[] {
  return [
    ...ledger.filter(({ endpoint }) => endpoint === 'unknown').map((entry) => `no such route: ${say(entry)}`),
    ...strays.map(({ entry }) => `no operation of its own was there before it: ${say(entry)}`),
    ...journaled.flatMap((later, index) => repeated(journaled.slice(0, index), later, why)),
  ];
}

function repeated(
  before: readonly Journaled[],
  later: Journaled,
  why: (earlier: Journaled, later: Journaled, key: string) => string | undefined,
): readonly string[] {
  return later.keys.flatMap((key) => {
    const earlier = before.findLast(({ keys }) => keys.includes(key));
    const wrong = earlier === undefined ? undefined : why(earlier, later, key);
    return wrong === undefined || earlier === undefined
      ? []
      : [`${wrong}: ${key} in ${say(earlier.entry)} and then in ${say(later.entry)}`];
  });
}

/** Whether the vendor itself said that nothing of it happened, and its word arrived. */
export function isRefused({ status, fault }: LedgerEntry): boolean {
  return fault === undefined && status !== undefined && status >= 400 && status < 500;
}

/** Whether a person said that nothing of it happened. */
export function isDenied({ operation }: Journaled): boolean {
  return operation.status?.resolutions?.some(({ as }) => as === 'NotHappened') === true;
}

/** What was seen between two writes. */
export function between(ledger: readonly LedgerEntry[], earlier: Sent, later: Sent): readonly LedgerEntry[] {
  return ledger.filter(({ seq }) => seq > earlier.entry.seq && seq < later.entry.seq);
}

/** How often the vendor's ledger shows one of these changes. */
export function countOf(ledger: readonly LedgerEntry[], ...changes: readonly string[]): number {
  return ledger.flatMap(({ effect = [] }) => effect.filter(({ change }) => changes.includes(String(change))))
    .length;
}

export function exceeded(what: string, is: number, most = Number.POSITIVE_INFINITY): readonly string[] {
  return is > most ? [`${is} were ${what}, and the budget is ${most}`] : [];
}

function say({ seq, endpoint, status, fault }: LedgerEntry): string {
  return `#${seq} ${endpoint} (${fault ?? status ?? 'no answer'})`;
}

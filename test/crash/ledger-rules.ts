import type { ServedVendorOperation } from '../../src/controllers/resources.ts';
import { unpackItems } from '../../src/controllers/vendor-operation/items.ts';
import { type DeviceIdentity, identityKeys } from '../../src/domain/device/identity.ts';
import type { LedgerEntry } from '../../src/simulators/ledger.ts';
import type { Fleet } from './fleet.ts';
import type { VendorDevice } from './world.ts';

/** An item of a request as the vendor's ledger notes it. */
interface NotedItem {
  readonly deviceIdentifier?: DeviceIdentity;
  readonly customerId?: string | readonly string[];
  readonly companyName?: string;
}

/** A write that the vendor saw. */
interface Sent {
  readonly entry: LedgerEntry;
  readonly verb: string;
  readonly keys: readonly string[];
  /** Keys of the items that the write changed. */
  readonly changed: ReadonlySet<string>;
}

/** With the operation of the journal that it was. */
interface Journaled extends Sent {
  readonly operation: ServedVendorOperation;
}

/** The vendor's endpoints that write, by our verb for it. */
const VERBS: Readonly<Record<string, string>> = {
  'devices.claim': 'claim',
  'devices.claimAsync': 'claim',
  'devices.unclaim': 'unclaim',
  'devices.unclaimAsync': 'unclaim',
  'devices.updateMetadataAsync': 'updateMetadata',
  'customers.create': 'createCompany',
};

/**
 * What the vendor's own ledger must show whatever happened to the controller; answers what it shows instead:
 *
 * - no request to a route the vendor does not have;
 * - every write is one operation of the journal, created before it, and each operation is sent at most once;
 * - the vendor never does more than the fleet's budget allows;
 * - an item is written to again only as this table allows:
 *
 * | before         | then                  | allowed                                                              |
 * | -------------- | --------------------- | -------------------------------------------------------------------- |
 * | any verb       | the same verb         | if it was refused, or after a read that would show it had no effect  |
 * | createCompany  | createCompany         | only if a person said that it did not happen, and it had no effect   |
 * | claim          | claim, other customer | never: it must be released in between                                |
 * | unclaim        | claim                 | a move: only if the release took effect                              |
 * | anything else  | another verb          | yes                                                                  |
 */
export function brokenRules(
  ledger: readonly LedgerEntry[],
  operations: readonly ServedVendorOperation[],
  devices: readonly VendorDevice[],
  { atMost = {} }: Fleet,
): readonly string[] {
  const keysById = new Map(devices.map(({ deviceId, identifier }) => [String(deviceId), keysOf(identifier)]));
  const writes = ledger.filter(({ mutating }) => mutating).map((entry) => sentBy(entry, keysById));
  const { journaled, strays } = joinOperations(writes, operations);
  return [
    ...ledger.filter(({ endpoint }) => endpoint === 'unknown').map((entry) => `no such route: ${say(entry)}`),
    ...strays.map(({ entry }) => `no operation of its own was there before it: ${say(entry)}`),
    ...exceeded('released', effects(writes, 'unclaimed'), atMost.released),
    ...exceeded('created', effects(writes, 'customerCreated'), atMost.created),
    ...journaled.flatMap((later, index) => repeated(journaled.slice(0, index), later, ledger)),
  ];
}

/** How many devices the vendor has released. */
export function releasedBy(ledger: readonly LedgerEntry[]): number {
  return ledger.flatMap(({ effect = [] }) => effect.filter(({ change }) => change === 'unclaimed')).length;
}

function effects(writes: readonly Sent[], change: string): number {
  return writes.flatMap(({ entry }) => (entry.effect ?? []).filter((effect) => effect['change'] === change))
    .length;
}

function exceeded(what: string, is: number, most = Number.POSITIVE_INFINITY): readonly string[] {
  return is > most ? [`${is} were ${what}, and the budget is ${most}`] : [];
}

/** Each write with the one operation that was its intent. */
function joinOperations(
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

/** Objects carry their creation in whole seconds, rounded down. Only a claim names its customer to the vendor. */
function isIntentOf({ metadata, spec }: ServedVendorOperation, { entry, verb, keys }: Sent): boolean {
  const [first] = (entry.items ?? []) as readonly NotedItem[];
  return (
    spec.verb === verb &&
    Date.parse(metadata.creationTimestamp ?? '') <= Date.parse(entry.at) &&
    (verb !== 'claim' || spec.partition?.customer === String(first?.customerId)) &&
    unpackItems(spec)?.join('\n') === keys.join('\n')
  );
}

function repeated(
  before: readonly Journaled[],
  later: Journaled,
  ledger: readonly LedgerEntry[],
): readonly string[] {
  return later.keys.flatMap((key) => {
    const earlier = before.findLast(({ keys }) => keys.includes(key));
    if (earlier === undefined) return [];
    const why =
      earlier.verb === later.verb
        ? whyNotAgain(earlier, later, key, ledger)
        : whyNotAfter(earlier, later, key);
    return why === undefined
      ? []
      : [`${why}: ${key} in ${say(earlier.entry)} and then in ${say(later.entry)}`];
  });
}

function whyNotAgain(
  earlier: Journaled,
  later: Journaled,
  key: string,
  ledger: readonly LedgerEntry[],
): string | undefined {
  if (earlier.changed.has(key)) return 'had taken effect';
  if (later.verb === 'createCompany')
    return isDenied(earlier) ? undefined : 'nobody said that it did not happen';
  if (customerOf(earlier) !== customerOf(later)) return 'not released in between';
  if (isRefused(earlier.entry)) return undefined;
  const between = ledger.filter(({ seq }) => seq > earlier.entry.seq && seq < later.entry.seq);
  return between.some((entry) => reads(entry, key, customerOf(later))) ? undefined : 'not read in between';
}

function whyNotAfter(earlier: Journaled, later: Journaled, key: string): string | undefined {
  const isMove = earlier.verb === 'unclaim' && later.verb === 'claim';
  return isMove && !earlier.changed.has(key) ? 'claimed before it was released' : undefined;
}

function customerOf({ operation }: Journaled): string | undefined {
  return operation.spec.partition?.customer;
}

/** Whether the vendor itself said that nothing of it happened, and its word arrived. */
function isRefused({ status, fault }: LedgerEntry): boolean {
  return fault === undefined && status !== undefined && status >= 400 && status < 500;
}

/** Whether a person said that nothing of it happened. */
function isDenied({ operation }: Journaled): boolean {
  return operation.status?.resolutions?.some(({ as }) => as === 'NotHappened') === true;
}

/** A read of that device, or of everything its customer holds, that was answered. */
function reads(entry: LedgerEntry, key: string, customer: string | undefined): boolean {
  if (entry.mutating || entry.status !== 200) return false;
  return (entry.items ?? []).some((item) => {
    const { deviceIdentifier, customerId } = item as NotedItem;
    if (entry.endpoint === 'devices.findByOwner')
      return customer !== undefined && [customerId ?? []].flat().includes(customer);
    return entry.endpoint === 'devices.findByIdentifier' && keysOf(deviceIdentifier).includes(key);
  });
}

function sentBy(entry: LedgerEntry, keysById: ReadonlyMap<string, readonly string[]>): Sent {
  const items = (entry.items ?? []) as readonly NotedItem[];
  const verb = VERBS[entry.endpoint] ?? entry.endpoint;
  const changed = (entry.effect ?? []).flatMap(({ change, deviceId }) =>
    change === 'customerCreated' ? items.map(keyOf) : (keysById.get(String(deviceId)) ?? []),
  );
  return { entry, verb, keys: items.map(keyOf), changed: new Set(changed) };
}

function keyOf({ deviceIdentifier, companyName }: NotedItem): string {
  return companyName === undefined ? (keysOf(deviceIdentifier)[0] ?? '?') : `name:${companyName}`;
}

function keysOf(identity: DeviceIdentity | undefined): readonly string[] {
  return identity === undefined ? [] : identityKeys(identity);
}

function say({ seq, endpoint, status, fault }: LedgerEntry): string {
  return `#${seq} ${endpoint} (${fault ?? status ?? 'no answer'})`;
}

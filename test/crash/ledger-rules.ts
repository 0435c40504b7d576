import type { ServedVendorOperation } from '../../src/controllers/resources.ts';
import { unpackItems } from '../../src/controllers/vendor-operation/items.ts';
import { type DeviceIdentity, identityKeys } from '../../src/domain/device/identity.ts';
import type { LedgerEntry } from '../../src/simulators/ledger.ts';
import type { VendorDevice } from './world.ts';

/** An item of a request as the vendor's ledger notes it. */
interface NotedItem {
  readonly deviceIdentifier?: DeviceIdentity;
  readonly customerId?: string | readonly string[];
}

interface Sent {
  readonly entry: LedgerEntry;
  readonly keys: readonly string[];
  readonly customer: string;
  /** Keys of the devices that the write changed. */
  readonly changed: ReadonlySet<string>;
}

/**
 * What the vendor's own ledger must show whatever happened to the controller; answers what it shows instead:
 *
 * - no request to a route the vendor does not have;
 * - every write is one operation of the journal, created before it, and each operation is sent at most once;
 * - an item is sent again only after a read that began after the first sending and would show it;
 * - what took effect is never sent again.
 */
export function brokenRules(
  ledger: readonly LedgerEntry[],
  operations: readonly ServedVendorOperation[],
  devices: readonly VendorDevice[],
): readonly string[] {
  const keysById = new Map(devices.map(({ deviceId, identifier }) => [String(deviceId), keysOf(identifier)]));
  const writes = ledger.filter(({ mutating }) => mutating).map((entry) => sentBy(entry, keysById));
  return [
    ...ledger.filter(({ endpoint }) => endpoint === 'unknown').map((entry) => `no such route: ${say(entry)}`),
    ...unjournaled(writes, operations),
    ...repeated(writes, ledger),
  ];
}

function unjournaled(
  writes: readonly Sent[],
  operations: readonly ServedVendorOperation[],
): readonly string[] {
  const unsent = new Set(operations);
  return writes.flatMap((write) => {
    const own = [...unsent].find((operation) => isIntentOf(operation, write));
    if (own === undefined) return [`no operation of its own was there before it: ${say(write.entry)}`];
    unsent.delete(own);
    return [];
  });
}

/** Objects carry their creation in whole seconds, rounded down. */
function isIntentOf({ metadata, spec }: ServedVendorOperation, { entry, keys, customer }: Sent): boolean {
  return (
    Date.parse(metadata.creationTimestamp ?? '') <= Date.parse(entry.at) &&
    spec.partition?.customer === customer &&
    unpackItems(spec)?.join('\n') === keys.join('\n')
  );
}

function repeated(writes: readonly Sent[], ledger: readonly LedgerEntry[]): readonly string[] {
  return writes.flatMap((later, index) =>
    later.keys.flatMap((key) => {
      const earlier = writes.slice(0, index).findLast(({ keys }) => keys.includes(key));
      if (earlier === undefined) return [];
      const again = `${key} in ${say(earlier.entry)} and again in ${say(later.entry)}`;
      const between = ledger.filter(({ seq }) => seq > earlier.entry.seq && seq < later.entry.seq);
      if (!between.some((entry) => reads(entry, key, later.customer)))
        return [`not read in between: ${again}`];
      return earlier.changed.has(key) ? [`had taken effect: ${again}`] : [];
    }),
  );
}

/** A read of that device, or of everything its customer holds, that was answered. */
function reads(entry: LedgerEntry, key: string, customer: string): boolean {
  if (entry.mutating || entry.status !== 200) return false;
  return (entry.items ?? []).some((item) => {
    const { deviceIdentifier, customerId } = item as NotedItem;
    if (entry.endpoint === 'devices.findByOwner') return [customerId ?? []].flat().includes(customer);
    return entry.endpoint === 'devices.findByIdentifier' && keysOf(deviceIdentifier).includes(key);
  });
}

function sentBy(entry: LedgerEntry, keysById: ReadonlyMap<string, readonly string[]>): Sent {
  const items = (entry.items ?? []) as readonly NotedItem[];
  const changed = (entry.effect ?? []).flatMap(({ deviceId }) => keysById.get(String(deviceId)) ?? []);
  return {
    entry,
    keys: items.map(({ deviceIdentifier }) => keysOf(deviceIdentifier)[0] ?? '?'),
    customer: String(items[0]?.customerId),
    changed: new Set(changed),
  };
}

function keysOf(identity: DeviceIdentity | undefined): readonly string[] {
  return identity === undefined ? [] : identityKeys(identity);
}

function say({ seq, endpoint, status, fault }: LedgerEntry): string {
  return `#${seq} ${endpoint} (${fault ?? status ?? 'no answer'})`;
}

import type { ServedVendorOperation } from '../../src/controllers/resources.ts';
import { type DeviceIdentity, identityKeys } from '../../src/domain/device/identity.ts';
import type { LedgerEntry } from '../../src/simulators/ledger.ts';
import type { Fleet } from './fleet.ts';
import {
  between,
  brokenOrder,
  countOf,
  exceeded,
  isDenied,
  isRefused,
  type Journaled,
  joinOperations,
  type Sent,
} from './journaled.ts';

/** A device as the vendor keeps it; without claims nobody holds it. */
export interface VendorDevice {
  readonly deviceId: number;
  readonly identifier: DeviceIdentity;
  readonly claims: readonly { readonly resellerId: string; readonly ownerCompanyId: string }[];
}

/** An item of a request as the vendor's ledger notes it. */
interface NotedItem {
  readonly deviceIdentifier?: DeviceIdentity;
  readonly customerId?: string | readonly string[];
  readonly companyName?: string;
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
export function brokenGoogleRules(
  ledger: readonly LedgerEntry[],
  operations: readonly ServedVendorOperation[],
  devices: readonly VendorDevice[],
  { atMost = {} }: Fleet,
): readonly string[] {
  const keysById = new Map(devices.map(({ deviceId, identifier }) => [String(deviceId), keysOf(identifier)]));
  const writes = ledger.filter(({ mutating }) => mutating).map((entry) => sentBy(entry, keysById));
  return [
    ...brokenOrder(ledger, joinOperations(writes, operations), (earlier, later, key) =>
      earlier.verb === later.verb
        ? whyNotAgain(earlier, later, key, ledger)
        : whyNotAfter(earlier, later, key),
    ),
    ...exceeded('released', countOf(ledger, 'unclaimed'), atMost.released),
    ...exceeded('created', countOf(ledger, 'customerCreated'), atMost.created),
  ];
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
  return between(ledger, earlier, later).some((entry) => reads(entry, key, customerOf(later)))
    ? undefined
    : 'not read in between';
}

function whyNotAfter(earlier: Journaled, later: Journaled, key: string): string | undefined {
  const isMove = earlier.verb === 'unclaim' && later.verb === 'claim';
  return isMove && !earlier.changed.has(key) ? 'claimed before it was released' : undefined;
}

function customerOf({ operation }: Journaled): string | undefined {
  return operation.spec.partition?.customer;
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
  // Only a claim names its customer to the vendor.
  const partition = verb === 'claim' ? { customer: String(items[0]?.customerId) } : {};
  return { entry, verb, keys: items.map(keyOf), changed: new Set(changed), partition };
}

function keyOf({ deviceIdentifier, companyName }: NotedItem): string {
  return companyName === undefined ? (keysOf(deviceIdentifier)[0] ?? '?') : `name:${companyName}`;
}

function keysOf(identity: DeviceIdentity | undefined): readonly string[] {
  return identity === undefined ? [] : identityKeys(identity);
}

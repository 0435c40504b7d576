import { DEVICE_LIST } from '../../controllers/device-claim/devices.ts';
import { holderOf, resourceOf } from '../../controllers/holder.ts';
import { type DeclaredLists, readLists } from '../../controllers/lists/declared.ts';
import { DEVICE_CLAIMS, type ServedDeviceClaim } from '../../controllers/resources.ts';
import type { DeviceTypes, RecordedDevice } from '../../domain/device/facts.ts';
import { describeIdentity, identityOfKey } from '../../domain/device/identity.ts';
import { deviceKind } from '../../domain/device/kind.ts';
import type { ItemKey } from '../../domain/item.ts';
import type { DeclaredItem } from '../../engine/declaring.ts';
import { type Refusal, refusalsOf } from '../../engine/refusals.ts';
import type { KubeClient } from '../../kube/client.ts';
import { keyOf, refOf } from '../../kube/object.ts';
import { type ClaimTarget, targetOfClaim } from '../inspect/claim-target.ts';
import { findObject } from '../inspect/cluster-objects.ts';
import { readConfigMaps } from '../inspect/config-maps.ts';
import { type ItemOperation, operationsOf } from '../inspect/operations.ts';
import { type Place, type RecordEntry, recordsOf } from '../inspect/records.ts';
import type { ItemStanding, Told } from './standing.ts';
import { type DeviceState, keysOfItem, leavingStanding, nameOfItem, standingOf } from './state.ts';
import { toldOf } from './told.ts';

/** The kinds under which devices and their refusals stand in the records. */
const DEVICE = deviceKind.name;
const REFUSALS = refusalsOf(DEVICE);

/** Everything read of one claim. */
interface Gathered {
  readonly claim: ServedDeviceClaim;
  readonly holder: string;
  readonly target: ClaimTarget;
  readonly declared: DeclaredLists<DeviceTypes>;
  readonly records: ReadonlyMap<ItemKey, RecordedDevice>;
  readonly refusals: ReadonlyMap<ItemKey, Refusal>;
  /** The last operation by item. */
  readonly last: ReadonlyMap<ItemKey, ItemOperation>;
  /** By holder, what it declares: of those holders that records of this claim's devices name. */
  readonly elsewhere: ReadonlyMap<string, ReadonlySet<ItemKey>>;
}

/** How every device of a claim stands, by what the cluster holds; no vendor is asked. */
export async function devicesOfClaim(
  client: KubeClient,
  claim: ServedDeviceClaim,
  signal: AbortSignal,
): Promise<readonly ItemStanding<DeviceState>[]> {
  const gathered = await gather(client, claim, signal);
  const { declared } = gathered;
  const failures = toldOf(claim, declared.rejected);
  const told = new Map(failures.map(({ device, code, message }) => [device, { code, message }]));
  if (claim.metadata.deletionTimestamp !== undefined) return leaving(gathered, told, new Set());
  const wanted = new Set(declared.items.flatMap(keysOfItem));
  return [
    ...declared.rejected.map((entry): ItemStanding<DeviceState> => ({ state: 'failed', ...entry })),
    ...declared.items.map((item) => declaredStanding(gathered, told, item)),
    ...leaving(gathered, told, wanted),
  ];
}

async function gather(client: KubeClient, claim: ServedDeviceClaim, signal: AbortSignal): Promise<Gathered> {
  const { namespace = 'default' } = claim.metadata;
  const holder = holderOf('DeviceClaim', keyOf(claim.metadata));
  const declared = await readLists(DEVICE_LIST, claim, await readConfigMaps(client, [claim], signal));
  const target = await targetOfClaim(client, claim, signal);
  const place: Place = {
    namespace,
    ...(target.scope === undefined ? {} : { scopeHash: target.scope }),
  };
  const keys = new Set(declared.items.flatMap(keysOfItem));
  const isOurs = (kind: string, key: ItemKey, value: unknown): boolean =>
    kind === DEVICE
      ? keys.has(key) || (value as RecordedDevice).holder === holder
      : kind === REFUSALS && keys.has(key);
  const found = await recordsOf(client, place, isOurs, signal);
  const entries = found.filter(({ kind }) => kind === DEVICE);
  for (const { key } of entries) keys.add(key);
  const operations = await operationsOf(client, place, (key) => keys.has(key), signal);
  return {
    claim,
    holder,
    target,
    declared,
    records: new Map(entries.map(({ key, value }) => [key, value as RecordedDevice])),
    refusals: new Map(
      found.filter(({ kind }) => kind === REFUSALS).map(({ key, value }) => [key, value as Refusal]),
    ),
    last: new Map(operations.map((operation) => [operation.key, operation])),
    elsewhere: await declaredElsewhere(client, holder, entries, signal),
  };
}

async function declaredElsewhere(
  client: KubeClient,
  holder: string,
  entries: readonly RecordEntry[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ReadonlySet<ItemKey>>> {
  const holders = new Set(entries.map(({ value }) => (value as RecordedDevice).holder));
  holders.delete(holder);
  const declared = new Map<string, ReadonlySet<ItemKey>>();
  for (const other of holders) {
    const claim = await findObject(client, DEVICE_CLAIMS, refOf(resourceOf(other).key), signal);
    if (claim === undefined) continue;
    const { items } = await readLists(DEVICE_LIST, claim, await readConfigMaps(client, [claim], signal));
    declared.set(other, new Set(items.flatMap(keysOfItem)));
  }
  return declared;
}

function declaredStanding(
  gathered: Gathered,
  told: ReadonlyMap<string, Told>,
  item: DeclaredItem<DeviceTypes>,
): ItemStanding<DeviceState> {
  const { holder, target, records, elsewhere } = gathered;
  const keys = keysOfItem(item);
  const recorded = firstOf(keys, records);
  const last = lastOf(keys, gathered.last);
  const refusal = firstOf(keys, gathered.refusals);
  const own = told.get(nameOfItem(item));
  const declaring = recorded && elsewhere.get(recorded.holder);
  const standing = standingOf({
    holder,
    declaredByRecorded: keys.some((key) => declaring?.has(key)),
    noneInForce: noneInForce(gathered.claim),
    ...(target.companyId === undefined ? {} : { companyId: target.companyId }),
    ...(recorded === undefined ? {} : { recorded }),
    ...(last === undefined ? {} : { last }),
    ...(refusal === undefined ? {} : { refusal }),
    ...(own === undefined ? {} : { told: own }),
  });
  return { device: nameOfItem(item), ...standing };
}

/** The status counts those that wait for the customer, and does not say which; where none is in force, all of them do. */
function noneInForce({ status }: ServedDeviceClaim): boolean {
  const { claimed = 0, awaitingCustomer = 0 } = status?.devices ?? {};
  return claimed === 0 && awaitingCustomer > 0;
}

/** Devices that are recorded for the claim and not wanted by it. Those it keeps are forgotten, not released. */
function leaving(
  { claim, holder, declared, records, last }: Gathered,
  told: ReadonlyMap<string, Told>,
  wanted: ReadonlySet<ItemKey>,
): readonly ItemStanding<DeviceState>[] {
  const isDeleted = claim.metadata.deletionTimestamp !== undefined;
  const heldWhy = isDeleted ? undefined : claim.spec.suspend ? 'Suspended' : declared.incomplete;
  return [...records]
    .filter(([key, record]) => record.holder === holder && !wanted.has(key))
    .filter(([, { releasePolicy }]) => releasePolicy === 'Unclaim')
    .map(([key]) => {
      const device = describeIdentity(identityOfKey(key));
      return { device, ...leavingStanding(heldWhy, last.get(key)), ...told.get(device) };
    });
}

function firstOf<T>(keys: readonly ItemKey[], map: ReadonlyMap<ItemKey, T>): T | undefined {
  return keys.map((key) => map.get(key)).find((value) => value !== undefined);
}

function lastOf(
  keys: readonly ItemKey[],
  map: ReadonlyMap<ItemKey, ItemOperation>,
): ItemOperation | undefined {
  const found = keys.map((key) => map.get(key)).filter((operation) => operation !== undefined);
  return found.sort((a, b) => (a.name < b.name ? 1 : -1))[0];
}

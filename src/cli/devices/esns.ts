import { holderOf, resourceOf } from '../../controllers/holder.ts';
import { type DeclaredLists, readLists } from '../../controllers/lists/declared.ts';
import { ESN_LIST } from '../../controllers/netflix-device-registration/esns.ts';
import {
  NETFLIX_DEVICE_REGISTRATIONS,
  type ServedNetflixDeviceRegistration,
} from '../../controllers/resources.ts';
import type { ItemKey } from '../../domain/item.ts';
import type { RecordedRegistration, RegistrationTypes } from '../../domain/registration/facts.ts';
import { registrationKind } from '../../domain/registration/kind.ts';
import { type Refusal, refusalsOf } from '../../engine/refusals.ts';
import type { KubeClient } from '../../kube/client.ts';
import { keyOf, refOf } from '../../kube/object.ts';
import { findObject } from '../inspect/cluster-objects.ts';
import { readConfigMaps } from '../inspect/config-maps.ts';
import { type ItemOperation, operationsOf } from '../inspect/operations.ts';
import { recordsOf } from '../inspect/records.ts';
import { scopeOfAccount } from '../inspect/scope.ts';
import { type EsnFacts, type EsnState, esnStanding, leavingEsnStanding } from './esn-state.ts';
import type { ItemStanding, Told } from './standing.ts';
import { toldOf } from './told.ts';

/** The kinds under which devices and their refusals stand in the records. */
const REGISTRATION = registrationKind.name;
const REFUSALS = refusalsOf(REGISTRATION);

/** Everything read of one registration. */
interface Gathered {
  readonly object: ServedNetflixDeviceRegistration;
  readonly holder: string;
  readonly declared: DeclaredLists<RegistrationTypes>;
  readonly records: ReadonlyMap<ItemKey, RecordedRegistration>;
  readonly refusals: ReadonlyMap<ItemKey, Refusal>;
  /** The last operation by device. */
  readonly last: ReadonlyMap<ItemKey, ItemOperation>;
  /** What each other resource declares that a record of these devices names. */
  readonly elsewhere: ReadonlyMap<string, ReadonlySet<ItemKey>>;
  readonly told: ReadonlyMap<string, Told>;
}

/** How every device of a registration stands, by what the cluster holds; no vendor is asked. */
export async function esnsOfRegistration(
  client: KubeClient,
  object: ServedNetflixDeviceRegistration,
  signal: AbortSignal,
): Promise<readonly ItemStanding<EsnState>[]> {
  const gathered = await gather(client, object, signal);
  const { declared } = gathered;
  if (object.metadata.deletionTimestamp !== undefined) return leaving(gathered, new Set());
  return [
    ...declared.rejected.map((entry): ItemStanding<EsnState> => ({ state: 'failed', ...entry })),
    ...declared.items.map(({ key }) => ({ device: key, ...esnStanding(factsOf(gathered, key)) })),
    ...leaving(gathered, new Set(declared.items.map(({ key }) => key))),
  ];
}

async function gather(
  client: KubeClient,
  object: ServedNetflixDeviceRegistration,
  signal: AbortSignal,
): Promise<Gathered> {
  const { namespace = 'default' } = object.metadata;
  const holder = holderOf('NetflixDeviceRegistration', keyOf(object.metadata));
  const declared = await readLists(ESN_LIST, object, await readConfigMaps(client, [object], signal));
  const scope = await scopeOfAccount(client, { namespace, name: object.spec.accountRef.name }, signal);
  const place = { namespace, ...(scope === undefined ? {} : { scopeHash: scope }) };
  const keys = new Set(declared.items.map(({ key }) => key));
  const found = await recordsOf(
    client,
    place,
    (kind, key, value) =>
      kind === REGISTRATION
        ? keys.has(key) || (value as RecordedRegistration).holder === holder
        : kind === REFUSALS && keys.has(key),
    signal,
  );
  const entries = found.filter(({ kind }) => kind === REGISTRATION);
  for (const { key } of entries) keys.add(key);
  const operations = await operationsOf(client, place, (key) => keys.has(key), signal);
  const records = new Map(entries.map(({ key, value }) => [key, value as RecordedRegistration]));
  return {
    object,
    holder,
    declared,
    records,
    refusals: new Map(
      found.filter(({ kind }) => kind === REFUSALS).map(({ key, value }) => [key, value as Refusal]),
    ),
    last: new Map(operations.map((operation) => [operation.key, operation])),
    elsewhere: await declaredElsewhere(client, holder, [...records.values()], signal),
    told: new Map(
      toldOf(object, declared.rejected).map(({ device, code, message }) => [device, { code, message }]),
    ),
  };
}

async function declaredElsewhere(
  client: KubeClient,
  holder: string,
  records: readonly RecordedRegistration[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ReadonlySet<ItemKey>>> {
  const holders = new Set(records.map((record) => record.holder));
  holders.delete(holder);
  const declared = new Map<string, ReadonlySet<ItemKey>>();
  for (const other of holders) {
    const ref = refOf(resourceOf(other).key);
    const object = await findObject(client, NETFLIX_DEVICE_REGISTRATIONS, ref, signal);
    if (object === undefined) continue;
    const { items } = await readLists(ESN_LIST, object, await readConfigMaps(client, [object], signal));
    declared.set(other, new Set(items.map(({ key }) => key)));
  }
  return declared;
}

function factsOf(gathered: Gathered, key: ItemKey): EsnFacts {
  const { object, holder, records, last, refusals, told, elsewhere } = gathered;
  const recorded = records.get(key);
  const operation = last.get(key);
  const refusal = refusals.get(key);
  const own = told.get(key);
  return {
    holder,
    someAreLost: (object.status?.devices?.lost ?? 0) > 0,
    declaredByRecorded: recorded !== undefined && elsewhere.get(recorded.holder)?.has(key) === true,
    ...(recorded === undefined ? {} : { recorded }),
    ...(operation === undefined ? {} : { last: operation }),
    ...(refusal === undefined ? {} : { refusal }),
    ...(own === undefined ? {} : { told: own }),
  };
}

/** Devices that are recorded for the resource and not wanted by it. Those it keeps are forgotten, not unregistered. */
function leaving(
  { object, holder, declared, records, last, told }: Gathered,
  wanted: ReadonlySet<ItemKey>,
): readonly ItemStanding<EsnState>[] {
  const isDeleted = object.metadata.deletionTimestamp !== undefined;
  const heldWhy = isDeleted ? undefined : object.spec.suspend ? 'Suspended' : declared.incomplete;
  return [...records]
    .filter(([key, record]) => record.holder === holder && !wanted.has(key))
    .filter(([, { releasePolicy }]) => releasePolicy === 'Unregister')
    .map(([key]) => ({ device: key, ...leavingEsnStanding(heldWhy, last.get(key)), ...told.get(key) }));
}

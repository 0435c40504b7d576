import { endOf, type Resource } from '../../src/cli/local/settled.ts';
import {
  OPEN_LABEL,
  type ServedVendorRecord,
  VENDOR_OPERATIONS,
  VENDOR_RECORDS,
} from '../../src/controllers/resources.ts';
import { type Slice, unpackSlice } from '../../src/controllers/vendor-record/slice.ts';
import type { ResourceType } from '../../src/kube/resource.ts';
import type { World } from './world.ts';

/** What must not depend on where a controller was killed. Times, names and counts of writes are left out. */
export interface EndState {
  /** By `Kind/name`. */
  readonly resources: Readonly<Record<string, ResourceState>>;
  /** What stands at the vendor, for example who holds each device. */
  readonly holdings: Readonly<Record<string, string>>;
  /** What is recorded, decoded, by kind and key. */
  readonly records: Readonly<Record<string, unknown>>;
  /** Operations that have not ended. */
  readonly open: readonly string[];
}

interface ResourceState {
  readonly settled: boolean;
  /** `Ready=True CompanyBound`, one for each condition. */
  readonly conditions: readonly string[];
  /** The fields of the status that say what was reached. */
  readonly fields: Readonly<Record<string, unknown>>;
}

type Status = Readonly<Record<string, unknown>> & Pick<NonNullable<Resource['status']>, 'conditions'>;

export async function endStateOf(world: World): Promise<EndState> {
  const [resources, holdings, records, open] = await Promise.all([
    resourcesOf(world),
    world.fleet.vendor.holdings(world.ask),
    recordsOf(world),
    openOperationsOf(world),
  ]);
  const drawn = world.fleet.vendor.newIds(await world.ledger());
  return withoutNewIds({ resources, holdings, records, open }, drawn);
}

/** The vendor draws its ids as it likes. */
function withoutNewIds(state: EndState, ids: readonly string[]): EndState {
  const text = ids.reduce((left, id) => left.replaceAll(id, 'new'), JSON.stringify(state));
  return JSON.parse(text) as EndState;
}

/** Nothing moves by itself any more, as far as the resources and the journal tell. */
export function isSettled({ resources, open }: EndState): boolean {
  return open.length === 0 && Object.values(resources).every(({ settled }) => settled);
}

async function resourcesOf(world: World): Promise<EndState['resources']> {
  const kinds = await Promise.all(
    world.fleet.vendor.kinds.map(async ({ kind, ...type }) => {
      const objects = await world.objects<Resource>({ kind, ...type } as ResourceType<Resource>);
      return objects.map((object) => {
        const name = `${kind}/${object.metadata.name}`;
        return [name, likened(stateOf(object), world.fleet.vendor.alike?.[name])] as const;
      });
    }),
  );
  return Object.fromEntries(kinds.flat());
}

/** A resource that is as it is for one of these reasons is like one that is for another of them. */
function likened(state: ResourceState, reasons: readonly string[] = []): ResourceState {
  const ready = state.conditions.find((condition) => condition.startsWith('Ready='));
  return reasons.some((reason) => ready?.endsWith(` ${reason}`))
    ? { settled: state.settled, conditions: [reasons.join(' or ')], fields: {} }
    : state;
}

function stateOf(resource: Resource): ResourceState {
  const status = (resource.status ?? {}) as Status;
  const { companyId, devices, failures, observed, operations, pending } = status;
  const { lastCompleteReadAt: _, ...counts } = (observed ?? {}) as Readonly<Record<string, unknown>>;
  // A look that is only due is nothing to be done: its estimate comes and goes.
  const { estimatedVendorCalls: __, estimatedFinishAt: ___, ...left } = (pending ?? {}) as typeof counts;
  return {
    settled: endOf(resource) !== 'moving',
    conditions: (status.conditions ?? [])
      // What a new company still has to accept is told by the next look, which a start makes at once.
      .filter(({ type }) => type !== 'AwaitingCustomer')
      .map(({ type, status: is, reason }) => `${type}=${is} ${reason}`)
      .toSorted(),
    fields: { companyId, devices, failures, observed: counts, operations, pending: left },
  };
}

async function recordsOf(world: World): Promise<EndState['records']> {
  const slices = await world.objects(VENDOR_RECORDS);
  const entries = slices.flatMap((record) => {
    // What was spent of budgets may differ: a kill right behind it counts what was never sent.
    if (record.spec.content === 'GuardLedger') return [];
    const [kind = ''] = record.spec.slice.split('-');
    return contentOf(record).flatMap(({ value, keys }) =>
      keys.flatMap((key) => {
        const said = world.fleet.vendor.recorded(kind, value as Readonly<Record<string, unknown>>, key);
        return said === undefined ? [] : [[`${kind} ${key}`, said] as const];
      }),
    );
  });
  return Object.fromEntries(entries);
}

/** How many items the guard has counted against a budget. */
export async function guardSpent(world: World, budget: string): Promise<number> {
  const slices = await world.objects(VENDOR_RECORDS);
  const spendings = slices
    .filter(({ spec }) => spec.content === 'GuardLedger')
    .flatMap((record) => contentOf(record))
    .filter(({ value }) => (value as { readonly budget?: string }).budget === budget);
  return spendings.reduce(
    (sum, { value, keys }) => sum + (value as { readonly items: number }).items * keys.length,
    0,
  );
}

function contentOf({ spec, metadata }: ServedVendorRecord): Slice {
  const slice = unpackSlice(spec);
  if (slice === undefined) throw new Error(`VendorRecord ${metadata.name} cannot be read`);
  return slice;
}

async function openOperationsOf(world: World): Promise<readonly string[]> {
  const operations = await world.objects(VENDOR_OPERATIONS);
  return operations
    .filter(
      ({ metadata, status }) => OPEN_LABEL in (metadata.labels ?? {}) || status?.finishedAt === undefined,
    )
    .map(({ metadata, status }) => `${metadata.name} ${status?.state ?? 'Intended'}`);
}

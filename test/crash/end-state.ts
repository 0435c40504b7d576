import { endOf, type Resource } from '../../src/cli/local/settled.ts';
import {
  CUSTOMERS,
  DEVICE_CLAIMS,
  OPEN_LABEL,
  type ServedVendorRecord,
  VENDOR_ACCOUNTS,
  VENDOR_OPERATIONS,
  VENDOR_RECORDS,
} from '../../src/controllers/resources.ts';
import { type Slice, unpackSlice } from '../../src/controllers/vendor-record/slice.ts';
import { identityKeys } from '../../src/domain/device/identity.ts';
import type { World } from './world.ts';

/** What must not depend on where a controller was killed. Times, names and counts of writes are left out. */
export interface EndState {
  /** By `Kind/name`. */
  readonly resources: Readonly<Record<string, ResourceState>>;
  /** Who holds each device at the vendor, by key: `reseller/company`. */
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
    holdingsOf(world),
    recordsOf(world),
    openOperationsOf(world),
  ]);
  const ledger = await world.ledger();
  const created = ledger.flatMap(({ effect = [] }) =>
    effect.filter(({ change }) => change === 'customerCreated').map(({ customerId }) => String(customerId)),
  );
  return withoutNewIds({ resources, holdings, records, open }, created);
}

/** The vendor draws its ids as it likes. */
function withoutNewIds(state: EndState, ids: readonly string[]): EndState {
  const text = ids.reduce((left, id) => left.replaceAll(id, 'created'), JSON.stringify(state));
  return JSON.parse(text) as EndState;
}

/** Nothing moves by itself any more, as far as the resources and the journal tell. */
export function isSettled({ resources, open }: EndState): boolean {
  return open.length === 0 && Object.values(resources).every(({ settled }) => settled);
}

async function resourcesOf(world: World): Promise<EndState['resources']> {
  const kinds = await Promise.all(
    [VENDOR_ACCOUNTS, CUSTOMERS, DEVICE_CLAIMS].map(async ({ kind, ...type }) => {
      const objects = await world.objects<Resource>({ kind, ...type });
      return objects.map((object) => [`${kind}/${object.metadata.name}`, stateOf(object)] as const);
    }),
  );
  return Object.fromEntries(kinds.flat());
}

function stateOf(resource: Resource): ResourceState {
  const status = (resource.status ?? {}) as Status;
  const { companyId, devices, failures, observed, operations, pending } = status;
  const { lastCompleteReadAt: _, ...counts } = (observed ?? {}) as Readonly<Record<string, unknown>>;
  return {
    settled: endOf(resource) !== 'moving',
    conditions: (status.conditions ?? [])
      // What a new company still has to accept is told by the next look, which a start makes at once.
      .filter(({ type }) => type !== 'AwaitingCustomer')
      .map(({ type, status: is, reason }) => `${type}=${is} ${reason}`)
      .toSorted(),
    fields: { companyId, devices, failures, observed: counts, operations, pending },
  };
}

async function holdingsOf(world: World): Promise<EndState['holdings']> {
  const devices = await world.devices();
  const entries = devices.flatMap(({ identifier, claims }) =>
    claims.map(({ resellerId, ownerCompanyId }) => [
      identityKeys(identifier)[0] ?? JSON.stringify(identifier),
      `${resellerId}/${ownerCompanyId}`,
    ]),
  );
  return Object.fromEntries(entries) as EndState['holdings'];
}

async function recordsOf(world: World): Promise<EndState['records']> {
  const slices = await world.objects(VENDOR_RECORDS);
  const entries = slices.flatMap((record) => {
    // What was spent of budgets may differ: a kill right behind it counts what was never sent.
    if (record.spec.content === 'GuardLedger') return [];
    const [kind] = record.spec.slice.split('-');
    return contentOf(record)
      .filter(({ value }) => !isFoundCompany(kind, value))
      .flatMap(({ value, keys }) =>
        keys.map((key) => [`${kind} ${key}`, kind === 'company' ? 'created' : withoutTimes(value)] as const),
      );
  });
  return Object.fromEntries(entries);
}

/** How many destructive items the guard has counted. */
export async function destructiveSpent(world: World): Promise<number> {
  const slices = await world.objects(VENDOR_RECORDS);
  const spendings = slices
    .filter(({ spec }) => spec.content === 'GuardLedger')
    .flatMap((record) => contentOf(record))
    .filter(({ value }) => (value as { readonly budget?: string }).budget === 'destructive');
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

/**
 * A company that was found by its name is recorded only as long as no status binds it; and which one a created company
 * is stands in the record or, where its reply was lost, in the status. Either says enough.
 */
function isFoundCompany(kind: string | undefined, value: unknown): boolean {
  return kind === 'company' && (value as { readonly how: string }).how === 'Adopted';
}

/**
 * When something was refused, and digests that hold times, differ from world to world; whether an order number was seen
 * by now depends on when the last look was.
 */
function withoutTimes(value: unknown): unknown {
  const {
    asked: _asked,
    atMs: _atMs,
    orderNumberUnseen: _unseen,
    ...rest
  } = value as Readonly<Record<string, unknown>>;
  return rest;
}

async function openOperationsOf(world: World): Promise<readonly string[]> {
  const operations = await world.objects(VENDOR_OPERATIONS);
  return operations
    .filter(
      ({ metadata, status }) => OPEN_LABEL in (metadata.labels ?? {}) || status?.finishedAt === undefined,
    )
    .map(({ metadata, status }) => `${metadata.name} ${status?.state ?? 'Intended'}`);
}

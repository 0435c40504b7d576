import { endOf, type Resource } from '../../src/cli/local/settled.ts';
import {
  CUSTOMERS,
  DEVICE_CLAIMS,
  OPEN_LABEL,
  VENDOR_ACCOUNTS,
  VENDOR_OPERATIONS,
  VENDOR_RECORDS,
} from '../../src/controllers/resources.ts';
import { unpackSlice } from '../../src/controllers/vendor-record/slice.ts';
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
  return { resources, holdings, records, open };
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
  const entries = slices.flatMap(({ spec, metadata }) => {
    const slice = unpackSlice(spec);
    if (slice === undefined) throw new Error(`VendorRecord ${metadata.name} cannot be read`);
    const [kind] = spec.slice.split('-');
    return slice.flatMap(({ value, keys }) => keys.map((key) => [`${kind} ${key}`, value] as const));
  });
  return Object.fromEntries(entries);
}

async function openOperationsOf(world: World): Promise<readonly string[]> {
  const operations = await world.objects(VENDOR_OPERATIONS);
  return operations
    .filter(
      ({ metadata, status }) => OPEN_LABEL in (metadata.labels ?? {}) || status?.finishedAt === undefined,
    )
    .map(({ metadata, status }) => `${metadata.name} ${status?.state ?? 'Intended'}`);
}

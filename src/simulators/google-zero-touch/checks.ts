import { type DeviceIdentifier, identifierProblem } from './identifiers.ts';
import { type Entries, metadataProblem } from './metadata.ts';
import type { Settings } from './options.ts';
import type { Refusal } from './refusal.ts';
import type { Store } from './store.ts';

/** A device named in one of the two ways the vendor allows; the id wins. */
export interface DeviceName {
  readonly deviceId?: string;
  readonly identifier?: DeviceIdentifier;
}

export interface ClaimRequest {
  readonly identifier: DeviceIdentifier;
  readonly sectionType: string | undefined;
  readonly customerId: string | undefined;
  readonly entries: Entries;
  readonly simlockProfileId: string | undefined;
  /** Fields that belong to ChromeOS. */
  readonly chromeOs: boolean;
}

type Customers = Pick<Store, 'customer'>;

const SECTIONS = new Set(['SECTION_TYPE_SIM_LOCK', 'SECTION_TYPE_ZERO_TOUCH']);

/** Why a claim is refused before anybody looks who holds the device, or undefined. */
export function claimRefusal(
  store: Customers,
  settings: Settings,
  resellerId: string,
  request: ClaimRequest,
): Refusal | undefined {
  const problem = identifierProblem(request.identifier, settings);
  if (problem !== undefined) return { kind: 'invalidIdentifier', ...problem };
  return (
    sectionRefusal(request.sectionType) ??
    simlockRefusal(request) ??
    customerRefusal(store, resellerId, request) ??
    entriesRefusal(request.entries, settings)
  );
}

/** A section must be named. */
export function sectionRefusal(sectionType: string | undefined): Refusal | undefined {
  if (sectionType !== undefined && SECTIONS.has(sectionType)) return undefined;
  return { kind: 'invalidSection', message: `Invalid section type ${sectionType ?? '(unset)'}.` };
}

function simlockRefusal({ sectionType, simlockProfileId }: ClaimRequest): Refusal | undefined {
  if (simlockProfileId === undefined || sectionType === 'SECTION_TYPE_SIM_LOCK') return undefined;
  return { kind: 'invalidSection', message: 'A SIM-lock profile belongs to SECTION_TYPE_SIM_LOCK.' };
}

function customerRefusal(store: Customers, resellerId: string, request: ClaimRequest): Refusal | undefined {
  if (request.chromeOs) return { kind: 'invalidCustomer', message: 'Only Android devices are served.' };
  if (request.customerId === undefined) return { kind: 'invalidCustomer', message: 'Missing customer id.' };
  return companyRefusal(store, resellerId, request.customerId);
}

/** Why a reseller may not work for a customer, or undefined when it may. */
export function companyRefusal(
  store: Customers,
  resellerId: string,
  customerId: string,
): Refusal | undefined {
  const customer = store.customer(Number(customerId));
  if (customer === undefined)
    return { kind: 'unknownCustomer', message: `Customer ${customerId} is not found.` };
  if (customer.resellerId === resellerId) return undefined;
  return { kind: 'foreignCustomer', message: `No permission for customer ${customerId}.` };
}

/** A device must be named by its id or by a complete identifier. */
export function nameRefusal(name: DeviceName, settings: Settings): Refusal | undefined {
  if (name.deviceId !== undefined) return undefined;
  const problem = identifierProblem(name.identifier ?? {}, settings);
  return problem === undefined ? undefined : { kind: 'invalidIdentifier', ...problem };
}

/** Metadata keys must be known. */
export function entriesRefusal(entries: Entries, settings: Settings): Refusal | undefined {
  const message = metadataProblem(entries, settings.unknownMetadataKeys);
  return message === undefined ? undefined : { kind: 'invalidMetadata', message };
}

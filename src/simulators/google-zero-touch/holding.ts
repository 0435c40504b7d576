import {
  type ClaimRequest,
  claimRefusal,
  type DeviceName,
  entriesRefusal,
  nameRefusal,
  sectionRefusal,
} from './checks.ts';
import type { Ids } from './ids.ts';
import { type Entries, mergedEntries, sameEntries } from './metadata.ts';
import type { Settings } from './options.ts';
import type { Refusal, RefusalKind } from './refusal.ts';
import type { Claim, DeviceRecord, Store } from './store.ts';

/** What a change of one device came to; `effect` is absent when nothing changed. */
export type Outcome =
  | { readonly ok: true; readonly device: DeviceRecord; readonly effect?: Effect }
  | { readonly ok: false; readonly refusal: Refusal };

/** What truly changed, for the ledger. */
export type Effect = Readonly<Record<string, unknown>> & { readonly change: string };

/** What the rules of holding work on. */
export interface Registry {
  readonly store: Store;
  readonly ids: Ids;
  readonly settings: Settings;
}

/** Takes one section of a device for a customer of the reseller. Ownership is per section (8.1). */
export function claim(registry: Registry, resellerId: string, request: ClaimRequest): Outcome {
  const refusal = claimRefusal(registry.store, registry.settings, resellerId, request);
  if (refusal !== undefined) return { ok: false, refusal };
  const { store } = registry;
  const wanted: Claim = {
    sectionType: request.sectionType as string,
    ownerCompanyId: request.customerId as string,
    resellerId,
  };
  const known = store.index.byHardware(request.identifier);
  const device = known === undefined ? undefined : store.device(known);
  const holder = device?.claims.find(({ sectionType }) => sectionType === wanted.sectionType);
  if (device === undefined || holder === undefined) return taken(registry, device, wanted, request);
  if (holder.ownerCompanyId !== wanted.ownerCompanyId || holder.resellerId !== resellerId) {
    return refuse('heldElsewhere', 'The device is already claimed by another customer.');
  }
  return storeEntries(registry, device, request.entries);
}

/** Gives one section of a device back. Only its holder's reseller can; metadata goes with the last claim (9.7). */
export function unclaim(
  registry: Registry,
  resellerId: string,
  name: DeviceName,
  sectionType: string | undefined,
): Outcome {
  const refusal = sectionRefusal(sectionType) ?? nameRefusal(name, registry.settings);
  if (refusal !== undefined) return { ok: false, refusal };
  const device = named(registry.store, name);
  const held = device?.claims.find((one) => one.sectionType === sectionType && one.resellerId === resellerId);
  if (device === undefined || held === undefined) {
    return refuse('notHeld', 'The device is not claimed by this reseller.');
  }
  return { ok: true, device, effect: release(registry.store, device, held) };
}

/** Ends one claim, whoever asked for it. */
export function release(store: Store, device: DeviceRecord, held: Claim): Effect {
  const claims = device.claims.filter((one) => one !== held);
  store.putDevice({ ...device, claims, metadata: claims.length === 0 ? {} : device.metadata });
  return effectOf('unclaimed', device, held);
}

/** Writes metadata of a device the reseller holds: given keys are set, empty values delete (2.6). */
export function updateMetadata(
  registry: Registry,
  resellerId: string,
  name: DeviceName,
  entries: Entries,
): Outcome {
  const refusal = nameRefusal(name, registry.settings) ?? entriesRefusal(entries, registry.settings);
  if (refusal !== undefined) return { ok: false, refusal };
  const device = named(registry.store, name);
  if (device === undefined || !isVisible(device, resellerId)) {
    return refuse('notVisible', 'The device is not found.');
  }
  return storeEntries(registry, device, entries);
}

/** Whether the reseller may see the device: it registered at least one of its sections (2.5). */
export function isVisible(device: DeviceRecord, resellerId: string): boolean {
  return device.claims.some((one) => one.resellerId === resellerId);
}

/** The device of that name, whoever holds it. */
export function named(store: Store, name: DeviceName): DeviceRecord | undefined {
  if (name.deviceId !== undefined) return store.device(Number(name.deviceId));
  const id = name.identifier === undefined ? undefined : store.index.byHardware(name.identifier);
  return id === undefined ? undefined : store.device(id);
}

/** A free section is taken. A device free in all sections takes the identifier of the claim: so typos are mended (4). */
function taken(
  { store, ids, settings }: Registry,
  free: DeviceRecord | undefined,
  wanted: Claim,
  request: ClaimRequest,
): Outcome {
  const identifier = free === undefined || free.claims.length === 0 ? request.identifier : free.identifier;
  const device: DeviceRecord = {
    deviceId: free?.deviceId ?? ids.device(),
    identifier,
    metadata: mergedEntries(free?.metadata ?? {}, request.entries, settings.unknownMetadataKeys),
    claims: [...(free?.claims ?? []), wanted],
  };
  store.putDevice(device);
  return { ok: true, device, effect: effectOf('claimed', device, wanted) };
}

function storeEntries({ store, settings }: Registry, device: DeviceRecord, entries: Entries): Outcome {
  const metadata = mergedEntries(device.metadata, entries, settings.unknownMetadataKeys);
  if (sameEntries(metadata, device.metadata)) return { ok: true, device };
  const changed = { ...device, metadata };
  store.putDevice(changed);
  return {
    ok: true,
    device: changed,
    effect: { change: 'metadata', deviceId: String(device.deviceId), keys: Object.keys(entries) },
  };
}

function refuse(kind: RefusalKind, message: string): Outcome {
  return { ok: false, refusal: { kind, message } };
}

function effectOf(change: string, device: DeviceRecord, held: Claim): Effect {
  return {
    change,
    deviceId: String(device.deviceId),
    customerId: held.ownerCompanyId,
    sectionType: held.sectionType,
  };
}

import {
  CUSTOMERS,
  DEVICE_CLAIMS,
  NETFLIX_CHARGE_FEEDS,
  NETFLIX_DEVICE_REGISTRATIONS,
  NETFLIX_SUBSCRIPTIONS,
  OPEN_LABEL,
  type ServedCustomer,
  type ServedDeviceClaim,
  type ServedNetflixChargeFeed,
  type ServedNetflixDeviceRegistration,
  type ServedNetflixSubscription,
  type ServedVendorAccount,
  type ServedVendorOperation,
  type ServedVerizonDeviceDeletion,
  VENDOR_ACCOUNTS,
  VENDOR_OPERATIONS,
  VERIZON_DEVICE_DELETIONS,
} from '../../controllers/resources.ts';
import { scopeOf } from '../../controllers/vendor-account/scope.ts';
import type { KubeClient } from '../../kube/client.ts';
import { type NamedWatch, startNamedWatch } from '../../kube/named-watch.ts';
import type { KubeObject } from '../../kube/object.ts';
import { CONFIG_MAPS, type ConfigMap, type ResourceType, SECRETS, type Secret } from '../../kube/resource.ts';
import type { IndexFunction, Store } from '../../kube/store.ts';
import { type ReflectorOptions, startReflector } from '../../kube/watch/run.ts';
import type { ControllerParts } from './parts.ts';

/** What the controller follows in the cluster. */
export interface World {
  readonly accounts: Store<ServedVendorAccount>;
  readonly customers: Store<ServedCustomer>;
  readonly claims: Store<ServedDeviceClaim>;
  readonly subscriptions: Store<ServedNetflixSubscription>;
  readonly deletions: Store<ServedVerizonDeviceDeletion>;
  readonly feeds: Store<ServedNetflixChargeFeed>;
  readonly deviceRegistrations: Store<ServedNetflixDeviceRegistration>;
  /** The open ones, without the list of their items. */
  readonly operations: Store<ServedVendorOperation>;
  /** By name, and only those that something refers to. */
  readonly secrets: NamedWatch<Secret>;
  /** As secrets. */
  readonly configMaps: NamedWatch<ConfigMap>;
  /** Resolves when every list is complete, or the signal aborts. */
  whenComplete(signal: AbortSignal): Promise<void>;
  readonly done: Promise<unknown>;
}

/** Index of VendorAccounts by their vendor identity. */
export const BY_SCOPE = 'scope';
/** Index of what names a VendorAccount by the key of that. */
export const BY_ACCOUNT = 'account';
/** Index of DeviceClaims by the key of their Customer. */
export const BY_CUSTOMER = 'customer';

/** An operation may be a megabyte, nearly all of it items, and nothing of it is kept here but what people said. */
const OPEN_OPERATIONS = {
  selection: { labelSelector: `${OPEN_LABEL}=true` },
  pageSize: 20,
  transform: ({ metadata, spec, status }: ServedVendorOperation): ServedVendorOperation => {
    const { managedFields: _, ...kept } = metadata;
    const { resolutions } = status ?? {};
    return {
      metadata: kept,
      spec: { ...spec, itemsGzip: '', sample: [] },
      ...(resolutions === undefined ? {} : { status: { resolutions } }),
    };
  },
};

/** Follows our kinds until `signal` aborts. */
export function followWorld(parts: ControllerParts, client: KubeClient, signal: AbortSignal): World {
  const { clock, random, log, namespace } = parts;
  const onError = (error: unknown): void => log.error({ err: error }, 'fault in our own code');

  function follow<T extends KubeObject>(
    type: ResourceType<T>,
    indexes: Readonly<Record<string, IndexFunction<T>>> = {},
    more: Pick<ReflectorOptions<T>, 'selection' | 'pageSize' | 'transform'> = {},
  ) {
    const onFailure = (failure: object): void =>
      log.warn({ resource: type.plural, ...failure }, 'list or watch failed');
    const selection = { ...more.selection, ...(namespace === undefined ? {} : { namespace }) };
    const options = { client, type, clock, random, indexes, onError, onFailure, ...more, selection };
    return startReflector(options, signal);
  }

  const accounts = follow(VENDOR_ACCOUNTS, { [BY_SCOPE]: ({ spec }) => [scopeOf(spec) ?? ''] });
  const customers = follow(CUSTOMERS, { [BY_ACCOUNT]: keyOfAccount });
  const claims = follow(DEVICE_CLAIMS, {
    [BY_CUSTOMER]: ({ metadata, spec }) => [`${metadata.namespace}/${spec.customerRef.name}`],
  });
  const deletions = follow(VERIZON_DEVICE_DELETIONS, {
    [BY_ACCOUNT]: ({ metadata, spec }) => [`${metadata.namespace}/${spec.accountRef.name}`],
  });
  const operations = follow(VENDOR_OPERATIONS, {}, OPEN_OPERATIONS);
  const subscriptions = follow(NETFLIX_SUBSCRIPTIONS, { [BY_ACCOUNT]: keyOfAccount });
  const feeds = follow(NETFLIX_CHARGE_FEEDS, { [BY_ACCOUNT]: keyOfAccount });
  const deviceRegistrations = follow(NETFLIX_DEVICE_REGISTRATIONS, { [BY_ACCOUNT]: keyOfAccount });
  const secrets = startNamedWatch({ client, type: SECRETS, clock, random, onError }, signal);
  const configMaps = startNamedWatch({ client, type: CONFIG_MAPS, clock, random, onError }, signal);
  return {
    accounts: accounts.store,
    customers: customers.store,
    claims: claims.store,
    subscriptions: subscriptions.store,
    deletions: deletions.store,
    feeds: feeds.store,
    deviceRegistrations: deviceRegistrations.store,
    operations: operations.store,
    secrets,
    configMaps,
    whenComplete: async (until) => {
      await Promise.all(
        [accounts, customers, claims, subscriptions, deletions, feeds, deviceRegistrations].map(({ store }) =>
          store.whenSynced(until),
        ),
      );
    },
    done: Promise.all([
      accounts.done,
      customers.done,
      claims.done,
      subscriptions.done,
      deletions.done,
      feeds.done,
      deviceRegistrations.done,
      operations.done,
      secrets.done,
      configMaps.done,
    ]),
  };
}

/** The key of the VendorAccount that a resource names. */
function keyOfAccount({
  metadata,
  spec,
}: KubeObject & { readonly spec: { readonly accountRef: { readonly name: string } } }): readonly string[] {
  return [`${metadata.namespace}/${spec.accountRef.name}`];
}

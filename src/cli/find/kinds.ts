import type { Kind } from '../../api/definitions.generated.ts';
import { RESOURCES } from '../../api/group.ts';
import { DEVICE_LIST } from '../../controllers/device-claim/devices.ts';
import type { Columns } from '../../controllers/lists/csv.ts';
import type { ListFormat } from '../../controllers/lists/format.ts';
import { ESN_LIST } from '../../controllers/netflix-device-registration/esns.ts';
import type {
  ServedDeviceClaim,
  ServedNetflixDeviceRegistration,
  ServedNetflixSubscription,
  ServedVerizonDeviceDeletion,
} from '../../controllers/resources.ts';
import { LINE_LIST } from '../../controllers/verizon-device-deletion/lines.ts';
import type { ItemFailure, ItemKey, KindTypes } from '../../domain/item.ts';
import { subscriptionKey } from '../../domain/subscription/facts.ts';
import type { KubeClient } from '../../kube/client.ts';
import type { KubeObject } from '../../kube/object.ts';
import { defineResource, type ResourceType } from '../../kube/resource.ts';
import { esnsOfRegistration } from '../devices/esns.ts';
import { targetOfClaim } from '../inspect/claim-target.ts';

/** An entry of a resource as it is written, by its fields. */
export type WrittenEntry = Readonly<Partial<Record<string, string>>>;

/** What an entry means, or what is wrong with it. `name`: how the resource's status names it. */
export type ParsedEntry =
  | { readonly ok: true; readonly name: string; readonly keys: readonly ItemKey[] }
  | { readonly ok: false; readonly name: string; readonly failure: ItemFailure };

/** Whom the items of a resource are for, as far as the cluster says. */
export interface Addressee {
  readonly customer?: string;
  /** The vendor's id of the customer; absent while it is not bound to a company. */
  readonly companyId?: string;
  readonly account?: string;
}

/** A kind of resource that declares items. */
export interface DeclaringKind {
  readonly kind: Kind;
  readonly type: ResourceType;
  /** The entries that stand in the resource itself, each with its field. */
  inline(object: KubeObject): readonly { readonly entry: WrittenEntry; readonly where: string }[];
  /** The columns of its lists in ConfigMaps; absent for a kind without. */
  readonly columns?: Columns<string>;
  parse(entry: WrittenEntry): ParsedEntry;
  addressee(client: KubeClient, object: KubeObject, signal: AbortSignal): Promise<Addressee>;
  /** How its items stand, by the names that its status has for them; absent where records tell as much. */
  states?(client: KubeClient, object: KubeObject, signal: AbortSignal): Promise<ReadonlyMap<string, string>>;
}

/** Every kind whose resources declare items that `find` may be asked for. */
export const DECLARING_KINDS: readonly DeclaringKind[] = [
  {
    ...named('DeviceClaim'),
    ...listed(DEVICE_LIST),
    addressee: async (client, object, signal) => {
      const target = await targetOfClaim(client, object as ServedDeviceClaim, signal);
      const { customer, companyId, account } = target;
      return { customer, ...(companyId && { companyId }), ...(account && { account }) };
    },
  },
  {
    ...named('VerizonDeviceDeletion'),
    ...listed(LINE_LIST),
    addressee: ofAccount,
  },
  {
    ...named('NetflixDeviceRegistration'),
    ...listed(ESN_LIST),
    addressee: ofAccount,
    states: async (client, object, signal) => {
      const registration = object as ServedNetflixDeviceRegistration;
      const standings = await esnsOfRegistration(client, registration, signal);
      return new Map(standings.map(({ device, state }) => [device, state]));
    },
  },
  {
    ...named('NetflixSubscription'),
    inline: (object) => {
      const { billingSystemCustomerIdentifier } = (object as ServedNetflixSubscription).spec;
      return [{ entry: { billingSystemCustomerIdentifier }, where: 'spec.billingSystemCustomerIdentifier' }];
    },
    parse: ({ billingSystemCustomerIdentifier: customer = '' }) => {
      const key = subscriptionKey({ customer });
      return { ok: true, name: key, keys: [key] };
    },
    addressee: ofAccount,
  },
];

function named(kind: Kind): Pick<DeclaringKind, 'kind' | 'type'> {
  return { kind, type: defineResource<KubeObject>(RESOURCES[kind]) };
}

function listed<T extends KindTypes, Column extends string>(
  format: ListFormat<T, Column>,
): Pick<DeclaringKind, 'inline' | 'columns' | 'parse'> {
  return {
    inline: (object) => {
      const { devices = [] } = (
        object as ServedDeviceClaim | ServedNetflixDeviceRegistration | ServedVerizonDeviceDeletion
      ).spec;
      return devices.map((entry, index) => ({ entry: { ...entry }, where: `spec.devices[${index}]` }));
    },
    columns: format.columns,
    parse: (entry) => {
      const parsed = format.parse(entry);
      return parsed.ok
        ? { ok: true, name: format.describe(parsed.item.subject), keys: parsed.keys }
        : { ok: false, name: format.describe(entry), failure: parsed.failure };
    },
  };
}

async function ofAccount(_client: KubeClient, object: KubeObject): Promise<Addressee> {
  const { spec } = object as
    | ServedNetflixDeviceRegistration
    | ServedNetflixSubscription
    | ServedVerizonDeviceDeletion;
  return { account: spec.accountRef.name };
}

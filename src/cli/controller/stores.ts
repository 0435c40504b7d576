import { lineStore } from '../../archive/line-store.ts';
import type { ChargeBooks } from '../../controllers/netflix-charge-feed/charge-books.ts';
import type { ChargePlace } from '../../controllers/netflix-charge-feed/charge-object.ts';
import { chargeStore } from '../../controllers/netflix-charge-feed/charge-store.ts';
import { createTokenSecrets } from '../../controllers/netflix-subscription/token-secret.ts';
import { tokenStore } from '../../controllers/netflix-subscription/token-store.ts';
import type { Stores } from '../../engine/account.ts';
import type { KubeClient } from '../../kube/client.ts';
import { decorate } from '../../observability/decorate.ts';
import type { VendorAdapter } from '../../ports/vendor.ts';
import type { ControllerParts } from './parts.ts';

/** What stores write to. */
export interface Cluster {
  readonly client: KubeClient;
  readonly books: ChargeBooks;
}

/** Whose stores they are. */
interface Owner {
  /** Of its VendorAccount. */
  readonly key: string;
  readonly place: ChargePlace;
}

/** What must be durable on our side before a vendor is called: the stores of an account that was opened. */
export function storesOf(
  parts: ControllerParts,
  cluster: Cluster,
  owner: Owner,
  adapter: VendorAdapter,
): Stores {
  return {
    ...linesOf(parts, adapter),
    ...subscriptionsOf(parts, cluster, adapter),
    ...chargesOf(parts, cluster, owner, adapter),
  };
}

function linesOf({ archive, clock, around }: ControllerParts, adapter: VendorAdapter): Stores {
  const { lineHistories: histories, quota } = adapter;
  if (histories === undefined) return {};
  const lines = lineStore({
    histories,
    quota,
    clock,
    ...(archive === undefined ? {} : { archive: decorate('archive', archive, around) }),
  });
  return { lines: decorate('lines.store', lines, around) };
}

function subscriptionsOf(
  { tokens, around }: ControllerParts,
  { client }: Cluster,
  { subscriptions }: VendorAdapter,
): Stores {
  if (subscriptions === undefined) return {};
  const store = tokenStore(createTokenSecrets(client), tokens);
  return { subscriptions: decorate('subscriptions.store', store, around) };
}

function chargesOf(
  { clock, around }: ControllerParts,
  { client, books }: Cluster,
  { key, place }: Owner,
  { charges }: VendorAdapter,
): Stores {
  if (charges === undefined) return {};
  const store = chargeStore(client, place, books.open(key, place).book, clock);
  return { charges: decorate('charges.store', store, around) };
}

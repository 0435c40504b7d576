import { lineStore } from '../../archive/line-store.ts';
import { createTokenSecrets } from '../../controllers/netflix-subscription/token-secret.ts';
import { tokenStore } from '../../controllers/netflix-subscription/token-store.ts';
import type { Stores } from '../../engine/account.ts';
import type { KubeClient } from '../../kube/client.ts';
import { decorate } from '../../observability/decorate.ts';
import type { VendorAdapter } from '../../ports/vendor.ts';
import type { ControllerParts } from './parts.ts';

/** What must be durable on our side before a vendor is called: the stores of an account that was opened. */
export function storesOf(parts: ControllerParts, client: KubeClient, adapter: VendorAdapter): Stores {
  return { ...linesOf(parts, adapter), ...subscriptionsOf(parts, client, adapter) };
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
  client: KubeClient,
  { subscriptions }: VendorAdapter,
): Stores {
  if (subscriptions === undefined) return {};
  const store = tokenStore(createTokenSecrets(client), tokens);
  return { subscriptions: decorate('subscriptions.store', store, around) };
}

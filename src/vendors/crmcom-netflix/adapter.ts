import type { Quota } from '../../ports/quota.ts';
import type { VendorAdapter } from '../../ports/vendor.ts';
import { chargePorts } from './charges.ts';
import type { NetflixClient } from './client.ts';
import type { FailureTable } from './failure-table.ts';
import { promotionProbe } from './promotions.ts';
import { registrationPorts } from './registrations.ts';
import { type Installation, subscriptionPorts } from './subscriptions.ts';

/** One operator's login, opened. `itemsPerRequest` bounds every batch beside the vendor's own limits. */
export function netflixAdapter(
  client: NetflixClient,
  installation: Installation & { readonly failures: FailureTable },
  quota: Quota,
  itemsPerRequest: number,
  close: () => Promise<void>,
): VendorAdapter {
  return {
    subscriptions: subscriptionPorts(client, installation),
    registrations: registrationPorts(client, itemsPerRequest),
    charges: chargePorts(client, installation.readDate, itemsPerRequest, installation.failures),
    probe: promotionProbe(client),
    quota,
    close,
  };
}

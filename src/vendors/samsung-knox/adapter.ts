import type { HttpClient } from '../../http/http-client.ts';
import type { Quota } from '../../ports/quota.ts';
import type { VendorAdapter } from '../../ports/vendor.ts';
import type { SamsungClient } from './client.ts';
import { companyPorts } from './companies.ts';
import { devicePorts } from './devices.ts';

/** What an account allows beside its limits. */
export interface Allowed {
  readonly itemsPerRequest: number;
  readonly customerCreation: boolean;
}

/** One reseller account at the Knox Deployment Program, opened. */
export function samsungAdapter(
  client: SamsungClient,
  http: HttpClient,
  quota: Quota,
  { itemsPerRequest, customerCreation }: Allowed,
): VendorAdapter {
  return {
    devices: devicePorts(client, itemsPerRequest),
    companies: companyPorts(client, customerCreation),
    quota,
    close: () => http.close(),
  };
}

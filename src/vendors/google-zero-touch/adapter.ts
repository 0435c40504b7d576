import type { HttpClient } from '../../http/http-client.ts';
import type { Quota } from '../../ports/quota.ts';
import type { VendorAdapter } from '../../ports/vendor.ts';
import type { GoogleClient } from './client.ts';
import { companyPorts } from './companies.ts';
import { devicePorts } from './devices.ts';

/** One zero-touch reseller account, opened. */
export function googleAdapter(
  client: GoogleClient,
  http: HttpClient,
  quota: Quota,
  itemsPerRequest: number,
): VendorAdapter {
  return {
    devices: devicePorts(client, itemsPerRequest),
    companies: companyPorts(client),
    quota,
    close: () => http.close(),
  };
}

import type { HttpClient } from '../../http/http-client.ts';
import type { Quota } from '../../ports/quota.ts';
import type { VendorAdapter } from '../../ports/vendor.ts';
import type { SamsungClient } from './client.ts';
import { companyPorts } from './companies.ts';
import { devicePorts } from './devices.ts';

/** What an account allows beside its limits, and who hears of what it meets. */
export interface Allowed {
  readonly itemsPerRequest: number;
  readonly customerCreation: boolean;
  /** Told of a transaction state that nobody knows. */
  readonly noteState: (state: string) => void;
}

/** One reseller account at the Knox Deployment Program, opened. */
export function samsungAdapter(
  client: SamsungClient,
  http: HttpClient,
  quota: Quota,
  { itemsPerRequest, customerCreation, noteState }: Allowed,
): VendorAdapter {
  return {
    devices: devicePorts(client, itemsPerRequest, noteState),
    companies: companyPorts(client, customerCreation),
    quota,
    close: () => http.close(),
  };
}

import type { HttpClient } from '../../http/http-client.ts';
import type { Quota } from '../../ports/quota.ts';
import type { VendorAdapter } from '../../ports/vendor.ts';
import { lineHistories } from './histories.ts';
import { type LineParts, linePorts } from './lines.ts';

interface AdapterParts extends LineParts {
  readonly http: HttpClient;
  readonly quota: Quota;
}

/** One account at Verizon, opened. */
export function verizonAdapter(parts: AdapterParts): VendorAdapter {
  return {
    lines: linePorts(parts),
    lineHistories: lineHistories(parts.client, parts.accountName),
    quota: parts.quota,
    close: () => parts.http.close(),
  };
}

import type { HttpClient } from '../../http/http-client.ts';
import { ok } from '../../ports/failure.ts';
import type { Probe } from '../../ports/probe.ts';
import type { VendorAdapter } from '../../ports/vendor.ts';
import { lineHistories } from './histories.ts';
import { type LineParts, linePorts } from './lines.ts';

interface AdapterParts extends LineParts {
  readonly http: HttpClient;
}

/** One account at Verizon, opened. */
export function verizonAdapter(parts: AdapterParts): VendorAdapter {
  return {
    probe: accountProbe(parts),
    lines: linePorts(parts),
    lineHistories: lineHistories(parts.client, parts.accountName),
    quota: parts.quota,
    close: () => parts.http.close(),
  };
}

/** Costs the vendor nothing and us no page of devices. */
function accountProbe({ client, accountName }: AdapterParts): Probe {
  return {
    async look(signal) {
      const reply = await client.askForNothing(accountName, signal);
      return reply.ok ? ok({}) : reply;
    },
  };
}

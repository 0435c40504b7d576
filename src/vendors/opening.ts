import type { Environment } from '../http/dispatcher.ts';
import { type HttpClient, type ObservedExchange, openHttpClient } from '../http/http-client.ts';
import { type Redirects, resolveUrl } from '../http/origin.ts';
import type { Clock } from '../ports/clock.ts';
import type { Result } from '../ports/failure.ts';
import type { AdapterSettings } from '../ports/vendor.ts';

/** What the program lends to every vendor. */
export interface VendorDeps {
  readonly clock: Clock;
  /** Sends requests for one origin to another, for example to a simulator. */
  readonly redirects?: Redirects;
  /** Where proxies are looked up. */
  readonly env?: Environment;
  /** Asked when a write is handed to a ready connection; false keeps it here. Default: always allowed. */
  readonly mayWrite?: () => boolean;
  /** Hears of every exchange, for logs and metrics; gets nothing secret. */
  readonly observe?: (exchange: ObservedExchange) => void;
}

/** Opens the connections of an account. Fails with `rejected` when one of its addresses may not be used. */
export function openConnections(
  { limits, caBundle }: AdapterSettings,
  addresses: readonly string[],
  { clock, env, redirects, observe }: VendorDeps,
): Result<HttpClient> {
  for (const address of addresses) {
    const url = resolveUrl(address, redirects);
    if (!url.ok) return url;
  }
  return openHttpClient({
    concurrentRequests: limits.concurrentRequests,
    turn: () => clock.turn(),
    ...defined({ caBundle, env, redirects, observe }),
  });
}

/** The options that are set: an option of `undefined` is not the same as none. */
function defined<Options extends object>(
  options: Options,
): { [Name in keyof Options]?: NonNullable<Options[Name]> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as {
    [Name in keyof Options]?: NonNullable<Options[Name]>;
  };
}

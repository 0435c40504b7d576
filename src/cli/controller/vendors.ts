import type { Log } from '../../observability/log.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Leadership } from '../../ports/leadership.ts';
import { googleZeroTouchFactory } from '../../vendors/google-zero-touch/factory.ts';
import type { ControllerParts } from './parts.ts';

interface VendorDeps {
  readonly clock: Clock;
  readonly redirects: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly leadership: Leadership;
  readonly log: Log;
}

/** The vendors this program can talk to. */
export function vendorFactories(deps: VendorDeps): ControllerParts['vendors'] {
  const { clock, redirects, env, leadership, log } = deps;
  return {
    GoogleZeroTouch: googleZeroTouchFactory({
      clock,
      redirects,
      env,
      mayWrite: () => leadership.mayWrite(),
      observe: (exchange) => log.debug({ ...exchange }, 'vendor request'),
    }),
  };
}

import type { Log } from '../../observability/log.ts';
import type { CountVendorRequest } from '../../observability/metrics/vendor-requests.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Leadership } from '../../ports/leadership.ts';
import type { TokenVault } from '../../ports/token-vault.ts';
import { crmComNetflixFactory } from '../../vendors/crmcom-netflix/factory.ts';
import { googleZeroTouchFactory } from '../../vendors/google-zero-touch/factory.ts';
import type { VendorDeps as Lent } from '../../vendors/opening.ts';
import { samsungKnoxFactory } from '../../vendors/samsung-knox/factory.ts';
import { verizonUwsFactory } from '../../vendors/verizon-uws/factory.ts';
import { endpointOf, type MeasuredVendor } from './measured/vendor-endpoints.ts';
import type { ControllerParts } from './parts.ts';

interface VendorDeps {
  readonly clock: Clock;
  readonly redirects: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly leadership: Leadership;
  readonly log: Log;
  readonly count: CountVendorRequest;
  /** Where one-time tokens of new subscriptions go. */
  readonly vault: TokenVault;
}

/** The vendors this program can talk to. */
export function vendorFactories(deps: VendorDeps): ControllerParts['vendors'] {
  const { clock, redirects, env, leadership, log, count, vault } = deps;
  const depsOf = (vendor: MeasuredVendor): Lent => ({
    clock,
    redirects,
    env,
    mayWrite: () => leadership.mayWrite(),
    observe: (exchange) => {
      const { method, url, result } = exchange;
      count(vendor, endpointOf(vendor, method, url), result);
      log.debug({ ...exchange }, 'vendor request');
    },
  });
  return {
    GoogleZeroTouch: googleZeroTouchFactory(depsOf('GoogleZeroTouch')),
    SamsungKnox: samsungKnoxFactory({
      ...depsOf('SamsungKnox'),
      noteUnknownState: (state) =>
        log.warn(
          { state },
          'Samsung shows a transaction in a state nobody knows; it is taken for work in progress',
        ),
    }),
    VerizonUws: verizonUwsFactory({
      ...depsOf('VerizonUws'),
      noteRepair: () =>
        log.warn('a reply of DeleteDevices was no XML and was read after its one known slip was mended'),
    }),
    CrmComNetflix: crmComNetflixFactory({ ...depsOf('CrmComNetflix'), vault }),
  };
}

import { startCrmComNetflix } from '../../simulators/crmcom-netflix/start.ts';
import { startGoogleZeroTouch } from '../../simulators/google-zero-touch/start.ts';
import { startSamsungKnox } from '../../simulators/samsung-knox/start.ts';
import type { Simulator } from '../../simulators/simulator.ts';
import { startVerizonUws } from '../../simulators/verizon-uws/start.ts';

/** What can be said about a simulator on the command line. */
export interface SimulateOptions {
  readonly port: number;
  readonly adminPort: number;
  readonly seed?: number;
  /** Google zero-touch only. */
  readonly partnerId?: string;
  /** Samsung Knox only. */
  readonly resellerId?: string;
  /** Verizon UWS only. */
  readonly accountName?: string;
}

type Start = (options: SimulateOptions) => Promise<Simulator>;

/** How each vendor's simulator is started, by the name of its folder. */
export const VENDORS: Readonly<Record<string, Start>> = {
  'crmcom-netflix': (options) => startCrmComNetflix(common(options)),
  'google-zero-touch': (options) => startGoogleZeroTouch({ ...common(options), ...partnerOf(options) }),
  'samsung-knox': (options) => startSamsungKnox({ ...common(options), ...resellerOf(options) }),
  'verizon-uws': (options) => startVerizonUws({ ...common(options), ...accountOf(options) }),
};

function common({ port, adminPort, seed }: SimulateOptions) {
  return { port, adminPort, ...(seed === undefined ? {} : { seed }) };
}

function partnerOf({ partnerId }: SimulateOptions) {
  return partnerId === undefined ? {} : { partnerId };
}

function resellerOf({ resellerId }: SimulateOptions) {
  return resellerId === undefined ? {} : { resellerId };
}

function accountOf({ accountName }: SimulateOptions) {
  return accountName === undefined ? {} : { accountName };
}

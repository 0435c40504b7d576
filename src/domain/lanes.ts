import type { ChargeTypes } from './charge/facts.ts';
import { chargeKind } from './charge/kind.ts';
import type { CompanyTypes } from './company/facts.ts';
import { companyKind } from './company/kind.ts';
import type { DeviceTypes } from './device/facts.ts';
import { deviceKind } from './device/kind.ts';
import type { ItemKind } from './kind.ts';
import type { LineTypes } from './line/facts.ts';
import { lineKind } from './line/kind.ts';
import type { RegistrationTypes } from './registration/facts.ts';
import { registrationKind } from './registration/kind.ts';
import type { SubscriptionTypes } from './subscription/facts.ts';
import { subscriptionKind } from './subscription/kind.ts';

/** The kinds of items, by the name under which everything that is theirs is found: lanes, ports, stores, metrics. */
export interface LaneTypes {
  /** There is one set of companies, named `""`. */
  readonly companies: CompanyTypes;
  /** Sets of devices are named by company id: one set is what one company holds. */
  readonly devices: DeviceTypes;
  readonly lines: LineTypes;
  /** There is no list: subscribers are asked for one by one. */
  readonly subscriptions: SubscriptionTypes;
  /** Nothing lists or shows them: there is a writer and no reader. */
  readonly registrations: RegistrationTypes;
  /** There are two sets of charges, `PROCESSED` and `NOT_PROCESSED`. */
  readonly charges: ChargeTypes;
}

export type LaneName = keyof LaneTypes;

/** In the order in which they are asked for work: a company comes before what it is to hold. */
export const LANES: { readonly [Name in LaneName]: ItemKind<LaneTypes[Name]> } = {
  companies: companyKind,
  devices: deviceKind,
  lines: lineKind,
  subscriptions: subscriptionKind,
  registrations: registrationKind,
  charges: chargeKind,
};

export const LANE_NAMES = Object.keys(LANES) as readonly LaneName[];

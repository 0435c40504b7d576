import { RELEASE_FINALIZER } from '../../src/controllers/resources.ts';
import type { RecordedDevice } from '../../src/domain/device/facts.ts';
import { type DeviceIdentity, identityKeys } from '../../src/domain/device/identity.ts';
import {
  ACME_ID,
  account,
  BOTH_CUSTOMERS,
  COMPANIES,
  claim,
  type Fleet,
  GLOBEX_ID,
  held,
  NAMESPACE,
  phone,
  range,
  scanner,
  tablet,
} from './fleet.ts';
import { GOOGLE } from './google.ts';

const UNCLAIM = { releasePolicy: 'Unclaim' } as const;
const finalizers = [RELEASE_FINALIZER];
const phones = range(8).map(phone);
const tablets = range(2).map(tablet);
const [leaving, alsoLeaving, kept] = range(3).map(scanner) as [
  DeviceIdentity,
  DeviceIdentity,
  DeviceIdentity,
];

function guard(maxItems: number): object {
  return { guard: { settle: '30s', destructive: { maxItems, maxPercent: 100, floor: maxItems } } };
}

/** Held at the vendor and recorded for the claim. */
function stands(
  claimName: string,
  companyId: string,
  releasePolicy: RecordedDevice['releasePolicy'],
  devices: readonly DeviceIdentity[],
): { readonly records: NonNullable<Fleet['records']>; readonly devices: readonly object[] } {
  const holder = `DeviceClaim/${NAMESPACE}/${claimName}`;
  const value: RecordedDevice = { companyId, holder, releasePolicy, how: 'Claimed' };
  return {
    records: devices.map((device) => ({ kind: 'device', key: identityKeys(device)[0] ?? '', value })),
    devices: devices.map((device) => held(companyId, device)),
  };
}

const standing = [
  stands('acme-phones', ACME_ID, 'Unclaim', phones),
  stands('acme-leaving', ACME_ID, 'Unclaim', [leaving, alsoLeaving]),
  stands('acme-kept', ACME_ID, 'Keep', [kept]),
  stands('globex-tablets', GLOBEX_ID, 'Unclaim', tablets),
];

/**
 * Everything stands and is recorded; then somebody edited Git while no controller was there.
 *
 * | claim          | of its devices                                                 | its finalizer            |
 * | -------------- | -------------------------------------------------------------- | ------------------------ |
 * | acme-phones    | 6 stay, 1 is taken out, 1 is moved to globex-tablets           | is still missing         |
 * | acme-leaving   | 2 are released: it is being deleted                            | holds it until then      |
 * | acme-kept      | 1 stays with its customer: it is being deleted and says Keep   | is from an earlier policy |
 * | globex-tablets | 2 stay, 1 comes from acme-phones; it says Keep by now          | is from an earlier policy |
 */
export const RELEASES_FLEET: Fleet = {
  vendor: GOOGLE,
  manifests: [
    account(guard(100)),
    ...BOTH_CUSTOMERS,
    claim('acme-phones', 'acme', phones.slice(0, 6), UNCLAIM),
    claim('acme-leaving', 'acme', [leaving, alsoLeaving], { ...UNCLAIM, finalizers }),
    claim('acme-kept', 'acme', [kept], { finalizers }),
    claim('globex-tablets', 'globex', [...tablets, ...phones.slice(7)], { finalizers }),
  ],
  vendorState: [
    ['/customers', { customers: COMPANIES }],
    ['/devices', { devices: standing.flatMap(({ devices }) => devices) }],
  ],
  records: standing.flatMap(({ records }) => records),
  deleted: ['acme-leaving', 'acme-kept'],
  companies: [ACME_ID, GLOBEX_ID],
  atMost: { released: 4 },
};

const scanners = range(4).map(scanner);
const budgeted = [
  stands('acme-phones', ACME_ID, 'Unclaim', phones),
  stands('acme-scanners', ACME_ID, 'Unclaim', scanners),
];

/**
 * Three devices are let go of, and three are all that the budget has. Before the next controller starts somebody lets
 * go of three more: if a kill gave anything back, they would go.
 */
export const BUDGET_FLEET: Fleet = {
  vendor: GOOGLE,
  manifests: [
    account(guard(3)),
    ...BOTH_CUSTOMERS,
    claim('acme-phones', 'acme', phones.slice(0, 5), UNCLAIM),
    claim('acme-scanners', 'acme', scanners, UNCLAIM),
  ],
  vendorState: [
    ['/customers', { customers: COMPANIES }],
    ['/devices', { devices: budgeted.flatMap(({ devices }) => devices) }],
  ],
  records: budgeted.flatMap(({ records }) => records),
  edits: [claim('acme-scanners', 'acme', scanners.slice(0, 1), UNCLAIM)],
  companies: [ACME_ID],
  atMost: { released: 3 },
};

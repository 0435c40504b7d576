import type { Kind } from '../../src/api/definitions.generated.ts';
import {
  ACCOUNT,
  CHARGE_FEED,
  CLAIM,
  CUSTOMER,
  DELETION,
  NETFLIX_ACCOUNT,
  OPERATION,
  RECORD,
  REGISTRATION,
  SAMSUNG_ACCOUNT,
  SUBSCRIPTION,
  VERIZON_ACCOUNT,
  withoutSpec,
  withSpec,
} from './manifests.ts';

/** What a change of an object meets. Without `broken` it passes. */
export interface RuleCase {
  readonly kind: Kind;
  readonly why: string;
  readonly object: object;
  readonly old?: object;
  readonly broken?: { readonly path: string; readonly says: RegExp };
}

type Manifest = { readonly kind: Kind; readonly spec: object };

const good = (why: string, object: Manifest, old?: Manifest): RuleCase => ({
  kind: object.kind,
  why,
  object,
  ...(old === undefined ? {} : { old }),
});

const bad = (why: string, path: string, says: RegExp, object: Manifest, old?: Manifest): RuleCase => ({
  ...good(why, object, old),
  broken: { path, says },
});

const google = (changes: object) =>
  withSpec(ACCOUNT, { googleZeroTouch: { ...ACCOUNT.spec.googleZeroTouch, ...changes } });
const netflix = (changes: object) =>
  withSpec(NETFLIX_ACCOUNT, { crmComNetflix: { ...NETFLIX_ACCOUNT.spec.crmComNetflix, ...changes } });
const samsung = (changes: object) =>
  withSpec(SAMSUNG_ACCOUNT, { samsungKnox: { ...SAMSUNG_ACCOUNT.spec.samsungKnox, ...changes } });
const contacts = (changes: object) =>
  withSpec(SUBSCRIPTION, { registration: { ...SUBSCRIPTION.spec.registration, ...changes } });
const verizon = (changes: object) =>
  withSpec(VERIZON_ACCOUNT, { verizonUws: { ...VERIZON_ACCOUNT.spec.verizonUws, ...changes } });

const AUTH_BY_CODE = { code: '17', means: 'Auth' };
const STATE_BY_PATTERN = { messagePattern: 'not allowed', means: 'State' };
const DIGEST = `sha256:${'0'.repeat(64)}`;
const devices = (count: number) => Array.from({ length: count }, (_, n) => ({ serialNumber: `S${n}` }));
const withoutUnit = () => {
  const { unit: _, ...block } = NETFLIX_ACCOUNT.spec.crmComNetflix;
  return withSpec(NETFLIX_ACCOUNT, { crmComNetflix: block });
};
const unbound = { ...CUSTOMER, status: {} };
const operationStatus = (resolutions: readonly object[]) => ({ ...OPERATION, status: { resolutions } });
const operationWithoutFindings = { ...OPERATION, status: {} };
const FINDING = { item: 'imei:1', as: 'Happened', by: 'jane', at: '2026-11-22T05:00:00Z' };

export const RULE_CASES: readonly RuleCase[] = [
  good('a registration as documented', REGISTRATION),
  bad('no devices at all', 'spec', /name the devices/, withoutSpec(REGISTRATION, 'devices', 'devicesFrom')),
  bad(
    'more devices than fit inline',
    'spec.devices',
    /at most 1,000/,
    withSpec(REGISTRATION, { devices: Array.from({ length: 1_001 }, (_, n) => ({ esn: `NF-${n}` })) }),
  ),
  bad(
    'a group named twice',
    'spec.group',
    /exactly one/,
    withSpec(REGISTRATION, { group: { id: '1', name: 'Telkom Operator' } }),
  ),
  bad(
    'the account of a registration changed',
    'spec.accountRef',
    /immutable/,
    withSpec(REGISTRATION, { accountRef: { name: 'other' } }),
    REGISTRATION,
  ),
  good('a feed as documented', CHARGE_FEED),
  bad(
    'the account of a feed changed',
    'spec.accountRef',
    /immutable/,
    withSpec(CHARGE_FEED, { accountRef: { name: 'other' } }),
    CHARGE_FEED,
  ),
  bad(
    'a poll without pause',
    'spec.pollInterval',
    /at least 1s/,
    withSpec(CHARGE_FEED, { pollInterval: '1ms' }),
  ),
  bad('a retention of nothing', 'spec.retention', /at least 1h/, withSpec(CHARGE_FEED, { retention: '1m' })),
  good('a subscription as documented', SUBSCRIPTION),
  good('a subscription left alone', withSpec(SUBSCRIPTION, { state: 'Suspended' }), SUBSCRIPTION),
  bad(
    'registered twice over: which counts?',
    'spec.registrationSecretRef',
    /either registration or/,
    withSpec(SUBSCRIPTION, { registrationSecretRef: { name: 'x' } }),
  ),
  bad(
    'the account of a subscription changed',
    'spec.accountRef',
    /immutable/,
    withSpec(SUBSCRIPTION, { accountRef: { name: 'other' } }),
    SUBSCRIPTION,
  ),
  bad(
    'the subscriber changed',
    'spec.billingSystemCustomerIdentifier',
    /immutable/,
    withSpec(SUBSCRIPTION, { billingSystemCustomerIdentifier: 'other' }),
    SUBSCRIPTION,
  ),
  bad(
    'a country named twice',
    'spec.registration.address.country',
    /exactly one/,
    contacts({ address: { type: 'HOME', country: { id: '1', name: 'Cyprus' } } }),
  ),
  bad(
    'a country named by nothing',
    'spec.registration.phone.country',
    /exactly one/,
    contacts({ phone: { type: 'FAX', number: '1', country: {} } }),
  ),
  good('a Google account with its block', ACCOUNT),
  good('a Samsung account with its block', SAMSUNG_ACCOUNT),
  good('a CRM.COM account with its block', NETFLIX_ACCOUNT),
  good('a Verizon account with its block', VERIZON_ACCOUNT),
  bad(
    'no block at all',
    'spec.googleZeroTouch',
    /only if, vendor is Google/,
    withoutSpec(ACCOUNT, 'googleZeroTouch'),
  ),
  bad(
    'no block at all',
    'spec.samsungKnox',
    /only if, vendor is Samsung/,
    withoutSpec(SAMSUNG_ACCOUNT, 'samsungKnox'),
  ),
  bad(
    'no block at all',
    'spec.crmComNetflix',
    /only if, vendor is CrmCom/,
    withoutSpec(NETFLIX_ACCOUNT, 'crmComNetflix'),
  ),
  bad(
    'no block at all',
    'spec.verizonUws',
    /only if, vendor is Verizon/,
    withoutSpec(VERIZON_ACCOUNT, 'verizonUws'),
  ),
  bad(
    'two blocks: whose account would it be?',
    'spec.verizonUws',
    /only if, vendor is Verizon/,
    withSpec(ACCOUNT, { verizonUws: VERIZON_ACCOUNT.spec.verizonUws }),
  ),
  bad(
    'the vendor changed',
    'spec.vendor',
    /immutable/,
    VERIZON_ACCOUNT,
    withSpec(VERIZON_ACCOUNT, { vendor: 'SamsungKnox' }),
  ),
  good('another mode: that is what it is for', withSpec(ACCOUNT, { mode: 'Observe' }), ACCOUNT),
  good('another endpoint of the same partner', google({ endpoint: 'https://other.example' }), ACCOUNT),
  bad(
    'the partner changed',
    'spec.googleZeroTouch.partnerId',
    /immutable/,
    google({ partnerId: '1' }),
    ACCOUNT,
  ),
  bad(
    'the reseller changed',
    'spec.samsungKnox.resellerId',
    /immutable/,
    samsung({ resellerId: '1' }),
    SAMSUNG_ACCOUNT,
  ),
  bad(
    'the organisation changed',
    'spec.crmComNetflix.organisation',
    /immutable/,
    netflix({ organisation: 'x' }),
    NETFLIX_ACCOUNT,
  ),
  good('errors explained by code and by pattern', netflix({ failures: [AUTH_BY_CODE, STATE_BY_PATTERN] })),
  bad(
    'an error explained by both: which counts?',
    'spec.crmComNetflix.failures[0]',
    /either code or messagePattern/,
    netflix({ failures: [{ ...AUTH_BY_CODE, ...STATE_BY_PATTERN }] }),
  ),
  good('the unit left alone', netflix({ release: 'R17' }), NETFLIX_ACCOUNT),
  bad('the unit changed', 'spec.crmComNetflix.unit', /immutable/, netflix({ unit: '13' }), NETFLIX_ACCOUNT),
  bad(
    'the unit taken out: another unit would be meant',
    'spec.crmComNetflix.unit',
    /neither added nor removed/,
    withoutUnit(),
    NETFLIX_ACCOUNT,
  ),
  bad(
    'the unit added',
    'spec.crmComNetflix.unit',
    /neither added nor removed/,
    NETFLIX_ACCOUNT,
    withoutUnit(),
  ),
  good('no unit, before and after', withoutUnit(), withoutUnit()),
  bad(
    'the account changed',
    'spec.verizonUws.accountName',
    /immutable/,
    verizon({ accountName: '1' }),
    VERIZON_ACCOUNT,
  ),
  good('a simulator on this machine without TLS', google({ endpoint: 'http://127.0.0.1:8080' })),
  good('a simulator on this machine by name', samsung({ endpoint: 'http://localhost' })),
  good('a simulator on this machine by IPv6', netflix({ endpoint: 'http://[::1]:8080/base' })),
  bad(
    'credentials in the clear',
    'spec.googleZeroTouch.endpoint',
    /https/,
    google({ endpoint: 'http://vendor.example' }),
  ),
  bad(
    'credentials in the clear',
    'spec.samsungKnox.endpoint',
    /https/,
    samsung({ endpoint: 'http://10.0.0.1' }),
  ),
  bad(
    'a host that only begins like this machine',
    'spec.crmComNetflix.endpoint',
    /https/,
    netflix({ endpoint: 'http://localhost.evil.example' }),
  ),
  bad(
    'credentials in the clear',
    'spec.verizonUws.endpoint',
    /https/,
    verizon({ endpoint: 'http://vendor.example' }),
  ),
  good('approvals with an end', SAMSUNG_ACCOUNT),
  bad(
    'both ways to approve: which one counts?',
    'spec.approvals',
    /not both/,
    withSpec(ACCOUNT, { approvals: [{ digest: DIGEST, validUntil: '2026-12-24T18:00:00Z' }] }),
  ),
  good('a fast resync', withSpec(ACCOUNT, { resyncInterval: '1s' })),
  bad(
    'a resync without pause',
    'spec.resyncInterval',
    /at least 1s/,
    withSpec(ACCOUNT, { resyncInterval: '0s' }),
  ),
  good('the longest window', withSpec(ACCOUNT, { guard: { window: '168h' } })),
  bad(
    'a window over a week',
    'spec.guard.window',
    /168h/,
    withSpec(ACCOUNT, { guard: { window: '168h1s' } }),
  ),
  bad(
    'a window of no time: the guard would never count',
    'spec.guard.window',
    /1s/,
    withSpec(ACCOUNT, { guard: { window: '0h' } }),
  ),

  good('lines to be deleted by somebody who has understood', DELETION),
  good('lines of a ConfigMap alone', withoutSpec(DELETION, 'devices')),
  bad(
    'lines to be deleted by somebody who has not',
    'spec.irreversible',
    /cannot be undone/,
    withSpec(DELETION, { irreversible: false }),
  ),
  bad('no lines at all', 'spec', /name the lines/, withoutSpec(DELETION, 'devices', 'devicesFrom')),
  bad(
    'more lines than one list can have',
    'spec.devices',
    /at most 1,000/,
    withSpec(DELETION, {
      devices: Array.from({ length: 1001 }, (_, n) => ({ kind: 'iccid', identifier: String(n) })),
    }),
  ),
  bad(
    'the account changed',
    'spec.accountRef',
    /immutable/,
    withSpec(DELETION, { accountRef: { name: 'other' } }),
    DELETION,
  ),
  bad(
    'a past longer than any',
    'spec.history.lookback',
    /87600h/,
    withSpec(DELETION, { history: { lookback: '87601h' } }),
  ),
  good('an account may be emptied line by line', withSpec(DELETION, { suspend: true }), DELETION),

  good('a new customer', unbound),
  good('another name before the company is known', withSpec(unbound, { companyName: 'Acme AG' }), unbound),
  bad(
    'another name for a bound company',
    'spec.companyName',
    /frozen/,
    withSpec(CUSTOMER, { companyName: 'Acme AG' }),
    CUSTOMER,
  ),
  good('the id it is bound to, written down later', CUSTOMER, withoutSpec(CUSTOMER, 'companyId')),
  good('the id left out again', withoutSpec(CUSTOMER, 'companyId'), CUSTOMER),
  bad(
    'another company than the bound one',
    'spec.companyId',
    /bound/,
    withSpec(CUSTOMER, { companyId: '1' }),
    CUSTOMER,
  ),
  good('the controller binds the company', CUSTOMER, unbound),
  bad(
    'another account',
    'spec.accountRef',
    /immutable/,
    withSpec(CUSTOMER, { accountRef: { name: 'b' } }),
    CUSTOMER,
  ),

  good('devices inline and from a ConfigMap', CLAIM),
  good('devices from a ConfigMap only', withoutSpec(CLAIM, 'devices')),
  good('an empty list: the status says that it releases nothing', withSpec(CLAIM, { devices: [] })),
  bad('no list at all', 'spec', /devicesFrom/, withoutSpec(CLAIM, 'devices', 'devicesFrom')),
  good('as many devices as may stand inline', withSpec(CLAIM, { devices: devices(1000) })),
  bad('one more', 'spec.devices', /at most 1,000.*ConfigMaps/, withSpec(CLAIM, { devices: devices(1001) })),
  bad(
    'a device that nothing identifies',
    'spec.devices[1]',
    /imei, serialNumber or meid/,
    withSpec(CLAIM, { devices: [{ imei: '1' }, { manufacturer: 'Google' }] }),
  ),
  bad(
    'another customer',
    'spec.customerRef',
    /immutable/,
    withSpec(CLAIM, { customerRef: { name: 'b' } }),
    CLAIM,
  ),
  good('another order', withSpec(CLAIM, { orderNumber: 'PO-2' }), CLAIM),

  good('the journal moves on in the status', operationStatus([FINDING]), OPERATION),
  bad('the journal rewritten', 'spec', /written once/, withSpec(OPERATION, { fence: 4 }), OPERATION),
  good('a finding added', operationStatus([FINDING, FINDING]), operationStatus([FINDING])),
  bad(
    'a finding taken back',
    'status.resolutions',
    /cannot be taken back/,
    operationStatus([]),
    operationStatus([FINDING]),
  ),
  bad(
    'all findings taken away',
    'status.resolutions',
    /cannot be taken back/,
    operationWithoutFindings,
    operationStatus([FINDING]),
  ),

  good('a slice written again', withSpec(RECORD, { entries: 2, fence: 4 }), RECORD),
  bad(
    'a record of another vendor identity',
    'spec.vendorScope',
    /immutable/,
    withSpec(RECORD, { vendorScope: 'x' }),
    RECORD,
  ),
  bad(
    'a record of other content',
    'spec.content',
    /immutable/,
    withSpec(RECORD, { content: 'Proofs' }),
    RECORD,
  ),
  bad('another slice', 'spec.slice', /immutable/, withSpec(RECORD, { slice: 'device-01' }), RECORD),
];

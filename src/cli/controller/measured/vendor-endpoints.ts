/** A vendor's endpoint, told by method and path. */
interface Endpoint {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  /** The end of the path, behind whatever prefix the account's endpoint has. */
  readonly path: RegExp;
}

/** Google zero-touch (reference/reseller/rest), named as the reference names its methods. */
const GOOGLE_ZERO_TOUCH: readonly Endpoint[] = [
  { name: 'token', method: 'POST', path: /\/token$/ },
  { name: 'customers.list', method: 'GET', path: /\/customers$/ },
  { name: 'customers.create', method: 'POST', path: /\/customers$/ },
  ...[
    'claim',
    'unclaim',
    'claimAsync',
    'unclaimAsync',
    'updateMetadataAsync',
    'findByIdentifier',
    'findByOwner',
  ].map((verb) => ({
    name: `devices.${verb}`,
    method: 'POST' as const,
    path: new RegExp(`/devices:${verb}$`),
  })),
  { name: 'devices.get', method: 'GET', path: /\/devices\/[^/]+$/ },
  { name: 'operations.get', method: 'GET', path: /\/operations\/.+$/ },
];

/** The Knox Deployment Program (API reference), named as its paths are. */
const SAMSUNG_KNOX: readonly Endpoint[] = [
  { name: 'token', method: 'POST', path: /\/(oauth2\/token|users\/accesstoken)$/ },
  { name: 'devices.upload', method: 'PUT', path: /\/devices\/upload$/ },
  { name: 'devices.delete', method: 'PUT', path: /\/devices\/delete$/ },
  { name: 'devices.status', method: 'GET', path: /\/devices\/status$/ },
  { name: 'devices.list', method: 'GET', path: /\/devices$/ },
  { name: 'customers.list', method: 'GET', path: /\/customers\/list$/ },
  { name: 'customers.create', method: 'POST', path: /\/customers$/ },
];

/** Verizon's Unified Web Service: one address per service, whose operations stand in the body (UWS fact sheet 1). */
const VERIZON_UWS: readonly Endpoint[] = ['SessionService', 'DeviceService', 'CarrierService'].map(
  (name) => ({
    name,
    method: 'POST',
    path: new RegExp(`/${name}\\.svc$`),
  }),
);
/** The CRM.COM Web API, named as its paths are. */
const CRM_COM_NETFLIX: readonly Endpoint[] = [
  { name: 'token', method: 'POST', path: /\/authentication\/(web_api_key\/)?token$/ },
  { name: 'tokenRelease', method: 'POST', path: /\/authentication\/token\/release$/ },
  { name: 'promotions.list', method: 'GET', path: /\/netflix\/promotions\/list$/ },
  { name: 'subscriptions.show', method: 'GET', path: /\/netflix\/subscriptions\/show$/ },
  ...['create', 'suspend', 'unsuspend', 'cancel'].map((verb) => ({
    name: `subscriptions.${verb}`,
    method: 'POST' as const,
    path: new RegExp(`/netflix/subscriptions/${verb}$`),
  })),
  { name: 'charges.list', method: 'GET', path: /\/netflix\/charges\/list$/ },
  { name: 'charges.acknowledge', method: 'POST', path: /\/netflix\/charges\/acknowledge$/ },
  { name: 'devices.register', method: 'POST', path: /\/netflix\/operators\/register_devices$/ },
  { name: 'devices.unregister', method: 'POST', path: /\/netflix\/operators\/unregister_devices$/ },
];

const BY_VENDOR = {
  GoogleZeroTouch: GOOGLE_ZERO_TOUCH,
  SamsungKnox: SAMSUNG_KNOX,
  VerizonUws: VERIZON_UWS,
  CrmComNetflix: CRM_COM_NETFLIX,
} as const;

export type MeasuredVendor = keyof typeof BY_VENDOR;

/** What is in none of the tables: a path that carries ids must never become a label. */
const OTHER = 'other';

/** Every endpoint name, by vendor. */
export const VENDOR_ENDPOINTS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(BY_VENDOR).map(([vendor, endpoints]) => [
    vendor,
    [...endpoints.map(({ name }) => name), OTHER],
  ]),
);

/** The name of the endpoint that a request went to; `other` when no table has it. */
export function endpointOf(vendor: MeasuredVendor, method: string, url: string): string {
  const path = URL.canParse(url) ? new URL(url).pathname : '';
  const found = BY_VENDOR[vendor].find((endpoint) => endpoint.method === method && endpoint.path.test(path));
  return found?.name ?? OTHER;
}

import { startVerizonUws, type VerizonUwsOptions } from '../../../src/simulators/verizon-uws/start.ts';
import { findAll, type XmlElement } from '../../../src/simulators/verizon-uws/xml/element.ts';
import { parseXml } from '../../../src/simulators/verizon-uws/xml/parse.ts';

export const ACCOUNT = '0252067890-00001';
const V2 = 'http://nphase.com/unifiedwebservice/v2';
const CONTRACT = 'http://schemas.datacontract.org/2004/07/NPhase.UnifiedWebService.APIs.v2.Contract';

export const START_MS = Date.UTC(2026, 0, 1);
export const MINUTE_MS = 60_000;
export const DAY_MS = 24 * 60 * MINUTE_MS;

/** One answer of the vendor. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The code of the fault without its first segment, the service's; undefined for a success. */
  readonly fault: string | undefined;
  /** The texts of every element of that local name, in order. */
  all(name: string): readonly string[];
  /** The text of the first; undefined when there is none or it is nil. */
  one(name: string): string | undefined;
}

export interface AdminAnswer {
  readonly status: number;
  readonly text: string;
  /** Of many shapes; each test says by its expectation what must be there. */
  readonly body: Record<string, unknown>;
}

/** What most tests start from: a running vendor, a login and a session. */
export interface World {
  readonly url: string;
  readonly adminUrl: string;
  readonly username: string;
  readonly password: string;
  readonly token: string;
  /** Calls an operation with the content of its Input; prefixes: nph the service's contract, nph1 the common one. */
  call(service: string, operation: string, input: string, token?: string): Promise<Answer>;
  admin(method: string, path: string, body?: unknown): Promise<AdminAnswer>;
  /** Moves the time. */
  advance(ms: number): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts the world with a clock that stands still until it is moved. */
export async function startWorld(options: VerizonUwsOptions = {}): Promise<World> {
  const simulator = await startVerizonUws({ clock: { now: () => START_MS }, ...options });
  const admin = (method: string, path: string, body?: unknown) =>
    sendAdmin(`${simulator.adminUrl}${path}`, method, body);
  const made = (await admin('POST', '/users', {})).body as { username: string; password: string };
  const call = (service: string, operation: string, input: string, token?: string) =>
    send(simulator.url, service, operation, envelope(service, operation, input, token));
  const token = (await call('SessionService', 'LogIn', credentials(made))).one('SessionToken') ?? '';
  return {
    url: simulator.url,
    adminUrl: simulator.adminUrl,
    ...made,
    token,
    call: (service, operation, input, other) => call(service, operation, input, other ?? token),
    admin,
    advance: async (ms) => {
      await admin('POST', '/time/advance', { ms });
    },
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}

export function credentials({ username, password }: { username: string; password: string }): string {
  return `<nph:Username>${username}</nph:Username><nph:Password>${password}</nph:Password>`;
}

/** The envelope the way a careful client writes it; without a token it has no header. */
export function envelope(service: string, operation: string, input: string, token?: string): string {
  const header = token === undefined ? '' : `<s:Header><v2:token>${token}</v2:token></s:Header>`;
  const namespaces = [
    'xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"',
    `xmlns:v2="${V2}"`,
    `xmlns:nph="${CONTRACT}.${service}"`,
    `xmlns:nph1="${CONTRACT}.Common"`,
    'xmlns:i="http://www.w3.org/2001/XMLSchema-instance"',
  ].join(' ');
  const body = `<s:Body><v2:${operation}><v2:Input>${input}</v2:Input></v2:${operation}></s:Body>`;
  return `<s:Envelope ${namespaces}>${header}${body}</s:Envelope>`;
}

/** Posts a whole message to the service. */
export async function send(
  url: string,
  service: string,
  operation: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(`${url}/api/v2/${service}.svc`, {
    method: 'POST',
    headers: {
      'content-type': 'text/xml; charset=utf-8',
      soapaction: `"${V2}/I${service}/${operation}"`,
      ...headers,
    },
    body,
  });
  const text = await response.text();
  const root = tried(text);
  const all = (name: string) => (root === undefined ? [] : findAll(root, name).map((found) => found.text));
  const one = (name: string) => {
    const [found] = root === undefined ? [] : findAll(root, name);
    return found?.attributes.some((attribute) => attribute.name === 'nil') === true ? undefined : found?.text;
  };
  return {
    status: response.status,
    headers: response.headers,
    text,
    fault: one('faultcode')?.replace(/^\w+\./, ''),
    all,
    one,
  };
}

function tried(text: string): XmlElement | undefined {
  try {
    return parseXml(text);
  } catch {
    return undefined;
  }
}

async function sendAdmin(url: string, method: string, body?: unknown): Promise<AdminAnswer> {
  const init = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(url, { method, ...init });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true;
  return {
    status: response.status,
    text,
    body: isJson ? (JSON.parse(text) as Record<string, unknown>) : {},
  };
}

/** A kind and a value, as inside `Device`. */
export function named(kind: string, value: string): string {
  return `<nph1:Kind>${kind}</nph1:Kind><nph1:Identifier>${value}</nph1:Identifier>`;
}

/** A `DeviceList` of devices with one identifier each, or with several. */
export function deviceList(
  ...devices: readonly (readonly [string, string] | readonly [string, string][])[]
): string {
  const written = devices.map((device) => {
    const names =
      typeof device[0] === 'string' ? [device as [string, string]] : (device as [string, string][]);
    const inner = names.map(
      ([kind, value]) => `<nph1:DeviceIdentifier>${named(kind, value)}</nph1:DeviceIdentifier>`,
    );
    return `<nph1:DeviceIdentifierCollection><nph1:DeviceIdentifiers>${inner.join('')}</nph1:DeviceIdentifiers></nph1:DeviceIdentifierCollection>`;
  });
  return `<nph:DeviceList>${written.join('')}</nph:DeviceList>`;
}

/** Deletes lines by ICCID. */
export function deleteByIccid(world: World, ...iccids: readonly string[]): Promise<Answer> {
  const list = deviceList(...iccids.map((iccid): [string, string] => ['iccid', iccid]));
  return world.call('DeviceService', 'DeleteDevices', `<nph:AccountName>${ACCOUNT}</nph:AccountName>${list}`);
}

/** The true state of the line with that ICCID; undefined when it is gone. */
export async function stateOf(world: World, iccid: string): Promise<string | undefined> {
  const devices = (await world.admin('GET', '/devices')).body as unknown as {
    state: string;
    identifiers: Record<string, string>;
  }[];
  return devices.find(({ identifiers }) => identifiers['iccid'] === iccid)?.state;
}

/** Adds one line and answers it. */
export async function addLine(world: World, identifiers: object, more: object = {}) {
  const answer = await world.admin('POST', '/devices', { identifiers, ...more });
  return (answer.body['devices'] as { deviceId: number; identifiers: Record<string, string> }[])[0];
}

/** A change of state of the line with that ICCID. */
export function change(world: World, iccid: string, variant: string): Promise<Answer> {
  return world.call('CarrierService', 'ChangeDeviceState', variant + deviceList(['iccid', iccid]));
}

export const DEACTIVATE =
  '<nph:Deactivate><nph:EtfWaiver>false</nph:EtfWaiver><nph:ReasonCode>FF</nph:ReasonCode></nph:Deactivate>';

/** The requests the ledger holds. */
export async function ledger(world: World, query = ''): Promise<Record<string, unknown>[]> {
  return (await world.admin('GET', `/ledger${query}`)).body as unknown as Record<string, unknown>[];
}

import { gzipSync } from 'node:zlib';
import { installDefinitions } from '../../../src/cli/local/apply.ts';
import { CUSTOMERS, DEVICE_CLAIMS, VENDOR_ACCOUNTS } from '../../../src/controllers/resources.ts';
import { createKubeClient, type KubeClient } from '../../../src/kube/client.ts';
import { openAccess } from '../../../src/kube/config.ts';
import { createConnection } from '../../../src/kube/connection.ts';
import type { KubeObject } from '../../../src/kube/object.ts';
import { CONFIG_MAPS, NAMESPACES, type ResourceType, SECRETS } from '../../../src/kube/resource.ts';
import type { Result } from '../../../src/ports/failure.ts';
import { adminFace } from '../../support/admin-face.ts';
import { customer, googleAccount, imei } from '../../support/fleet.ts';
import { createSystemClock } from '../../support/system-clock.ts';
import type { VendorReady } from './vendor.ts';

const NAMESPACE = 'fleet';
const CUSTOMERS_COUNT = 10;
const CLAIMS_PER_CUSTOMER = 4;
const DEVICES_PER_CUSTOMER = 10_000;
/** The claim that is edited: short enough to stand inline, as a person would edit it. */
export const EDITED_DEVICES = 200;
const EDITED = 'claim-0-0';

/** The fleet of the benchmark, in the API and at the vendor. */
export interface Fleet {
  readonly devices: number;
  readonly claims: number;
  /** Of 5,000 devices a batch, the vendor's default limit. */
  readonly fewestWrites: number;
  /** Claims that are Ready for their latest spec. */
  readyClaims(): Promise<number>;
  /** Swaps half of the devices of the short claim for others. */
  editOneClaim(): Promise<void>;
  /** Mutating requests that the vendor saw. */
  writes(): Promise<number>;
  close(): Promise<void>;
}

/** Everything stands there before any controller starts. */
export async function createFleet(apiUrl: string, vendor: VendorReady): Promise<Fleet> {
  const clock = createSystemClock();
  const connection = createConnection({ access: openAccess(apiUrl), clock, userAgent: 'bench' });
  const client = createKubeClient(connection, clock);
  const { signal } = new AbortController();
  const apply = applier(client, signal);
  await installDefinitions(client, clock, signal);
  await apply(NAMESPACES, { metadata: { name: NAMESPACE } });
  const ask = adminFace(vendor);
  const key = JSON.stringify(await ask('POST', '/service-accounts', {}));
  await apply(SECRETS, {
    metadata: { namespace: NAMESPACE, name: 'google-key' },
    data: { 'key.json': Buffer.from(key).toString('base64') },
  });
  await apply(VENDOR_ACCOUNTS, placed(googleAccount(vendor.url)));
  for (let number = 0; number < CUSTOMERS_COUNT; number += 1) {
    const companyId = String(700_000 + number);
    const name = `customer-${number}`;
    await ask('POST', '/customers', { companyName: name, companyId });
    await apply(CUSTOMERS, placed(customer(name, { companyName: name, companyId })));
    for (const part of partsOf(number)) await applyClaim(apply, part);
  }
  return {
    devices: CUSTOMERS_COUNT * DEVICES_PER_CUSTOMER,
    claims: CUSTOMERS_COUNT * CLAIMS_PER_CUSTOMER,
    fewestWrites: CUSTOMERS_COUNT * Math.ceil(DEVICES_PER_CUSTOMER / 5_000),
    readyClaims: async () => {
      const listed = unwrap(await client.list(DEVICE_CLAIMS, { namespace: NAMESPACE, limit: 100 }, signal));
      return listed.items.filter(isReady).length;
    },
    editOneClaim: () => apply(DEVICE_CLAIMS, shortClaim(partsOf(0)[0] as Part, EDITED_DEVICES / 2)),
    writes: async () => {
      const ledger = (await ask('GET', '/ledger?mutating=true')) as readonly unknown[];
      return ledger.length;
    },
    close: () => connection.close(),
  };
}

/** The devices of one claim, as numbers. */
interface Part {
  readonly claim: string;
  readonly customer: string;
  readonly from: number;
  readonly count: number;
}

/** The four claims of a customer; the first one of all is short. */
function partsOf(number: number): readonly Part[] {
  const first = number === 0 ? EDITED_DEVICES : DEVICES_PER_CUSTOMER / CLAIMS_PER_CUSTOMER;
  const others = CLAIMS_PER_CUSTOMER - 1;
  const parts: Part[] = [];
  for (let index = 0, from = number * DEVICES_PER_CUSTOMER; index <= others; index += 1) {
    const left = (number + 1) * DEVICES_PER_CUSTOMER - from;
    const count = index === 0 ? first : Math.ceil(left / (CLAIMS_PER_CUSTOMER - index));
    parts.push({ claim: `claim-${number}-${index}`, customer: `customer-${number}`, from, count });
    from += count;
  }
  return parts;
}

type Apply = (type: ResourceType, object: object) => Promise<void>;

function applier(client: KubeClient, signal: AbortSignal): Apply {
  return async (type, object) => {
    const options = { fieldManager: 'bench', force: true };
    unwrap(await client.apply(type, object as KubeObject, options, signal));
  };
}

async function applyClaim(apply: Apply, part: Part): Promise<void> {
  if (part.claim === EDITED) return apply(DEVICE_CLAIMS, shortClaim(part, 0));
  const rows = numbersOf(part).map((number) => `${imei(number)},Google,Pixel 8`);
  const csv = ['imei,manufacturer,model', ...rows].join('\n');
  await apply(CONFIG_MAPS, {
    metadata: { namespace: NAMESPACE, name: part.claim },
    binaryData: { 'devices.csv.gz': gzipSync(csv).toString('base64') },
  });
  await apply(
    DEVICE_CLAIMS,
    claimOf(part, { devicesFrom: [{ configMapKeyRef: { name: part.claim, key: 'devices.csv.gz' } }] }),
  );
}

/** The first so many devices are other ones than before. */
function shortClaim(part: Part, swapped: number): object {
  const numbers = numbersOf(part).map((number, index) => (index < swapped ? 900_000 + number : number));
  const devices = numbers.map((number) => ({ imei: imei(number), manufacturer: 'Google', model: 'Pixel 8' }));
  return claimOf(part, { devices });
}

function claimOf({ claim, customer: name }: Part, spec: object): object {
  return { metadata: { namespace: NAMESPACE, name: claim }, spec: { customerRef: { name }, ...spec } };
}

function numbersOf({ from, count }: Part): readonly number[] {
  return Array.from({ length: count }, (_, index) => from + index);
}

function placed(manifest: { readonly metadata: object }): object {
  return { ...manifest, metadata: { ...manifest.metadata, namespace: NAMESPACE } };
}

function isReady({ metadata, status }: KubeObject): boolean {
  const { observedGeneration, conditions = [] } = (status ?? {}) as {
    readonly observedGeneration?: number;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
  };
  const isTrue = conditions.some(({ type, status: value }) => type === 'Ready' && value === 'True');
  return isTrue && observedGeneration === metadata.generation;
}

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.failure.code}: ${result.failure.message}`);
  return result.value;
}

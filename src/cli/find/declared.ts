import { DEVICE_COLUMNS } from '../../controllers/device-claim/devices.ts';
import { DEVICE_CLAIMS, type ServedDeviceClaim } from '../../controllers/resources.ts';
import { readSource } from '../../controllers/source.ts';
import {
  type DeviceIdentity,
  describeIdentity,
  identityKeys,
  parseIdentity,
} from '../../domain/device/identity.ts';
import type { ItemKey } from '../../domain/item.ts';
import type { KubeClient } from '../../kube/client.ts';
import { targetOfClaim } from '../inspect/claim-target.ts';
import { readConfigMaps } from '../inspect/config-maps.ts';
import { everyOf } from '../pages.ts';
import type { Sought } from './identifier.ts';

/** A resource that declares what is looked for. */
export interface Declaration {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** The entry as it is written. */
  readonly entry: DeviceIdentity;
  /** Where it is written: `spec.devices[3]`, or `order/devices.csv:7` for a ConfigMap, its key and the line. */
  readonly where: string;
  /** What is wrong with the entry; absent when nothing is. */
  readonly wrong?: string;
  readonly customer: string;
  readonly companyId?: string;
  readonly account?: string;
  /** Every key the item may be filed under. */
  readonly keys: readonly ItemKey[];
  /** What the resource's status tells of it; only the first 50 stand there. */
  readonly told?: { readonly code: string; readonly message: string };
}

/** Every entry of every DeviceClaim that means what is looked for. */
export async function declarationsOf(
  client: KubeClient,
  namespace: string | undefined,
  sought: Sought,
  signal: AbortSignal,
): Promise<readonly Declaration[]> {
  const selection = namespace === undefined ? {} : { namespace };
  const claims = await everyOf(client, DEVICE_CLAIMS, selection, signal);
  const found: Declaration[] = [];
  for (const claim of claims) {
    const entries = await entriesOf(client, claim, signal);
    const meant = entries.filter(({ entry }) => means(entry, sought));
    if (meant.length === 0) continue;
    const { customer, companyId, account } = await targetOfClaim(client, claim, signal);
    const target = {
      customer,
      ...(companyId === undefined ? {} : { companyId }),
      ...(account === undefined ? {} : { account }),
    };
    found.push(...meant.map((each) => ({ ...declarationOf(claim, each), ...target })));
  }
  return found;
}

interface Written {
  readonly entry: DeviceIdentity;
  readonly where: string;
}

async function entriesOf(
  client: KubeClient,
  claim: ServedDeviceClaim,
  signal: AbortSignal,
): Promise<readonly Written[]> {
  const { metadata, spec } = claim;
  const inline = (spec.devices ?? []).map((entry, index) => ({ entry, where: `spec.devices[${index}]` }));
  const configMaps = await readConfigMaps(client, [claim], signal);
  const listed: Written[] = [];
  for (const { configMapKeyRef } of spec.devicesFrom ?? []) {
    const { name, key } = configMapKeyRef;
    const found = configMaps(metadata.namespace ?? 'default', name);
    if (found.state !== 'present') continue;
    const { entries } = await readSource(found.object, key, DEVICE_COLUMNS);
    for (const { declared, line } of entries) {
      listed.push({ entry: declared, where: `${name}/${key}:${line}` });
    }
  }
  return [...inline, ...listed];
}

function means(entry: DeviceIdentity, sought: Sought): boolean {
  const { imei, imei2, meid, serialNumber } = entry;
  const parsed = parseIdentity(entry);
  if (parsed.ok) return identityKeys(parsed.identity).some((key) => sought.matches(key));
  return [imei, imei2, meid, serialNumber].some(
    (written) => written !== undefined && sought.isWritten(written),
  );
}

function declarationOf(
  { metadata, status }: ServedDeviceClaim,
  { entry, where }: Written,
): Omit<Declaration, 'customer'> {
  const parsed = parseIdentity(entry);
  const keys = parsed.ok ? identityKeys(parsed.identity) : [];
  const device = describeIdentity(parsed.ok ? parsed.identity : entry);
  const told = status?.failures?.find((failure) => failure.device === device);
  return {
    kind: 'DeviceClaim',
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    entry,
    where,
    keys,
    ...(parsed.ok ? {} : { wrong: `${parsed.failure.code}: ${parsed.failure.message}` }),
    ...(told === undefined ? {} : { told: { code: told.code, message: told.message ?? '' } }),
  };
}

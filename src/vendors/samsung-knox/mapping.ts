import { createHash } from 'node:crypto';
import type { DesiredDevice, DeviceRow } from '../../domain/device/facts.ts';
import { parseImei, parseMeid } from '../../domain/device/identifier.ts';
import { type DeviceIdentity, identityOfKey } from '../../domain/device/identity.ts';
import type { ItemKey, Partition } from '../../domain/item.ts';
import { deviceStanding, PROFILE_SERVICE } from './assumed.ts';
import type { UploadRequest, WireDevice, WireProfileAlias, WireType } from './wire.ts';

/** One identifier as a request holds it. */
export interface WireName {
  readonly type: WireType;
  readonly identifier: string;
}

/** What of a claim's `vendorParams` an upload carries, each for all of its devices. */
const UPLOAD_PARAMS = ['profileAliases', 'vendorId', 'targetService'] as const;

/** Longest value of a partition (crds, VendorOperation). */
const MAX_PARTITION_CHARACTERS = 256;

/**
 * How a request names a device: by the identifier of the key it is filed under, so that the key alone tells, after
 * a restart too, which device a failure speaks of.
 */
export function nameOf(key: ItemKey, subject: DeviceIdentity = {}): WireName {
  const { imei, meid, serialNumber = '' } = identityOfKey(key);
  if (imei !== undefined) return { type: 'IMEI', identifier: imei };
  if (meid !== undefined) return { type: 'MEID', identifier: meid };
  // Keys hold serial numbers in capitals; what is sent is what was declared.
  const isSame = subject.serialNumber?.toUpperCase() === serialNumber;
  return { type: 'SN', identifier: isSame ? (subject.serialNumber ?? serialNumber) : serialNumber };
}

/** One customer, one kind of identifier, and for an upload one order and one set of parameters. */
export function partitionOf(verb: 'claim' | 'unclaim', key: ItemKey, desired: DesiredDevice): Partition {
  const common = { customer: desired.companyId, identifierType: nameOf(key).type };
  if (verb === 'unclaim') return common;
  const { orderNumber, vendorParams } = desired;
  const params = UPLOAD_PARAMS.flatMap((name) => {
    const value = vendorParams[name];
    return value === undefined || value === '' ? [] : [[name, short(value)]];
  });
  return {
    ...common,
    ...(orderNumber === undefined ? {} : { orderNumber }),
    ...(Object.fromEntries(params) as Record<string, string>),
  };
}

/** The fields of an upload that its devices share beside customer, transaction and type. */
export function uploadFields({
  orderNumber,
  vendorParams,
}: DesiredDevice): Pick<UploadRequest, 'orderNo' | 'vendorId' | 'targetService' | 'profileAliases'> {
  const { vendorId, targetService } = vendorParams;
  const aliases = aliasesIn(vendorParams['profileAliases'] ?? '');
  return {
    ...(isSet(orderNumber) ? { orderNo: orderNumber } : {}),
    ...(isSet(vendorId) ? { vendorId } : {}),
    ...(isSet(targetService) ? { targetService } : {}),
    ...(aliases.length === 0 ? {} : { profileAliases: aliases }),
  };
}

/** A row of the device list. Makers and models are left out: they tell no device from another here. */
export function toRow(device: WireDevice): DeviceRow {
  const imei = device.mei ?? device.imei;
  const { meid, serialNumber, customerId, state } = device;
  return {
    identity: {
      ...(isSet(imei) ? { imei: canonical(imei, parseImei) } : {}),
      ...(isSet(meid) ? { meid: canonical(meid, parseMeid) } : {}),
      ...(isSet(serialNumber) ? { serialNumber } : {}),
    },
    observed: { companyId: customerId, ...deviceStanding(state) },
  };
}

/** The one form in which two names of the same identifier are equal. */
export function canonicalName({ type, identifier }: WireName): string {
  const forms: Readonly<Record<WireType, (text: string) => string>> = {
    IMEI: (text) => canonical(text, parseImei),
    MEID: (text) => canonical(text, parseMeid),
    SN: (text) => text.toUpperCase(),
  };
  return `${type}:${forms[type](identifier)}`;
}

/** Aliases of profiles, separated by commas (crds, DeviceClaim: vendorParams). */
function aliasesIn(text: string): readonly WireProfileAlias[] {
  return text
    .split(',')
    .map((alias) => alias.trim())
    .filter((alias) => alias !== '')
    .map((alias) => ({ alias, service: PROFILE_SERVICE }));
}

/** A value that is too long for a partition is told apart by its digest. */
function short(value: string): string {
  if (value.length <= MAX_PARTITION_CHARACTERS) return value;
  return `sha256:${createHash('sha256').update(value).digest('hex')}`;
}

function canonical(
  text: string,
  parse: (text: string) => { readonly ok: boolean; readonly value?: string },
): string {
  return parse(text).value ?? text;
}

function isSet(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

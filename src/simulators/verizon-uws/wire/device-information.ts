import type { Device } from '../device.ts';
import { asListed, listed, spelt } from '../identifiers.ts';
import type { Settings } from '../options.ts';
import { COMMON } from '../soap/names.ts';
import { element, textElement } from '../xml/write.ts';
import { pairs, timeElement } from './parts.ts';

const ARRAYS = 'http://schemas.microsoft.com/2003/10/Serialization/Arrays';

/**
 * A line as GetDeviceList and GetDeviceInformation show it: the members of fact sheet 6.2 in alphabetical order.
 * The layout inside the members is ASSUMED where the sheet names only the member.
 */
export function deviceInformation(device: Device, settings: Settings): string {
  return [
    textElement('a:AccountName', device.accountName),
    timeElement('a:BillingCycleEndDate', device.billingCycleEndAtMs),
    element('a:CarrierInformation', carrierInformation(device)),
    textElement('a:Connected', String(device.isConnected)),
    timeElement('a:CreatedAt', device.createdAtMs),
    pairs('a:CustomFields', 'a:CustomField', Object.entries(device.customFields)),
    element('a:DeviceGroupNames', textElement('b:string', device.groupName), { 'xmlns:b': ARRAYS }),
    element('a:DeviceIdentifiers', identifiers(device, settings), { 'xmlns:b': COMMON }),
    pairs('a:ExtendedAttributes', 'a:ExtendedAttribute', extendedAttributes(device, settings)),
    textElement('a:IPAddress', device.ipAddress),
    textElement('a:LastActivationBy', device.lastActivationBy),
    timeElement('a:LastActivationDate', device.lastActivationAtMs),
    timeElement('a:LastConnectionDate', device.lastConnectionAtMs),
  ].join('');
}

function carrierInformation({ carrierName, servicePlan, state }: Device): string {
  return (
    textElement('a:CarrierName', carrierName) +
    textElement('a:ServicePlan', servicePlan) +
    textElement('a:State', state)
  );
}

function identifiers(device: Device, { kindCase }: Settings): string {
  return listed(device.identifiers)
    .map(({ kind, value }) => {
      const name = textElement('b:Kind', spelt(asListed(kind), kindCase));
      return element('b:DeviceIdentifier', name + textElement('b:Identifier', value));
    })
    .join('');
}

/** `DeviceId` stands neither first nor last: its place says nothing, only its key does (6.1, 14). */
function extendedAttributes(
  { deviceId }: Device,
  { deviceIdAttribute }: Settings,
): readonly (readonly [string, string | undefined])[] {
  const id: readonly [string, string][] =
    deviceIdAttribute === 'present' ? [['DeviceId', String(deviceId)]] : [];
  return [['PrimaryPlaceOfUseState', undefined], ...id, ['SkuNumber', undefined]];
}

import type { JsonObject } from '../json.ts';
import { ACTIONS } from './states.ts';
import { childNamed, findAll, type XmlElement } from './xml/element.ts';

/**
 * What a request asks for, item by item, whether or not the vendor will understand it: devices, and for a change of
 * state also which one. Never a token or a password. Undefined for nothing.
 */
export function ledgerItems(operation: XmlElement): readonly JsonObject[] | undefined {
  const order = orderOf(operation);
  const named = [...findAll(operation, 'DeviceIdentifier'), ...findAll(operation, 'Device')];
  const devices = named.map((device) => ({
    ...order,
    kind: childNamed(device, 'Kind')?.text,
    identifier: childNamed(device, 'Identifier')?.text,
  }));
  if (devices.length > 0) return devices;
  return Object.keys(order).length > 0 ? [order] : undefined;
}

function orderOf(operation: XmlElement): JsonObject {
  const [accountName] = findAll(operation, 'AccountName');
  const [requestId] = findAll(operation, 'RequestId');
  const [etfWaiver] = findAll(operation, 'EtfWaiver');
  const action = ACTIONS.find((name) => findAll(operation, name).length > 0);
  return {
    ...(accountName === undefined || accountName.text === '' ? {} : { accountName: accountName.text }),
    ...(requestId === undefined ? {} : { requestId: requestId.text }),
    ...(action === undefined ? {} : { action }),
    ...(etfWaiver === undefined ? {} : { etfWaiver: etfWaiver.text }),
  };
}

import type { Believed, Success } from '../kind.ts';
import type { DeviceTypes, RecordedDevice } from './facts.ts';

type DeviceSuccess = Success<DeviceTypes>;

/**
 * | a success of   | lets us believe                                                   |
 * | -------------- | ----------------------------------------------------------------- |
 * | claim          | it is at the company, with the order number that was sent; where  |
 * |                | the customer has to approve, it waits for that                    |
 * | unclaim        | nobody holds it                                                   |
 * | updateMetadata | it is where it was, with the order number that was sent           |
 */
export function believedDevice(success: DeviceSuccess): Believed<DeviceTypes> {
  const { verb, target } = success;
  if (verb === 'unclaim') return { is: 'absent' };
  if (target === undefined) return { is: 'nothing' };
  const { companyId } = target.desired;
  const standing = success.awaitsCustomer ? ({ standing: 'awaitingCustomer' } as const) : {};
  return { is: 'present', fact: { companyId, orderNumber: sentOrderNumber(success) ?? '', ...standing } };
}

/** What a success makes of the record. Without a target nobody is known for whom it could be recorded. */
export function recordAfterDevice(
  success: DeviceSuccess,
): { readonly value: RecordedDevice | undefined } | undefined {
  const { verb, target, recorded } = success;
  if (verb === 'unclaim') return { value: undefined };
  if (target === undefined) return undefined;
  const { companyId, releasePolicy } = target.desired;
  const held = { companyId, holder: target.holder, releasePolicy };
  const orderNumber = sentOrderNumber(success);
  const numbered = orderNumber === undefined ? {} : { orderNumber };
  if (verb === 'claim') return { value: { ...held, how: 'Claimed', ...numbered } };
  if (recorded === undefined) return undefined;
  const unseen = orderNumber === undefined ? {} : { orderNumberUnseen: true as const };
  return { value: { ...held, how: recorded.how, ...numbered, ...unseen } };
}

/** The order number that went to the vendor, whatever is declared by now. */
function sentOrderNumber({ verb, partition, intended, target }: DeviceSuccess): string | undefined {
  // A partition has no undefined: there, an empty one is none.
  if (verb === 'updateMetadata') return partition.orderNumber || undefined;
  return intended === undefined ? target?.desired.orderNumber : intended.orderNumber;
}

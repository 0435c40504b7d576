import type { Observation } from '../item.ts';
import type { Drift } from '../kind.ts';
import type { DesiredDevice, DeviceTypes, ObservedDevice, RecordedDevice } from './facts.ts';

/**
 * | observed             | recorded here | drift                       |
 * | -------------------- | ------------- | --------------------------- |
 * | at the company       | –             | of its order number, if any |
 * | absent or unassigned | no            | NotClaimed                  |
 * | absent or unassigned | as kept       | NotClaimed                  |
 * | absent or unassigned | yes           | ReleasedByVendor            |
 * | at another company   | –             | HeldByOtherCustomer         |
 * | unknown              | –             | none that could be acted on |
 */
export function compareDevice(
  desired: DesiredDevice,
  observed: Observation<DeviceTypes>,
  recorded: RecordedDevice | undefined,
): readonly Drift[] {
  if (observed.is === 'unknown') return [];
  const holder = observed.is === 'present' ? observed.fact.companyId : undefined;
  const isRecordedHere = recorded?.companyId === desired.companyId;
  // What a former claim kept there was nobody's since: whoever let go of it did not do so behind our back.
  const wasOurs = isRecordedHere && recorded?.kept !== true;
  if (observed.is === 'present' && holder === desired.companyId) {
    return compareOrderNumber(desired, observed.fact, isRecordedHere ? recorded : undefined);
  }
  const reason = wasOurs ? 'ReleasedByVendor' : 'NotClaimed';
  return [{ reason: holder === undefined ? reason : 'HeldByOtherCustomer', field: 'spec.customerRef' }];
}

/**
 * An order number that no claim declares is nobody's business, unless it is the one our record says came from us.
 *
 * | declared | the vendor shows | our record                   | drift               |
 * | -------- | ---------------- | ---------------------------- | ------------------- |
 * | none     | ours             | ours                         | OrderNumberDiffers  |
 * | none     | anything else    | –                            | none                |
 * | N        | N                | –                            | none                |
 * | N        | does not say     | N, or none                   | none                |
 * | N        | does not say     | another one                  | OrderNumberDiffers  |
 * | N        | none             | N, taken and never shown     | none                |
 * | N        | another one      | N, taken and never shown     | OrderNumberNotKept  |
 * | N        | another or none  | anything else                | OrderNumberDiffers  |
 *
 * So a vendor that takes an order number and never shows it is asked once, not for ever.
 */
function compareOrderNumber(
  { orderNumber: declared }: DesiredDevice,
  { orderNumber: shown }: ObservedDevice,
  recorded: RecordedDevice | undefined,
): readonly Drift[] {
  const ours = recorded?.orderNumber;
  if (declared === undefined) return ours !== undefined && shown === ours ? differs : [];
  if (shown === declared) return [];
  if (shown === undefined) return ours === undefined || ours === declared ? [] : differs;
  if (ours !== declared || recorded?.orderNumberUnseen !== true) return differs;
  return shown === '' ? [] : [{ reason: 'OrderNumberNotKept', field: ORDER_NUMBER }];
}

/** Where an order number is declared. */
export const ORDER_NUMBER = 'spec.orderNumber';
const differs: readonly Drift[] = [{ reason: 'OrderNumberDiffers', field: ORDER_NUMBER }];

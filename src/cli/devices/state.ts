import type { DeviceTypes, RecordedDevice } from '../../domain/device/facts.ts';
import { describeIdentity, identifiersOf, identityKeys } from '../../domain/device/identity.ts';
import type { ItemKey } from '../../domain/item.ts';
import type { DeclaredItem } from '../../engine/declaring.ts';
import type { Refusal } from '../../engine/refusals.ts';
import type { ItemOperation } from '../inspect/operations.ts';
import type { Stands, Told } from './standing.ts';

/** How a device of a claim stands. `held`: recorded for the claim, no longer in its lists, and not released now. */
export const DEVICE_STATES = [
  'claimed',
  'pending',
  'failed',
  'conflicted',
  'awaitingCustomer',
  'releasing',
  'held',
] as const;

export type DeviceState = (typeof DEVICE_STATES)[number];

/** Everything the cluster knows about one device of a claim. */
export interface DeviceFacts {
  /** `Kind/namespace/name` of the claim. */
  readonly holder: string;
  /** The vendor's id of its company; absent while its customer is not bound to one. */
  readonly companyId?: string;
  readonly recorded?: RecordedDevice;
  /** Whether the claim that the record names declares the device. */
  readonly declaredByRecorded: boolean;
  /** The last operation that named the device. */
  readonly last?: ItemOperation;
  /** What the vendor refused it for, as recorded: it stays so until something else is declared. */
  readonly refusal?: Refusal;
  readonly told?: Told;
  /** The controller counts devices that wait for the customer's approval, and none that is in force. */
  readonly noneInForce: boolean;
}

/** Codes of a device that somebody else has: not the declaration is wrong (docs/reasons.md). */
const OF_OTHERS: readonly string[] = [
  'DECLARED_ELSEWHERE',
  'HELD_BY_KEEP',
  'HELD_BY_OTHER',
  'HELD_BY_OTHER_CUSTOMER',
  'RELEASED_BY_CUSTOMER',
  'RELEASE_HELD',
];

/** Codes of items that nothing became of; they are asked for again by themselves. */
const TO_COME: readonly string[] = ['ABANDONED', 'NOT_EXECUTED'];

/**
 * How a declared device stands, the first row that fits:
 *
 * | what the cluster knows                                | state                  |
 * | ----------------------------------------------------- | ---------------------- |
 * | the claim's status tells of it                        | failed or conflicted   |
 * | an operation is under way for it                      | pending                |
 * | recorded for this claim, at the company of this claim | claimed, or awaitingCustomer where none is in force |
 * | recorded for another claim that declares it as well   | conflicted             |
 * | the last operation of this company refused it         | failed or conflicted   |
 * | a refusal of it is recorded                           | failed or conflicted   |
 * | anything else                                         | pending                |
 */
export function standingOf(facts: DeviceFacts): Stands<DeviceState> {
  const { told, last, recorded, holder, companyId } = facts;
  if (told !== undefined) return refused(told.code, told.message);
  if (last?.outcome.is === 'open') {
    return { state: 'pending', code: '', message: `${last.verb}: ${last.name} is ${last.state}` };
  }
  if (recorded !== undefined && recorded.holder !== holder)
    return elsewhere(recorded, facts.declaredByRecorded);
  if (recorded !== undefined && (companyId === undefined || recorded.companyId === companyId)) {
    return { state: facts.noneInForce ? 'awaitingCustomer' : 'claimed', code: '', message: '' };
  }
  if (last?.outcome.is === 'failed' && (last.partition['customer'] ?? companyId) === companyId) {
    return refused(last.outcome.code, last.outcome.message);
  }
  if (last === undefined && facts.refusal?.verb === 'claim') {
    return refused(facts.refusal.code, facts.refusal.message);
  }
  return { state: 'pending', code: '', message: '' };
}

/** How a device stands that is recorded for the claim and not declared by it (any more). `heldWhy`: not released now. */
export function leavingStanding(
  heldWhy: string | undefined,
  last: ItemOperation | undefined,
): Stands<DeviceState> {
  if (heldWhy !== undefined) {
    return {
      state: 'held',
      code: heldWhy,
      message: 'not in the lists of the claim, which cannot be trusted now',
    };
  }
  if (last?.verb === 'unclaim' && last.outcome.is === 'failed') {
    return { state: 'releasing', code: last.outcome.code, message: last.outcome.message };
  }
  return { state: 'releasing', code: '', message: '' };
}

/** Every key a declared device may be filed under, at vendors that look at maker and model and at those that do not. */
export function keysOfItem({ key, subject }: DeclaredItem<DeviceTypes>): readonly ItemKey[] {
  return [...new Set([key, ...identityKeys(subject), ...identityKeys(identifiersOf(subject))])];
}

/** As it stands in `status.failures`. */
export function nameOfItem({ subject }: DeclaredItem<DeviceTypes>): string {
  return describeIdentity(subject);
}

function refused(code: string, message: string): Stands<DeviceState> {
  if (TO_COME.includes(code)) return { state: 'pending', code, message };
  return { state: OF_OTHERS.includes(code) ? 'conflicted' : 'failed', code, message };
}

function elsewhere({ holder }: RecordedDevice, declared: boolean): Stands<DeviceState> {
  return declared
    ? {
        state: 'conflicted',
        code: 'DECLARED_ELSEWHERE',
        message: `${holder} declares this device too and holds it`,
      }
    : { state: 'pending', code: '', message: `recorded for ${holder}` };
}

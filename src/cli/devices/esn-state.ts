import type { RecordedRegistration } from '../../domain/registration/facts.ts';
import type { Refusal } from '../../engine/refusals.ts';
import type { ItemOperation } from '../inspect/operations.ts';
import type { Stands, Told } from './standing.ts';

/** How a device of a NetflixDeviceRegistration stands. `held`: recorded for it, not in its lists, and not unregistered now. */
export const ESN_STATES = [
  'registered',
  'unconfirmed',
  'lost',
  'pending',
  'failed',
  'conflicted',
  'releasing',
  'held',
] as const;

export type EsnState = (typeof ESN_STATES)[number];

/** Everything the cluster knows about one declared device. */
export interface EsnFacts {
  /** `Kind/namespace/name` of the resource. */
  readonly holder: string;
  readonly recorded?: RecordedRegistration;
  /** Whether the resource that the record names declares the device. */
  readonly declaredByRecorded: boolean;
  /** The last operation that named the device. */
  readonly last?: ItemOperation;
  /** What the vendor refused it for, as recorded. */
  readonly refusal?: Refusal;
  readonly told?: Told;
  /** The status counts devices whose records were lost. */
  readonly someAreLost: boolean;
}

/** Codes of a device that another resource has: not the declaration is wrong (docs/reasons.md). */
const OF_OTHERS: readonly string[] = ['DECLARED_ELSEWHERE', 'HELD_BY_KEEP', 'RELEASE_HELD'];

/** Codes of items that nothing became of; they are asked for again by themselves. */
const TO_COME: readonly string[] = ['ABANDONED', 'NOT_EXECUTED', 'REPLY_LOST'];

/**
 * How a declared device stands, the first row that fits:
 *
 * | what the cluster knows                               | state                             |
 * | ---------------------------------------------------- | --------------------------------- |
 * | the status tells of it                               | unconfirmed, lost, failed or conflicted |
 * | an operation is under way for it                     | pending                           |
 * | recorded for this resource                           | registered                        |
 * | recorded for another one that declares it as well    | conflicted                        |
 * | recorded for another one that does not (any more)    | pending                           |
 * | the last operation failed for it                     | unconfirmed or failed             |
 * | a refusal of it is recorded                          | unconfirmed or failed             |
 * | the status tells of more lost records than it names  | lost                              |
 * | anything else                                        | pending                           |
 */
export function esnStanding(facts: EsnFacts): Stands<EsnState> {
  const { told, last, recorded, refusal } = facts;
  if (told !== undefined) return refused(told);
  if (last?.outcome.is === 'open') {
    return { state: 'pending', code: '', message: `${last.verb}: ${last.name} is ${last.state}` };
  }
  if (recorded?.holder === facts.holder) return { state: 'registered', code: '', message: '' };
  if (recorded !== undefined) return elsewhere(recorded, facts.declaredByRecorded);
  if (last?.outcome.is === 'failed' && last.verb === 'registerEsn') return refused(last.outcome);
  if (last === undefined && refusal?.verb === 'registerEsn') return refused(refusal);
  if (facts.someAreLost) {
    return { state: 'lost', code: 'RECORD_LOST', message: 'it may be registered, and its record is gone' };
  }
  return { state: 'pending', code: '', message: '' };
}

/** How a device stands that is recorded for the resource and not declared by it (any more). `heldWhy`: not released now. */
export function leavingEsnStanding(
  heldWhy: string | undefined,
  last: ItemOperation | undefined,
): Stands<EsnState> {
  if (heldWhy !== undefined) {
    return {
      state: 'held',
      code: heldWhy,
      message: 'not in the lists of the resource, which cannot be trusted now',
    };
  }
  if (last?.verb === 'unregisterEsn' && last.outcome.is === 'failed') {
    return { state: 'releasing', code: last.outcome.code, message: last.outcome.message };
  }
  return { state: 'releasing', code: '', message: '' };
}

function refused({ code, message }: Told): Stands<EsnState> {
  if (code === 'UNCONFIRMED') return { state: 'unconfirmed', code, message };
  if (code === 'RECORD_LOST') return { state: 'lost', code, message };
  if (TO_COME.includes(code)) return { state: 'pending', code, message };
  return { state: OF_OTHERS.includes(code) ? 'conflicted' : 'failed', code, message };
}

function elsewhere({ holder }: RecordedRegistration, isDeclared: boolean): Stands<EsnState> {
  if (!isDeclared) return { state: 'pending', code: '', message: `recorded for ${holder}` };
  const message = `${holder} declares this device too and holds it`;
  return { state: 'conflicted', code: 'DECLARED_ELSEWHERE', message };
}

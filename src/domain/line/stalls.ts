import type { ItemFailure } from '../item.ts';
import type { Step } from '../kind.ts';
import type { LineTypes, ObservedLine } from './facts.ts';
import type { LineNames } from './identifier.ts';

/** Why a line stays as it is until a person, or the vendor, changes something. Each is one sentence with what to do. */

/** Waits for the vendor's side to change: it is looked at again with every resync. */
const OTHERS: ItemFailure['kind'] = 'heldByOther';

function stall(code: string, message: string, kind: ItemFailure['kind'] = OTHERS): Step<LineTypes> {
  return { do: 'stall', failure: { code, message, kind } };
}

export const reappeared = stall(
  'REAPPEARED',
  'the line was proven gone and is in the account again; it is never deleted twice: take it out of this resource, and delete it in the vendor’s portal if that is meant',
);

export const reactivated = stall(
  'REACTIVATED',
  'the line was out of service and somebody put it back: take it out of this resource, or deactivate it again at the vendor',
);

export const active = stall(
  'LINE_ACTIVE',
  'the line is in service and deactivate is Never: deactivate it at the vendor, or set deactivate: IfActive',
);

export const suspended = stall(
  'LINE_SUSPENDED',
  'the line is suspended, which deactivate: IfActive does not touch: deactivate or restore it at the vendor',
);

export const preactive = stall(
  'LINE_PREACTIVE',
  'the line was never in service, and such lines cannot be deactivated or deleted: activate it at the vendor, or take it out of this resource',
);

export const notReadable = stall(
  'NOT_READABLE',
  'the vendor does not show a line by its eid, and nothing is deleted unseen: name the line by its iccid or imei',
  'invalid',
);

export const elsewhere = stall(
  'OTHER_ACCOUNT',
  'the line belongs to another billing account of the same login: declare it with the VendorAccount of that account',
);

export const deactivationWithoutEffect = stall(
  'DEACTIVATION_WITHOUT_EFFECT',
  'the vendor took the deactivation a day ago and the line is still in service: ask the vendor, or deactivate it in the portal',
);

export const stillShown = stall(
  'STILL_SHOWN',
  'the vendor said that the line was deleted and still shows it; nothing is deleted twice: ask the vendor',
);

export function pairedAnew(then: LineNames, now: LineNames): Step<LineTypes> {
  return stall(
    'PAIRED_ANEW',
    `the line was ${pairOf(then)} and is ${pairOf(now)} now: take it out of this resource, and declare it anew if this pair is meant`,
  );
}

export function unheardOf({ stateWord }: ObservedLine): Step<LineTypes> {
  return stall(
    'UNKNOWN_STATE',
    `the vendor says that the line is ${JSON.stringify(stateWord.slice(0, 40))}, which no document explains: look at it in the portal`,
  );
}

function pairOf({ imei, iccid }: LineNames): string {
  return `imei ${imei ?? 'none'} with iccid ${iccid ?? 'none'}`;
}

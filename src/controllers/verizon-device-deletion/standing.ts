import type { LineTypes } from '../../domain/line/facts.ts';
import type { Held } from '../../domain/mode.ts';
import type { HolderReport } from '../../engine/lane.ts';
import type { Finding } from '../../kube/conditions.ts';
import { OWN_LIMITS } from '../../ports/quota.ts';
import { inWords } from '../lists/failures.ts';
import { type Standing, stalled, unreachable } from '../standing.ts';
import type { Tally } from './tally.ts';

type Facts = Pick<HolderReport<LineTypes>, 'held' | 'moving' | 'readFailure'>;

/**
 * How a deletion stands, the first row that fits:
 *
 * | facts                                     | standing | reason                                         |
 * | ----------------------------------------- | -------- | ---------------------------------------------- |
 * | every line is gone                        | ready    | AllDeleted                                     |
 * | writes are due and held                   | stalled  | ModeObserve, ModePlan, FirstContact, AccountSuspended, Suspended, GuardBlocked |
 * | the vendor cannot be read                 | moving   | VendorUnreachable                              |
 * | something still moves, or waits for a time | moving   | Progressing                                    |
 * | every line that is left came back         | stalled  | Reappeared                                     |
 * | lines are left that need a person         | stalled  | LinesFailed                                    |
 */
export function standingOf({ counts, failures }: Tally, facts: Facts): Standing {
  const { desired, deleted, failed, alreadyGone } = counts;
  if (deleted === desired) {
    return { is: 'ready', reason: 'AllDeleted', message: readyMessage(desired, alreadyGone) };
  }
  if (facts.held !== undefined) return HELD[facts.held];
  // That our own requests of this second are spent is waiting, and no word about the vendor.
  if (facts.readFailure !== undefined && facts.moving && !OWN_LIMITS.has(facts.readFailure.code)) {
    return unreachable(facts.readFailure);
  }
  if (facts.moving || deleted + failed < desired) {
    return {
      is: 'moving',
      reason: 'Progressing',
      message: 'lines are being looked up, deactivated, left alone for late usage, archived or deleted',
    };
  }
  if (failures.length > 0 && failures.every(({ code }) => code === 'REAPPEARED')) {
    return stalled(
      'Reappeared',
      'the lines that are left were proven gone and are in the account again; none is deleted twice: take them out of this object; status.failures says which',
    );
  }
  return stalled('LinesFailed', 'some lines are not deleted; status.failures says which, why and what to do');
}

function readyMessage(desired: number, alreadyGone: number): string {
  if (desired === 0) return 'no lines are declared';
  if (alreadyGone === 0) return 'every declared line is gone';
  return 'every declared line is gone; some were not there at the first look, so check that they are written right';
}

/** What is true of a deletion beside its standing. */
export function besides({ counts, failures }: Tally): readonly Finding[] {
  const [first] = failures;
  if (counts.failed === 0 || counts.failed === counts.desired || first === undefined) return [];
  return [{ type: 'Degraded', status: 'True', reason: 'LinesFailed', message: inWords(first) }];
}

const HELD: Readonly<Record<Held, Standing>> = {
  ModeObserve: stalled(
    'ModeObserve',
    'lines are to be deleted and the account only observes; set its mode to Enforce to let it act',
  ),
  ModePlan: stalled(
    'ModePlan',
    'lines are to be deleted and the account’s mode is Plan: nothing is written without an approval; set its mode to Enforce to let it act',
  ),
  FirstContact: stalled(
    'FirstContact',
    'the account had no records and the vendor already held what is declared; look, then set firstContact: Trust on the account',
  ),
  AccountSuspended: stalled('AccountSuspended', 'the account is suspended: nothing new is sent'),
  GuardBlocked: stalled(
    'GuardBlocked',
    'deactivating or deleting lines spends guard.irreversible of the account, which is 0 by default: raise it there if these lines are meant, or take the edit back',
  ),
  ResourceSuspended: stalled('Suspended', 'spec.suspend is set: nothing new is sent'),
};

import type { DeviceTypes } from '../../domain/device/facts.ts';
import type { Held } from '../../domain/mode.ts';
import type { HolderReport } from '../../engine/lane.ts';
import type { Finding } from '../../kube/conditions.ts';
import { inWords } from '../lists/failures.ts';
import { type Standing, stalled, unreachable } from '../standing.ts';
import type { Tally } from './tally.ts';

type Facts = Pick<HolderReport<DeviceTypes>, 'held' | 'moving' | 'readFailure'> & {
  /** Its Customer is what suspends it. */
  readonly customerSuspended?: boolean;
};

/**
 * How a claim stands, the first row that fits:
 *
 * | facts                                   | standing | reason                                         |
 * | --------------------------------------- | -------- | ---------------------------------------------- |
 * | every device seen at the customer, none leaving | ready    | AllClaimed                                     |
 * | writes are due and held                 | stalled  | ModeObserve, ModePlan, FirstContact, AccountSuspended, CustomerSuspended, Suspended, GuardBlocked |
 * | the vendor cannot be read               | moving   | VendorUnreachable                              |
 * | a release is refused                    | stalled  | ReleaseFailed                                  |
 * | something still moves                   | moving   | Progressing                                    |
 * | the customer has to approve             | moving   | AwaitingCustomer                               |
 * | refusals are left                       | stalled  | DevicesFailed                                  |
 * | others hold what is left                | stalled  | DevicesConflicted                              |
 */
export function standingOf({ counts }: Tally, facts: Facts): Standing {
  const { desired, claimed, awaitingCustomer, failed, conflicted, releasing } = counts;
  if (claimed === desired && releasing === 0) {
    const message =
      desired === 0 ? 'no devices are declared' : 'every declared device was seen at the customer';
    return { is: 'ready', reason: 'AllClaimed', message };
  }
  if (facts.held === 'ResourceSuspended' && facts.customerSuspended) return CUSTOMER_SUSPENDED;
  if (facts.held !== undefined) return HELD[facts.held];
  if (facts.readFailure !== undefined && facts.moving) return unreachable(facts.readFailure);
  if (releasing > 0 && !facts.moving) {
    return stalled('ReleaseFailed', 'some devices cannot be released; status.failures says which and why');
  }
  if (facts.moving || claimed + awaitingCustomer + failed + conflicted < desired) {
    return {
      is: 'moving',
      reason: 'Progressing',
      message: 'devices are being claimed, released or looked up',
    };
  }
  if (awaitingCustomer > 0) return { is: 'moving', reason: 'AwaitingCustomer', message: AWAITING };
  return failed > 0
    ? stalled('DevicesFailed', 'some devices were refused; status.failures says which, why and what to do')
    : stalled(
        'DevicesConflicted',
        'some devices are held elsewhere or were let go of; status.failures says which and what to do',
      );
}

/** What is true of a claim beside its standing. */
export function besides(
  { counts, failures, conflict }: Tally,
  held: readonly Finding[] = [],
): readonly Finding[] {
  const beside = [...held];
  const { failed, conflicted, awaitingCustomer, desired } = counts;
  if (failed > 0 && failed < desired) {
    const [first] = failures;
    const message = first === undefined ? 'some devices failed' : inWords(first);
    beside.push({ type: 'Degraded', status: 'True', reason: 'DevicesFailed', message });
  }
  if (conflicted > 0) {
    const message =
      conflict === undefined ? 'some devices are held elsewhere or were let go of' : inWords(conflict);
    const reason = CONFLICTS[conflict?.code ?? ''] ?? 'DevicesConflicted';
    beside.push({ type: 'Conflicted', status: 'True', reason, message });
  }
  if (awaitingCustomer > 0) {
    beside.push({ type: 'AwaitingCustomer', status: 'True', reason: 'AwaitingCustomer', message: AWAITING });
  }
  return beside;
}

const AWAITING =
  'devices are registered and wait for the customer to approve them in its portal; nobody else can';

/** Why the first device that is in conflict is, for machines. */
const CONFLICTS: Readonly<Record<string, string>> = {
  DECLARED_ELSEWHERE: 'DeclaredElsewhere',
  HELD_BY_OTHER: 'HeldByOther',
  HELD_BY_OTHER_CUSTOMER: 'HeldByOtherCustomer',
  HELD_BY_KEEP: 'HeldByKeep',
  RELEASED_BY_CUSTOMER: 'ReleasedByCustomer',
  RELEASE_HELD: 'HeldByFormerClaim',
};

const CUSTOMER_SUSPENDED = stalled('CustomerSuspended', 'its Customer is suspended: nothing new is sent');

const HELD: Readonly<Record<Held, Standing>> = {
  ModeObserve: stalled(
    'ModeObserve',
    'devices are not as declared and the account only observes; set its mode to Enforce to let it act',
  ),
  ModePlan: stalled(
    'ModePlan',
    'devices are not as declared and the account’s mode is Plan: nothing is written without an approval, which this version cannot take yet; set its mode to Enforce to let it act',
  ),
  FirstContact: stalled(
    'FirstContact',
    'the vendor already held declared devices when this account had no records, so nothing is written until a person has looked; set firstContact: Trust on the account to let it act',
  ),
  AccountSuspended: stalled('AccountSuspended', 'the account is suspended: nothing new is sent'),
  GuardBlocked: stalled(
    'GuardBlocked',
    'more devices would be released than the account’s guard allows; see status.guard of the account, and raise its budget or take the edit back',
  ),
  ResourceSuspended: stalled('Suspended', 'spec.suspend is set: nothing new is sent'),
};

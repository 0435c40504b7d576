import type { DeviceTypes } from '../../domain/device/facts.ts';
import type { Held } from '../../domain/mode.ts';
import type { HolderReport } from '../../engine/lane.ts';
import type { Finding } from '../../kube/conditions.ts';
import type { Standing } from '../standing.ts';
import type { Tally } from './tally.ts';

type Facts = Pick<HolderReport<DeviceTypes>, 'held' | 'moving' | 'readFailure'>;

/**
 * How a claim stands, the first row that fits:
 *
 * | facts                                   | standing | reason                                         |
 * | --------------------------------------- | -------- | ---------------------------------------------- |
 * | every device seen at the customer, none leaving | ready    | AllClaimed                                     |
 * | writes are due and held                 | stalled  | ModeObserve, ModePlan, AccountSuspended, Suspended, GuardBlocked |
 * | the vendor cannot be read               | moving   | VendorUnreachable                              |
 * | a release is refused                    | stalled  | ReleaseFailed                                  |
 * | something still moves                   | moving   | Progressing                                    |
 * | refusals are left                       | stalled  | DevicesFailed                                  |
 * | others hold what is left                | stalled  | DevicesConflicted                              |
 */
export function standingOf({ counts }: Tally, facts: Facts): Standing {
  const { desired, claimed, failed, conflicted, releasing } = counts;
  if (claimed === desired && releasing === 0) {
    const message =
      desired === 0 ? 'no devices are declared' : 'every declared device was seen at the customer';
    return { is: 'ready', reason: 'AllClaimed', message };
  }
  if (facts.held !== undefined) return HELD[facts.held];
  if (facts.readFailure !== undefined && facts.moving) {
    const { code, message } = facts.readFailure;
    return {
      is: 'moving',
      reason: 'VendorUnreachable',
      message: `the vendor cannot be read (${code}: ${message})`,
    };
  }
  if (releasing > 0 && !facts.moving) {
    return stalled('ReleaseFailed', 'some devices cannot be released; status.failures says which and why');
  }
  if (facts.moving || claimed + failed + conflicted < desired) {
    return {
      is: 'moving',
      reason: 'Progressing',
      message: 'devices are being claimed, released or looked up',
    };
  }
  return failed > 0
    ? stalled('DevicesFailed', 'some devices were refused; status.failures says which, why and what to do')
    : stalled(
        'DevicesConflicted',
        'some devices are held by somebody else; status.failures says which and what to do',
      );
}

/** What is true of a claim beside its standing. */
export function besides({ counts, failures }: Tally, held: readonly Finding[] = []): readonly Finding[] {
  const beside = [...held];
  const { failed, conflicted, desired } = counts;
  if (failed > 0 && failed < desired) {
    const first = failures[0];
    const message =
      first === undefined ? 'some devices failed' : `${first.device}: ${first.code}: ${first.message}`;
    beside.push({ type: 'Degraded', status: 'True', reason: 'DevicesFailed', message });
  }
  if (conflicted > 0) {
    const message = 'somebody else holds devices declared here; status.failures says which';
    beside.push({ type: 'Conflicted', status: 'True', reason: 'DevicesConflicted', message });
  }
  return beside;
}

const HELD: Readonly<Record<Held, Standing>> = {
  ModeObserve: stalled(
    'ModeObserve',
    'devices are not as declared and the account only observes; set its mode to Enforce to let it act',
  ),
  ModePlan: stalled(
    'ModePlan',
    'devices are not as declared and the account’s mode lets nothing be written without approval',
  ),
  AccountSuspended: stalled('AccountSuspended', 'the account is suspended: nothing new is sent'),
  GuardBlocked: stalled(
    'GuardBlocked',
    'more devices would be released than the account’s guard allows; see status.guard of the account, and raise its budget or take the edit back',
  ),
  ResourceSuspended: stalled('Suspended', 'spec.suspend is set: nothing new is sent'),
};

function stalled(reason: string, message: string): Standing {
  return { is: 'stalled', reason, message };
}

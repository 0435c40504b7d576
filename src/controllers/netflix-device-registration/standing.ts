import type { RegistrationTypes } from '../../domain/registration/facts.ts';
import type { HolderReport } from '../../engine/lane.ts';
import type { Finding } from '../../kube/conditions.ts';
import { HELD } from '../held.ts';
import type { Lists } from '../lists/declared.ts';
import { inWords } from '../lists/failures.ts';
import type { Incomplete } from '../lists/listed-sources.ts';
import { releaseHeld } from '../lists/release-held.ts';
import type { ServedNetflixDeviceRegistration } from '../resources.ts';
import { type Standing, stalled } from '../standing.ts';
import type { Tally } from './tally.ts';

type Facts = Pick<HolderReport<RegistrationTypes>, 'held' | 'moving' | 'unresolved'>;

/**
 * How a registration stands, the first row that fits:
 *
 * | facts                                  | standing | reason                          |
 * | -------------------------------------- | -------- | ------------------------------- |
 * | all recorded, none leaving             | ready    | AllRegistered                   |
 * | writes are due and held                | stalled  | ModeObserve, GuardBlocked, …    |
 * | something still moves                  | moving   | Progressing                     |
 * | an end of a registration is refused    | stalled  | ReleaseFailed                   |
 * | wrong entries                          | stalled  | DevicesFailed                   |
 * | failed without a reason                | stalled  | DevicesUnconfirmed              |
 * | others hold what is left               | stalled  | DevicesConflicted               |
 */
export function standingOf({ counts }: Tally, facts: Facts): Standing {
  const { desired, registered, unconfirmed, failed, releasing } = counts;
  if (registered === desired && releasing === 0) {
    return {
      is: 'ready',
      reason: 'AllRegistered',
      message: 'every declared device is recorded as registered',
    };
  }
  if (facts.held !== undefined) return HELD[facts.held];
  if (facts.moving) {
    return { is: 'moving', reason: 'Progressing', message: 'devices are being registered or unregistered' };
  }
  if (releasing > 0) {
    return stalled(
      'ReleaseFailed',
      'some devices cannot be unregistered; status.failures says which and why',
    );
  }
  if (failed > 0) {
    return stalled('DevicesFailed', 'some entries are wrong; status.failures says which, why and what to do');
  }
  return unconfirmed > 0
    ? stalled('DevicesUnconfirmed', UNCONFIRMED)
    : stalled(
        'DevicesConflicted',
        'some devices are held elsewhere; status.failures says which and what to do',
      );
}

const UNCONFIRMED =
  'the vendor names some devices as failed and gives no reason; status.failures says which: ask the operator, then take them out or leave them';

/** What is true of it beside its standing. */
export function besides({ counts, failures }: Tally, held: readonly Finding[]): readonly Finding[] {
  const beside: Finding[] = [];
  const { failed, unconfirmed, conflicted, desired } = counts;
  const [first] = failures;
  const message = first === undefined ? 'some devices failed' : inWords(first);
  const wrong = failed + unconfirmed;
  if (wrong > 0 && wrong < desired) {
    const reason = failed > 0 ? 'DevicesFailed' : 'DevicesUnconfirmed';
    beside.push({ type: 'Degraded', status: 'True', reason, message });
  }
  if (conflicted > 0) {
    beside.push({ type: 'Conflicted', status: 'True', reason: 'DevicesConflicted', message });
  }
  return [...beside, ...held];
}

/** Whether nothing is unregistered because of a list, and why. */
export function heldOf(
  { spec }: ServedNetflixDeviceRegistration,
  declared: Pick<Lists, 'incomplete'>,
): readonly Finding[] {
  return releaseHeld(spec, declared, RELEASE_HELD);
}

/** Why nothing is unregistered because of what its lists do not hold. */
const RELEASE_HELD: Readonly<Record<Incomplete, string>> = {
  SourceMissing: 'a list of devices is missing, so nothing is unregistered; status.sources says which',
  SourceUnreadable:
    'a list of devices cannot be read, so nothing is unregistered; status.sources says which and why',
  RowsRejected: 'some entries name no device, so nothing is unregistered; correct them, see status.failures',
  EmptyList:
    'a list of devices is empty, so nothing is unregistered; to unregister all of them, delete the object',
};

import { RECONCILE_REQUESTED_ANNOTATION } from '../../api/group.ts';
import type { RegistrationTypes } from '../../domain/registration/facts.ts';
import type { HolderReport } from '../../engine/lane.ts';
import type { Finding } from '../../kube/conditions.ts';
import type { KubeObject } from '../../kube/object.ts';
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
 * | records were lost                      | stalled  | RecordLost                      |
 * | an end of a registration is refused    | stalled  | ReleaseFailed                   |
 * | wrong entries                          | stalled  | DevicesFailed                   |
 * | failed without a reason                | stalled  | DevicesUnconfirmed              |
 * | others hold what is left               | stalled  | DevicesConflicted               |
 */
export function standingOf({ counts }: Tally, facts: Facts, object: KubeObject): Standing {
  const { desired, registered, unconfirmed, failed, releasing, lost } = counts;
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
  if (lost > 0) return recordLost(object);
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

/** What to do stands in the sentence: the records come back from a backup, or the devices are registered again. */
function recordLost({ metadata }: KubeObject): Standing {
  const { namespace = 'default', name } = metadata;
  const command = `kubectl annotate netflixdeviceregistration ${name} -n ${namespace} --overwrite ${RECONCILE_REQUESTED_ANNOTATION}="$(date)"`;
  return stalled(
    'RecordLost',
    `devices that were registered are not recorded any more, and the vendor cannot show them; status.failures says which: restore the VendorRecords and restart the controller, or have them registered again with ${command}`,
  );
}

const UNCONFIRMED =
  'the vendor names some devices as failed and gives no reason; status.failures says which: ask the operator, then take them out or leave them';

/** What is true of it beside its standing. */
export function besides({ counts, failures }: Tally, held: readonly Finding[]): readonly Finding[] {
  const beside: Finding[] = [];
  const { failed, unconfirmed, lost, conflicted, desired } = counts;
  const [first] = failures;
  const message = first === undefined ? 'some devices failed' : inWords(first);
  const wrong = failed + unconfirmed + lost;
  if (wrong > 0 && wrong < desired) {
    const reason = lost > 0 ? 'RecordLost' : failed > 0 ? 'DevicesFailed' : 'DevicesUnconfirmed';
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

import { sameValue } from '../../domain/same-value.ts';
import type { Lists } from '../lists/declared.ts';
import { isLookDue } from '../look-request.ts';
import type { ServedNetflixDeviceRegistration } from '../resources.ts';
import type { Tally } from './tally.ts';

type Sources = Pick<Lists, 'sources'>;

/**
 * How many of its devices a resource was told to be recorded, those that were lost among them: what is left of them in
 * the records tells whether some were lost. A status that speaks of other lists than these says so only of what was lost
 * before. Whoever asks for a look wants the devices registered, whatever was told.
 */
export function reportedBy(object: ServedNetflixDeviceRegistration, declared: Sources): number {
  const { registered = 0, lost = 0 } = object.status?.devices ?? {};
  if (isLookDue(object)) return 0;
  return speaksOf(object, declared) ? registered + lost : lost;
}

/**
 * What the status says of the devices, as long as the records that say more have not been read: it is all that could
 * tell that records were lost.
 */
export function toldBefore(object: ServedNetflixDeviceRegistration, declared: Sources, now: Tally): Tally {
  const { devices, failures = [] } = object.status ?? {};
  if (devices === undefined || isLookDue(object)) return now;
  const { lost = 0 } = devices;
  if (!speaksOf(object, declared)) return { ...now, counts: { ...now.counts, lost } };
  const counts = { ...now.counts, pending: 0, ...devices };
  return { counts, failures: failures.map((failure) => ({ message: '', ...failure })) };
}

/** Whether the status is about these very lists. */
function speaksOf({ metadata, status }: ServedNetflixDeviceRegistration, { sources }: Sources): boolean {
  const told = status?.sources ?? [];
  return (
    status?.observedGeneration === metadata.generation && sameValue(told.map(content), sources.map(content))
  );
}

function content({ name, key, sha256 }: Lists['sources'][number]): unknown {
  return [name, key, sha256 ?? ''];
}

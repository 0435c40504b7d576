import type { Finding } from '../../kube/conditions.ts';
import type { Lists } from '../lists/declared.ts';
import type { Incomplete } from '../lists/listed-sources.ts';
import type { ServedDeviceClaim } from '../resources.ts';

/** Says that nothing is released while a list cannot be trusted: a typo must not release the device it was meant to be. */
export function releaseHeld(
  { spec }: ServedDeviceClaim,
  { incomplete }: Pick<Lists, 'incomplete'>,
): readonly Finding[] {
  if (incomplete === undefined || spec.releasePolicy === 'Keep') return [];
  return [{ type: 'ReleaseHeld', status: 'True', reason: incomplete, message: HELD[incomplete] }];
}

const HELD: Readonly<Record<Incomplete, string>> = {
  SourceMissing: 'a list of devices is missing, so nothing is released; status.sources says which',
  SourceUnreadable:
    'a list of devices cannot be read, so nothing is released; status.sources says which and why',
  RowsRejected: 'some entries name no device, so nothing is released; correct them, see status.failures',
  EmptyList: 'a list of devices is empty, so nothing is released; to release all of them, delete the claim',
};

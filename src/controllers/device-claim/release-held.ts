import type { Incomplete } from '../lists/listed-sources.ts';

/** Why a claim releases nothing because of what its lists do not hold. */
export const RELEASE_HELD: Readonly<Record<Incomplete, string>> = {
  SourceMissing: 'a list of devices is missing, so nothing is released; status.sources says which',
  SourceUnreadable:
    'a list of devices cannot be read, so nothing is released; status.sources says which and why',
  RowsRejected: 'some entries name no device, so nothing is released; correct them, see status.failures',
  EmptyList: 'a list of devices is empty, so nothing is released; to release all of them, delete the claim',
};

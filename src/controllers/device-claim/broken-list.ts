import type { Finding } from '../../kube/conditions.ts';
import { standingForMs } from '../missing-since.ts';
import type { ServedDeviceClaim } from '../resources.ts';
import { missingReference, type Standing } from '../standing.ts';
import type { Incomplete, Lists } from './lists.ts';

/** How a claim stands because of a list that cannot be read; undefined when all can. Bad rows fail as devices. */
export function brokenList(
  claim: ServedDeviceClaim,
  { sources }: Lists,
  nowMs: number,
): Standing | undefined {
  const broken = sources.find(({ problem }) => problem === 'SourceMissing' || problem === 'SourceUnreadable');
  if (broken === undefined) return undefined;
  const { name, key, problem, rejections } = broken;
  if (problem === 'SourceMissing') {
    const message = `ConfigMap ${name} does not exist in this namespace; create it, it is picked up by itself`;
    return missingReference('SourceMissing', message, standingForMs(claim, ['SourceMissing'], nowMs));
  }
  const why = rejections?.[0]?.message ?? 'it cannot be read';
  return { is: 'stalled', reason: 'SourceUnreadable', message: `key ${key} of ConfigMap ${name}: ${why}` };
}

/** Says that nothing is released while a list cannot be trusted: a typo must not release the device it was meant to be. */
export function releaseHeld({ spec }: ServedDeviceClaim, { incomplete }: Lists): readonly Finding[] {
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

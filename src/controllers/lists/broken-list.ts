import type { Condition } from '../../kube/conditions.ts';
import type { KubeObject } from '../../kube/object.ts';
import { standingForMs } from '../missing-since.ts';
import { missingReference, type Standing } from '../standing.ts';
import type { SourceStatus } from './source.ts';

/** How a resource stands because of a list that cannot be read; undefined when all can. Bad rows fail by themselves. */
export function brokenList(
  object: KubeObject<unknown, { readonly conditions?: readonly Condition[] }>,
  { sources }: { readonly sources: readonly SourceStatus[] },
  nowMs: number,
): Standing | undefined {
  const broken = sources.find(({ problem }) => problem === 'SourceMissing' || problem === 'SourceUnreadable');
  if (broken === undefined) return undefined;
  const { name, key, problem, rejections } = broken;
  if (problem === 'SourceMissing') {
    const message = `ConfigMap ${name} does not exist in this namespace; create it, it is picked up by itself`;
    return missingReference('SourceMissing', message, standingForMs(object, ['SourceMissing'], nowMs));
  }
  const why = rejections?.[0]?.message ?? 'it cannot be read';
  return { is: 'stalled', reason: 'SourceUnreadable', message: `key ${key} of ConfigMap ${name}: ${why}` };
}

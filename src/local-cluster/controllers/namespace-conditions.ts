import { timestamp } from '../clock.ts';
import type { Cluster } from '../cluster.ts';
import { isObject, sameJson } from '../json.ts';
import { NAMESPACES } from '../kinds/namespace.ts';
import type { KubeObject } from '../object.ts';
import type { Resource } from '../resources.ts';
import type { Content } from './destroy.ts';

interface Condition {
  readonly type: string;
  readonly status: 'True' | 'False';
  readonly lastTransitionTime: string;
  readonly reason: string;
  readonly message: string;
}

/** Says in the status of a namespace what keeps it from going, in the words of kube-controller-manager. */
export function tellWhatRemains(cluster: Cluster, namespace: KubeObject, content: readonly Content[]): void {
  const status = isObject(namespace['status']) ? namespace['status'] : {};
  const before = (Array.isArray(status['conditions']) ? status['conditions'] : []) as readonly Condition[];
  const now = timestamp(cluster.now());
  const conditions = conditionsFor(content).map((next) => {
    const old = before.find(({ type }) => type === next.type);
    const lastTransitionTime = old?.status === next.status ? old.lastTransitionTime : now;
    return {
      type: next.type,
      status: next.status,
      lastTransitionTime,
      reason: next.reason,
      message: next.message,
    };
  });
  if (sameJson(conditions, before)) return;
  cluster.store.commit(NAMESPACES, { ...namespace, status: { ...status, conditions } });
}

function conditionsFor(content: readonly Content[]): readonly Omit<Condition, 'lastTransitionTime'>[] {
  const resources = counted(content.map(({ resource }) => nameOf(resource)));
  const finalizers = counted(content.flatMap(({ object }) => object.metadata.finalizers ?? []));
  return [
    {
      type: 'NamespaceDeletionDiscoveryFailure',
      status: 'False',
      reason: 'ResourcesDiscovered',
      message: 'All resources successfully discovered',
    },
    {
      type: 'NamespaceDeletionGroupVersionParsingFailure',
      status: 'False',
      reason: 'ParsedGroupVersions',
      message: 'All legacy kube types successfully parsed',
    },
    {
      type: 'NamespaceDeletionContentFailure',
      status: 'False',
      reason: 'ContentDeleted',
      message: 'All content successfully deleted, may be waiting on finalization',
    },
    remaining(
      'NamespaceContentRemaining',
      resources.map(([name, count]) => `${name} has ${count} resource instances`),
      ['SomeResourcesRemain', 'Some resources are remaining'],
      ['ContentRemoved', 'All content successfully removed'],
    ),
    remaining(
      'NamespaceFinalizersRemaining',
      finalizers.map(([name, count]) => `${name} in ${count} resource instances`),
      ['SomeFinalizersRemain', 'Some content in the namespace has finalizers remaining'],
      ['ContentHasNoFinalizers', 'All content-preserving finalizers finished'],
    ),
  ];
}

type Words = readonly [reason: string, message: string];

function remaining(
  type: string,
  found: readonly string[],
  some: Words,
  none: Words,
): Omit<Condition, 'lastTransitionTime'> {
  const [reason, message] = found.length > 0 ? some : none;
  return found.length > 0
    ? { type, status: 'True', reason, message: `${message}: ${found.join(', ')}` }
    : { type, status: 'False', reason, message };
}

function nameOf({ plural, group }: Resource): string {
  return group === '' ? `${plural}.` : `${plural}.${group}`;
}

function counted(names: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

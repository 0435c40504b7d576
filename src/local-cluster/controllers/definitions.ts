import { trackUpdate } from '../apply/track-update.ts';
import { timestamp } from '../clock.ts';
import type { Cluster } from '../cluster.ts';
import { defined, sameJson, without } from '../json.ts';
import { customResources, instancesOf } from '../kinds/custom.ts';
import { CLEANUP_FINALIZER, DEFINITION, DEFINITIONS } from '../kinds/definition.ts';
import {
  type Definition,
  type DefinitionCondition,
  type DefinitionNames,
  type DefinitionStatus,
  hasCondition,
} from '../kinds/definition-type.ts';
import type { Change } from '../store/store.ts';
import { destroy } from './destroy.ts';
import { createQueue } from './queue.ts';

const MANAGER = 'kube-apiserver';

/**
 * Serves what CustomResourceDefinitions define: accepts names, establishes, follows changes, and removes the instances
 * of a deleted definition before it goes. Returns the way to stop.
 */
export function runDefinitions(cluster: Cluster): () => void {
  const { store, registry } = cluster;
  const served = new Map<string, Definition['spec']>();
  const queue = createQueue((name) => reconcile(cluster, name));

  function serve(definition: Definition): void {
    const name = definition.metadata.name ?? '';
    if (!hasCondition(definition, 'Established') || sameJson(served.get(name), definition.spec)) return;
    if (!served.has(name)) store.begin(instancesOf(definition));
    served.set(name, definition.spec);
    registry.setDefined(name, customResources(definition, store.revision()));
  }

  function follow(change: Change): void {
    const definition = change.object as Definition;
    const name = definition.metadata.name ?? '';
    if (change.collection === DEFINITIONS && change.type === 'DELETED') {
      served.delete(name);
      registry.setDefined(name, []);
      // Names this definition held may be free for another now.
      for (const other of definitions(cluster)) queue.add(other.metadata.name ?? '');
    } else if (change.collection === DEFINITIONS) {
      serve(definition);
      queue.add(name);
    } else if (change.type === 'DELETED' && change.collection.includes('/')) {
      const [group, plural] = change.collection.split('/');
      queue.add(`${plural}.${group}`);
    }
  }

  for (const definition of definitions(cluster)) {
    serve(definition);
    queue.add(definition.metadata.name ?? '');
  }
  const stop = store.listen(undefined, follow);
  return () => {
    stop();
    queue.close();
  };
}

function definitions(cluster: Cluster): readonly Definition[] {
  return (cluster.store.snapshot(DEFINITIONS)?.objects ?? []) as readonly Definition[];
}

function reconcile(cluster: Cluster, name: string): void {
  const definition = cluster.store.get(DEFINITIONS, '', name) as Definition | undefined;
  if (definition === undefined) return;
  if (definition.metadata.deletionTimestamp !== undefined) return cleanUp(cluster, definition);
  const accepted = acceptNames(cluster, definition);
  const names = withCondition(cluster, definition.status, accepted.condition);
  const status = { ...names, acceptedNames: accepted.names };
  if (accepted.condition.status === 'False') {
    const conflict = condition('Established', 'False', 'NotAccepted', 'not all names are accepted');
    // An established definition stays so: its instances exist.
    const next = hasCondition(definition, 'Established') ? status : withCondition(cluster, status, conflict);
    return writeStatus(cluster, definition, next);
  }
  const message = 'the initial names have been accepted';
  if (hasCondition(definition, 'Established')) return writeStatus(cluster, definition, status);
  const installing = condition('Established', 'False', 'Installing', message);
  const isInstalling = (definition.status?.conditions ?? []).some((known) => known.reason === 'Installing');
  if (!isInstalling) return writeStatus(cluster, definition, withCondition(cluster, status, installing));
  const established = condition('Established', 'True', 'InitialNamesAccepted', message);
  writeStatus(cluster, definition, withCondition(cluster, status, established));
}

type Verdict = Omit<DefinitionCondition, 'lastTransitionTime'>;

function condition(
  type: DefinitionCondition['type'],
  status: DefinitionCondition['status'],
  reason: string,
  message: string,
): Verdict {
  return { type, status, reason, message };
}

/** The names no other definition of the group holds, and the condition that follows. */
function acceptNames(
  cluster: Cluster,
  definition: Definition,
): { names: DefinitionNames; condition: Verdict } {
  const others = definitions(cluster)
    .filter(
      (other) => other.metadata.uid !== definition.metadata.uid && other.spec.group === definition.spec.group,
    )
    .map((other) => other.status?.acceptedNames)
    .filter((names) => names !== undefined);
  const resources = new Set(
    others.flatMap((names) => [names.plural, names.singular, ...(names.shortNames ?? [])]),
  );
  const kinds = new Set(others.flatMap((names) => [names.kind, names.listKind]));
  const wanted = definition.spec.names;
  const taken: { reason: string; name: string }[] = [];
  function free(name: string | undefined, set: ReadonlySet<string | undefined>, reason: string): boolean {
    if (name === undefined || name === '' || !set.has(name)) return true;
    taken.push({ reason, name });
    return false;
  }
  const plural = free(wanted.plural, resources, 'PluralConflict');
  const singular = free(wanted.singular, resources, 'SingularConflict');
  const shortNames = (wanted.shortNames ?? []).filter((name) => free(name, resources, 'ShortNamesConflict'));
  const kind = free(wanted.kind, kinds, 'KindConflict');
  const listKind = free(wanted.listKind, kinds, 'ListKindConflict');
  const last = taken.findLast((conflict) => conflict.reason === 'KindConflict') ?? taken.at(-1);
  const names = defined<DefinitionNames>({
    plural: plural ? wanted.plural : '',
    singular: singular ? wanted.singular : undefined,
    shortNames: shortNames.length > 0 ? shortNames : undefined,
    kind: kind ? wanted.kind : '',
    listKind: listKind ? wanted.listKind : undefined,
    categories: wanted.categories,
  });
  const verdict =
    last === undefined
      ? condition('NamesAccepted', 'True', 'NoConflicts', 'no conflicts found')
      : condition('NamesAccepted', 'False', last.reason, `"${last.name}" is already in use`);
  return { names, condition: verdict };
}

function withCondition(
  cluster: Cluster,
  status: DefinitionStatus | undefined,
  verdict: Verdict,
): DefinitionStatus {
  const conditions = status?.conditions ?? [];
  const old = conditions.find((known) => known.type === verdict.type);
  const lastTransitionTime =
    old?.status === verdict.status ? old.lastTransitionTime : timestamp(cluster.now());
  const next = {
    type: verdict.type,
    status: verdict.status,
    lastTransitionTime,
    reason: verdict.reason,
    message: verdict.message,
  };
  const base = status ?? { acceptedNames: { plural: '', kind: '' }, storedVersions: [] };
  return {
    ...base,
    conditions:
      old === undefined
        ? [...conditions, next]
        : conditions.map((known) => (known.type === verdict.type ? next : known)),
  };
}

function writeStatus(cluster: Cluster, definition: Definition, status: DefinitionStatus): void {
  if (sameJson(definition.status, status)) return;
  const next = { ...definition, status };
  const now = timestamp(cluster.now());
  cluster.store.commit(DEFINITIONS, trackUpdate(definition, next, MANAGER, 'status', DEFINITION.schema, now));
}

/** Deletes the instances; the finalizer goes with the last of them. */
function cleanUp(cluster: Cluster, definition: Definition): void {
  const { store } = cluster;
  const name = definition.metadata.name ?? '';
  const message = 'CustomResource deletion is in progress';
  const verdict = condition('Terminating', 'True', 'InstanceDeletionInProgress', message);
  const status = withCondition(cluster, definition.status, verdict);
  // Written first; the queue comes back for the rest.
  if (!sameJson(status, definition.status)) return writeStatus(cluster, definition, status);
  const [resource] = cluster.registry
    .all()
    .filter((known) => known.custom && `${known.plural}.${known.group}` === name);
  const instances = resource === undefined ? [] : (store.snapshot(resource.collection)?.objects ?? []);
  for (const object of instances) {
    if (resource === undefined || object.metadata.deletionTimestamp !== undefined) continue;
    destroy(cluster, { resource, object }, undefined);
  }
  if (resource !== undefined && (store.snapshot(resource.collection)?.objects ?? []).length > 0) return;
  const finalizers = (definition.metadata.finalizers ?? []).filter(
    (finalizer) => finalizer !== CLEANUP_FINALIZER,
  );
  const metadata = { ...definition.metadata, finalizers };
  if (finalizers.length > 0) {
    if (finalizers.length !== (definition.metadata.finalizers ?? []).length) {
      store.commit(DEFINITIONS, { ...definition, metadata });
    }
    return;
  }
  store.remove(DEFINITIONS, { ...definition, metadata: without(metadata, 'finalizers') });
}

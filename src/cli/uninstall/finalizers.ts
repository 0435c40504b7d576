import { GROUP, RESOURCES } from '../../api/group.ts';
import type { KubeClient } from '../../kube/client.ts';
import { type KubeObject, refOfObject } from '../../kube/object.ts';
import { defineResource, type ResourceType } from '../../kube/resource.ts';
import { Sentence } from '../exit.ts';
import { pagesOf } from '../pages.ts';

/** A resource that carries finalizers of ours. */
export interface Marked {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** It waits for them: somebody deleted it, or its namespace or its definition. */
  readonly deleting: boolean;
  readonly finalizers: readonly string[];
}

/** All our kinds: a finalizer is found wherever a version of ours may have put it. */
const TYPES: readonly ResourceType[] = Object.values(RESOURCES).map((resource) => defineResource(resource));

/** So often a finalizer is taken off again when somebody else writes to the object at the same time. ASSUMED. */
const ATTEMPTS = 10;

const isOurs = (finalizer: string): boolean => finalizer.startsWith(`${GROUP}/`);

/** Resources that carry finalizers of ours, in one namespace or in all. */
export async function findMarked(
  client: KubeClient,
  namespace: string | undefined,
  signal: AbortSignal,
): Promise<readonly Marked[]> {
  const found: Marked[] = [];
  await eachMarked(client, namespace, signal, async (type, object) => {
    found.push(markedOf(type, object));
  });
  return found;
}

/** Takes our finalizers off, and leaves those of others. `check` is asked before each write and may throw. */
export async function dropFinalizers(
  client: KubeClient,
  namespace: string | undefined,
  check: () => void,
  signal: AbortSignal,
): Promise<readonly Marked[]> {
  const dropped: Marked[] = [];
  await eachMarked(client, namespace, signal, async (type, object) => {
    await dropFrom(client, type, object, check, signal);
    dropped.push(markedOf(type, object));
  });
  return dropped;
}

async function eachMarked(
  client: KubeClient,
  namespace: string | undefined,
  signal: AbortSignal,
  visit: (type: ResourceType, object: KubeObject) => Promise<void>,
): Promise<void> {
  const selection = namespace === undefined ? {} : { namespace };
  for (const type of TYPES) {
    for await (const page of pagesOf(client, type, selection, signal)) {
      const marked = page.filter(({ metadata }) => metadata.finalizers?.some(isOurs));
      await Promise.all(marked.map((object) => visit(type, object)));
    }
  }
}

async function dropFrom(
  client: KubeClient,
  type: ResourceType,
  object: KubeObject,
  check: () => void,
  signal: AbortSignal,
): Promise<void> {
  const ref = refOfObject(object);
  let standing = object;
  for (let attempt = 1; ; attempt += 1) {
    check();
    const { resourceVersion, finalizers = [] } = standing.metadata;
    // A merge patch replaces the whole list: the version makes sure that it is the list that was read.
    const left = finalizers.filter((finalizer) => !isOurs(finalizer));
    const patch = { metadata: { resourceVersion, finalizers: left } };
    const dropped = await client.mergePatch(type, ref, patch, signal);
    if (dropped.ok || dropped.failure.kind === 'notFound') return;
    if (dropped.failure.kind !== 'conflict' || attempt === ATTEMPTS) {
      throw new Sentence(dropped.failure.message);
    }
    const found = await client.get(type, ref, signal);
    if (!found.ok && found.failure.kind === 'notFound') return;
    if (!found.ok) throw new Sentence(found.failure.message);
    standing = found.value;
  }
}

function markedOf({ kind }: ResourceType, { metadata }: KubeObject): Marked {
  const { namespace = '', name, finalizers = [], deletionTimestamp } = metadata;
  const ours = finalizers.filter(isOurs);
  return { kind, namespace, name, deleting: deletionTimestamp !== undefined, finalizers: ours };
}

import type { Cluster } from '../cluster.ts';
import { EVENTS } from '../kinds/event.ts';
import type { KubeObject } from '../object.ts';

/** How long an event is kept after it was last written: --event-ttl of kube-apiserver. */
const EVENT_TTL_MS = 3_600_000;

/** How often old ones are looked for while nothing happens, and at most while much does, in milliseconds. ASSUMED. */
const LOOK_EVERY_MS = 30_000;

/** Lets events go when nobody has written them for an hour. Returns the way to stop. */
export function runEventExpiry(cluster: Cluster): () => void {
  const { store } = cluster;
  const writtenAtMs = new Map<string, number>();
  // When those of an earlier process were written is not known: their hour begins now.
  for (const event of events(cluster)) writtenAtMs.set(keyOf(event), cluster.now());
  let lookedAtMs = cluster.now();

  function look(): void {
    lookedAtMs = cluster.now();
    for (const event of events(cluster)) {
      if (lookedAtMs - (writtenAtMs.get(keyOf(event)) ?? 0) >= EVENT_TTL_MS) store.remove(EVENTS, event);
    }
  }

  let due: NodeJS.Immediate | undefined;
  const stop = store.listen(EVENTS, ({ type, object }) => {
    if (type === 'DELETED') writtenAtMs.delete(keyOf(object));
    else writtenAtMs.set(keyOf(object), cluster.now());
    if (due !== undefined || cluster.now() - lookedAtMs < LOOK_EVERY_MS) return;
    due = setImmediate(() => {
      due = undefined;
      look();
    });
  });
  const looking = setInterval(look, LOOK_EVERY_MS).unref();
  return () => {
    stop();
    clearInterval(looking);
    if (due !== undefined) clearImmediate(due);
  };
}

function events(cluster: Cluster): readonly KubeObject[] {
  return cluster.store.snapshot(EVENTS)?.objects ?? [];
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ''}/${metadata.name ?? ''}`;
}

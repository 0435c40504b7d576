import { ok, type Result } from '../ports/failure.ts';
import type { KubeClient } from './client.ts';
import { type KubeObject, refOfObject } from './object.ts';
import { dayOf, isOutOfReach, type RetentionRule, removeUnchanged } from './retention.ts';

/** What became of objects that carried no day. */
export interface Mended {
  readonly removed: number;
  readonly labelled: number;
}

const PAGE_SIZE = 20;

/**
 * Objects that are over and do not carry the day of it, since an earlier version wrote them or somebody took the label
 * off: no look for old ones finds them. Up to `most` of them are removed where their time is over, and labelled where it
 * is not. Those whose facts name no such day stay as they are. Where there are none it costs one list of nothing.
 */
export async function mendUnlabelled<T extends KubeObject>(
  client: KubeClient,
  rule: RetentionRule<T> & {
    /** The moment whose day belongs on the label, in ms; undefined while there is none. */
    dayAtMs(object: T): number | undefined;
  },
  most: number,
  nowMs: number,
  signal: AbortSignal,
): Promise<Result<Mended>> {
  let removed = 0;
  let labelled = 0;
  let continueToken: string | undefined;
  do {
    const selection = {
      labelSelector: `${rule.labelSelector},!${rule.dayLabel}`,
      limit: PAGE_SIZE,
      ...(rule.namespace === undefined ? {} : { namespace: rule.namespace }),
      ...(continueToken === undefined ? {} : { continueToken }),
    };
    const page = await client.list(rule.type, selection, signal);
    if (!page.ok) return page;
    for (const object of page.value.items) {
      const atMs = rule.dayAtMs(object);
      if (atMs === undefined) continue;
      if (removed + labelled === most) return ok({ removed, labelled });
      if (rule.isOver(object, nowMs)) {
        const gone = await removeUnchanged(client, rule.type, object, signal);
        if (!gone.ok) return gone;
        if (gone.value) removed += 1;
        continue;
      }
      const { resourceVersion } = object.metadata;
      const metadata = { resourceVersion, labels: { [rule.dayLabel]: dayOf(atMs) } };
      const marked = await client.mergePatch(rule.type, refOfObject(object), { metadata }, signal);
      if (!marked.ok && !isOutOfReach(marked.failure)) return marked;
      if (marked.ok) labelled += 1;
    }
    continueToken = page.value.continueToken;
  } while (continueToken !== undefined);
  return ok({ removed, labelled });
}

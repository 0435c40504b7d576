import type { KubeClient, Selection } from '../kube/client.ts';
import type { KubeObject } from '../kube/object.ts';
import type { ResourceType } from '../kube/resource.ts';
import { Sentence } from './exit.ts';

/** Objects of ours may be large (a full operation is 1 MiB); a page stays below the 64 MiB a reply may have. */
const PAGE_SIZE = 20;

/**
 * Every object of a kind, page by page. A kind that is not installed has none. Whatever else goes wrong ends the
 * command: half a list is no list.
 */
export async function* pagesOf<T extends KubeObject>(
  client: KubeClient,
  type: ResourceType<T>,
  selection: Selection,
  signal: AbortSignal,
): AsyncGenerator<readonly T[]> {
  let continueToken: string | undefined;
  do {
    const token = continueToken === undefined ? {} : { continueToken };
    const page = await client.list(type, { ...selection, limit: PAGE_SIZE, ...token }, signal);
    if (!page.ok && page.failure.code === 'HTTP_404') return;
    if (!page.ok) throw new Sentence(page.failure.message);
    yield page.value.items;
    continueToken = page.value.continueToken;
  } while (continueToken !== undefined);
}

/** The same as one list. */
export async function everyOf<T extends KubeObject>(
  client: KubeClient,
  type: ResourceType<T>,
  selection: Selection,
  signal: AbortSignal,
): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const page of pagesOf(client, type, selection, signal)) all.push(...page);
  return all;
}

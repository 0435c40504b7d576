import { request } from 'undici';

/** One line of a watch over objects of type T. */
export interface WatchEvent<T> {
  readonly type: string;
  readonly object: T;
}

/** A watch that collects what it is told. */
export interface Watcher<T> {
  readonly events: readonly WatchEvent<T>[];
  /** Resolves once an event has come for which `wanted` holds. */
  until(wanted: (event: WatchEvent<T>) => boolean): Promise<void>;
  close(): void;
}

/** Opens a watch; resolves when the server has begun to answer. What `concerns` refuses is not collected. */
export async function openWatch<T>(
  url: string,
  concerns: (event: WatchEvent<T>) => boolean = () => true,
): Promise<Watcher<T>> {
  const controller = new AbortController();
  const answer = await request(url, { signal: controller.signal });
  const events: WatchEvent<T>[] = [];
  let told = (): void => undefined;
  void (async () => {
    let rest = '';
    try {
      for await (const chunk of answer.body as AsyncIterable<Buffer>) {
        const lines = (rest + chunk.toString('utf8')).split('\n');
        rest = lines.pop() ?? '';
        events.push(...lines.map((line) => JSON.parse(line) as WatchEvent<T>).filter(concerns));
        told();
      }
    } catch (error) {
      if (!controller.signal.aborted) throw error;
    }
  })();
  return {
    events,
    async until(wanted) {
      while (!events.some(wanted)) {
        await new Promise<void>((resolve) => {
          told = resolve;
        });
      }
    },
    close: () => controller.abort(),
  };
}
